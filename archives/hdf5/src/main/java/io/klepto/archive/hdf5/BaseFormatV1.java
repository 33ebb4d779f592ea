package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The file of {@code hdf:}, version 1: an HDF5 file that other programs read, and behind what HDF5
 * takes for its end a closing part from which we find any record without a walk through HDF5.
 *
 * <pre>
 * bytes
 *     h  HDF5 file
 *          /                      attribute klepto_format = "hdf-1"
 *          /orders-3f0c…/         a group for each namespace, see NamespaceGroup
 *            00/ … ff/            by the first byte of the SHA-256 of the key
 *              00a1…              dataset of one record, see RecordRegion, RecordAttributes
 *        closing part, big-endian:
 *          directory of each namespace, rows in the unsigned order of their first column:
 *     8      first bytes of the SHA-256 of the key
 *     8      where the region of the record begins
 *     8      length of the region
 *          catalog:
 *     4      number of namespaces, for each
 *              name; number of pairs of its identity, name and value each; where its directory
 *              begins (8 bytes); number of rows (4 bytes)
 *              with text as the number of UTF-16 code units in 4 bytes, and the units
 *          footer:
 *     4      magic "KLPB"
 *     4      format version, 1
 *     8      generation: random, another for each file
 *     8      h
 *     8      where the catalog begins
 *     8      length of the file
 *     4      CRC32C of the HDF5 file without the regions of records, which have their own
 *     4      CRC32C of directories and catalog
 *     4      CRC32C of the footer up to here
 * </pre>
 *
 * <p>The methods have no state; any thread may call them.
 */
final class BaseFormatV1 {
  /** What the attribute {@code klepto_format} of the root group says. */
  static final String NAME = "hdf-1";

  static final String NAME_ATTRIBUTE = "klepto_format";
  static final int FOOTER_BYTES = 52;
  static final int ROW_BYTES = 3 * Long.BYTES;

  private static final int MAGIC = 0x4B4C5042;
  private static final int VERSION = 1;
  private static final HexFormat HEX = HexFormat.of();

  private BaseFormatV1() {}

  /**
   * The end of a file.
   *
   * @param generation tells one file from the next that takes its place
   * @param hdfBytes the length of the HDF5 file
   * @param catalogAt where the catalog begins
   * @param totalBytes the length of the whole file
   * @param structureCrc CRC32C of the HDF5 file without the regions
   * @param tailCrc CRC32C of directories and catalog
   */
  record Footer(
      long generation,
      long hdfBytes,
      long catalogAt,
      long totalBytes,
      int structureCrc,
      int tailCrc) {
    ByteBuffer encode() {
      ByteBuffer out = ByteBuffer.allocate(FOOTER_BYTES);
      out.putInt(MAGIC).putInt(VERSION);
      out.putLong(generation).putLong(hdfBytes).putLong(catalogAt).putLong(totalBytes);
      out.putInt(structureCrc).putInt(tailCrc);
      out.putInt(crcOf(out.array(), 0, out.position()));
      return out.flip();
    }
  }

  /**
   * A namespace as the catalog has it.
   *
   * @param name the namespace
   * @param identity what must be the same at each opening
   * @param directoryAt where its directory begins
   * @param rows the number of its records
   */
  record Listed(String name, Map<String, String> identity, long directoryAt, int rows) {}

