package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.dir.RecordFileFormat;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The files of {@code hdfdir:}, version 1: one record in one HDF5 file, under the name {@code
 * entry}, and a closing part behind what HDF5 takes for the end of the file.
 *
 * <pre>
 * bytes
 *     h  HDF5 file; in it the region of the record, see RecordRegion
 *     8  where the region begins
 *     8  length of the region
 *     4  magic "KLPH"
 *     4  CRC32C of all bytes before
 * </pre>
 *
 * <p>Numbers of the closing part are big-endian. A program that opens the file for writing cuts the
 * closing part off, which is then told as damage.
 *
 * <p>Safe for use by many threads.
 */
final class HdfRecordFile implements RecordFileFormat {
  static final String DATASET = "entry";

  private static final int MAGIC = 0x4B4C5048;
  private static final int CLOSING_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;
  private static final HexFormat HEX = HexFormat.of();

  private final ValueLayout layout;

  HdfRecordFile(ValueLayout layout) {
    this.layout = layout;
  }

  @Override
  public String name() {
    return "hdf5-1";
  }

  @Override
  public String suffix() {
    return ".hdf5";
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.FOREIGN_READABLE);
  }

  /**
   * {@inheritDoc}
   *
   * <p>What was written is read back before the call returns: a value that jhdf writes wrongly is
   * refused, and never takes the place of an old one.
   */
  @Override
  public void write(Path newFile, StoreRecord record) throws IOException {
    try (PatientChannel channel = PatientChannel.create(newFile)) {
      HdfWriter writer = new HdfWriter(channel, layout);
      HdfWriter.Placed placed = writer.put(DATASET, record);
      long end = writer.finish(Map.of(DATASET, placed.headerAt()), Map.of("klepto_format", name()));
      if (end + CLOSING_BYTES > EnvelopeV1.MAX_BYTES) {
        throw new ArchiveException(
            "cannot write %s as HDF5: expected a file of at most %d bytes, found %d; split the value"
                .formatted(record.key(), EnvelopeV1.MAX_BYTES, end + CLOSING_BYTES));
      }
      ByteBuffer closing = ByteBuffer.allocate(CLOSING_BYTES);
      closing.putLong(placed.regionAt()).putLong(placed.regionBytes());
      closing.putInt(MAGIC).flip();
      channel.write(closing);
      channel.flush();
      byte[] written = FileBytes.read(newFile);
      StoreRecord readBack =
          RecordRegion.decode(regionIn(written, written.length), record.key(), name(), newFile);
      if (!readBack.equals(record)) {
        throw new ArchiveException(
            "cannot write %s as HDF5: expected to read back version %d, found %d"
                .formatted(record.key(), record.version(), readBack.version()));
      }
      channel.write(
          ByteBuffer.allocate(Integer.BYTES).putInt(crcOf(written, written.length)).flip());
    }
  }

  @Override
  public StoreRecord read(Path file, KeyBytes expectedKey, String store) throws IOException {
    byte[] bytes = FileBytes.read(file);
    int end = bytes.length - Integer.BYTES;
    if (bytes.length < CLOSING_BYTES) {
      throw HdfErrors.damaged(
          store, file, "at least " + CLOSING_BYTES + " bytes", bytes.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int magic = in.getInt(end - Integer.BYTES);
    if (magic != MAGIC) {
      throw HdfErrors.damaged(
          store,
          file,
          "a closing part with magic " + HEX.toHexDigits(MAGIC),
          HEX.toHexDigits(magic) + "; it was cut, or written by another program");
    }
    int crc = crcOf(bytes, end);
    if (in.getInt(end) != crc) {
      throw HdfErrors.damaged(
          store, file, "CRC32C " + HEX.toHexDigits(in.getInt(end)), HEX.toHexDigits(crc));
    }
    return RecordRegion.decode(regionIn(bytes, end), expectedKey, store, file);
  }

  /** Returns the region of a file whose closing part ends, but for its checksum, at a position. */
  private static byte[] regionIn(byte[] bytes, int end) {
    ByteBuffer closing = ByteBuffer.wrap(bytes);
    closing.position(end - (CLOSING_BYTES - Integer.BYTES));
    int start = (int) Math.max(0, Math.min(closing.getLong(), end));
    int length = (int) Math.max(0, Math.min(closing.getLong(), end - start));
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  private static int crcOf(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