  /**
   * Reads the end of a file.
   *
   * @param bytes the last bytes of the file, or all if there are fewer
   * @throws DamagedRecordException if they are no footer
   * @throws ArchiveException if they are of another version
   */
  static Footer footer(byte[] bytes, long fileBytes, String store, Path file) {
    if (bytes.length < FOOTER_BYTES) {
      throw damaged(store, file, "at least " + FOOTER_BYTES + " bytes", fileBytes + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int magic = in.getInt();
    if (magic != MAGIC) {
      throw damaged(
          store,
          file,
          "a closing part with magic " + HEX.toHexDigits(MAGIC),
          HEX.toHexDigits(magic) + "; it was cut, or written by another program");
    }
    int version = in.getInt();
    int crc = crcOf(bytes, 0, FOOTER_BYTES - Integer.BYTES);
    int expectedCrc = in.getInt(FOOTER_BYTES - Integer.BYTES);
    if (crc != expectedCrc) {
      throw damaged(
          store,
          file,
          "CRC32C " + HEX.toHexDigits(expectedCrc) + " of the footer",
          HEX.toHexDigits(crc));
    }
    if (version != VERSION) {
      throw new ArchiveException(
          "cannot read %s, %s: expected format version %d, found %d; it was written by a newer release"
              .formatted(store, file, VERSION, version));
    }
    Footer footer =
        new Footer(
            in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getInt(), in.getInt());
    if (footer.totalBytes() != fileBytes) {
      throw damaged(store, file, footer.totalBytes() + " bytes", fileBytes + " bytes");
    }
    return footer;
  }

  /** Returns the bytes of a catalog. */
  static byte[] catalog(List<Listed> namespaces) {
    int bytes = Integer.BYTES;
    for (Listed namespace : namespaces) {
      bytes += textBytes(namespace.name()) + 2 * Integer.BYTES + Long.BYTES;
      for (Map.Entry<String, String> pair : namespace.identity().entrySet()) {
        bytes += textBytes(pair.getKey()) + textBytes(pair.getValue());
      }
    }
    ByteBuffer out = ByteBuffer.allocate(bytes).putInt(namespaces.size());
    for (Listed namespace : namespaces) {
      putText(out, namespace.name());
      out.putInt(namespace.identity().size());
      new TreeMap<>(namespace.identity())
          .forEach(
              (name, value) -> {
                putText(out, name);
                putText(out, value);
              });
      out.putLong(namespace.directoryAt()).putInt(namespace.rows());
    }
    return out.array();
  }

  /**
   * Reads a catalog whose checksum was right.
   *
   * @throws DamagedRecordException if it is none all the same
   */
  static List<Listed> catalog(ByteBuffer in, String store, Path file) {
    try {
      List<Listed> namespaces = new ArrayList<>();
      int count = in.getInt();
      for (int i = 0; i < count; i++) {
        String name = text(in);
        Map<String, String> identity = new TreeMap<>();
        int pairs = in.getInt();
        for (int pair = 0; pair < pairs; pair++) {
          String left = text(in);
          identity.put(left, text(in));
        }
        namespaces.add(new Listed(name, Map.copyOf(identity), in.getLong(), in.getInt()));
      }
      return List.copyOf(namespaces);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw damaged(store, file, "a catalog of format version 1", e.toString());
    }
  }

  private static int textBytes(String text) {
    return Integer.BYTES + Character.BYTES * text.length();
  }

  private static void putText(ByteBuffer out, String text) {
    out.putInt(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.putChar(text.charAt(i));
    }
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining() / Character.BYTES) {
      throw new IllegalArgumentException("text of " + length + " characters");
    }
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(in.getChar());
    }
    return text.toString();
  }

  static int crcOf(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** Returns the damage of a file as a whole. */
  static DamagedRecordException damaged(String store, Path file, String expected, String found) {
    return new DamagedRecordException(
        "damaged file %s of %s: expected %s, found %s; verify with repair rebuilds it from what can be read, and keeps it aside"
            .formatted(file, store, expected, found));
  }

  /**
   * Reads what lies between the HDF5 file and the footer, all of it verified.
   *
   * @throws DamagedRecordException if it is not what was written
   */
  static ByteBuffer tail(Footer footer, ByteSource source, String store, Path file)
      throws IOException {
    long length = footer.totalBytes() - FOOTER_BYTES - footer.hdfBytes();
    if (length < 0
        || length > Integer.MAX_VALUE - 8
        || footer.hdfBytes() < 0
        || footer.catalogAt() < footer.hdfBytes()
        || footer.catalogAt() > footer.hdfBytes() + length) {
      throw damaged(store, file, "places within the file", footer.toString());
    }
    byte[] tail = source.read(footer.hdfBytes(), (int) length);
    int crc = crcOf(tail, 0, tail.length);
    if (crc != footer.tailCrc()) {
      throw damaged(
          store,
          file,
          "CRC32C " + HEX.toHexDigits(footer.tailCrc()) + " of its directories",
          HEX.toHexDigits(crc));
    }
    return ByteBuffer.wrap(tail);
  }

  /** Something that gives bytes by their place in a file. */
  interface ByteSource {
    /** Returns bytes that are there. */
    byte[] read(long start, int length) throws IOException;
  }
}
