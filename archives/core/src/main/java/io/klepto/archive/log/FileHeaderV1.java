package io.klepto.archive.log;

import io.klepto.archive.ArchiveException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What a file says about itself, never changed while it lives; written at offset 0 and again at
 * {@link #COPY_AT}.
 *
 * <pre>
 * offset  bytes
 *      0      8  magic "KLEPTOLG"
 *      8      4  format version, 1
 *     12      4  where the first record begins
 *     16      8  id of the archive, the same in each generation
 *     24      8  id of this file, seed of the checksums in it
 *     32      8  generation: 1, and one more with each compaction
 *     40      8  a stamp below that of every record to come
 *     48      4  a number below that of every namespace to come
 *     52      4  CRC32C of bytes 0 to 51
 * </pre>
 *
 * @param archiveId the id of the archive
 * @param fileId the id of this file
 * @param generation counts the files that the archive has been
 * @param stampFloor new stamps are greater
 * @param namespaceFloor the numbers of new namespaces are greater
 */
record FileHeaderV1(
    long archiveId, long fileId, long generation, long stampFloor, int namespaceFloor) {
  /** The length of each copy. */
  static final int BYTES = 56;

  /** Where the second copy lies. */
  static final int COPY_AT = 2048;

  private static final long MAGIC = 0x4B4C4550544F4C47L;
  private static final int FORMAT_VERSION = 1;
  private static final int CRC_AT = 52;

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(HeadV1.BYTES);
    out.putLong(archiveId).putLong(fileId).putLong(generation);
    out.putLong(stampFloor).putInt(namespaceFloor);
    out.putInt(crcOf(out.array(), 0));
    return out.array();
  }

  /**
   * Returns the header from the first bytes of a file: the first copy, or the second where the
   * first is damaged.
   *
   * @param head as many of the first {@link HeadV1#BYTES} bytes as the file has
   * @param subject the archive, for messages
   * @throws ArchiveException if the file is none of ours, of another version, cut, or damaged
   */
  static FileHeaderV1 decode(byte[] head, String subject) {
    for (int at : new int[] {0, COPY_AT}) {
      if (isWhole(head, at) && ByteBuffer.wrap(head).getInt(at + 8) == FORMAT_VERSION) {
        if (head.length < HeadV1.BYTES) {
          throw cut(head, subject);
        }
        return read(ByteBuffer.wrap(head), at);
      }
    }
    if (head.length < Long.BYTES || ByteBuffer.wrap(head).getLong() != MAGIC) {
      boolean copy = head.length >= COPY_AT + BYTES;
      if (!copy || ByteBuffer.wrap(head).getLong(COPY_AT) != MAGIC) {
        throw refused(
            subject,
            "the magic KLEPTOLG at its begin",
            head.length == 0
                ? "an empty file; remove it if an archive is to be made there"
                : "other bytes; it is no klepto archive, or its begin is damaged");
      }
    } else if (head.length > CRC_AT && ByteBuffer.wrap(head).getInt(8) != FORMAT_VERSION) {
      throw refused(
          subject,
          "format version " + FORMAT_VERSION,
          ByteBuffer.wrap(head).getInt(8) + "; it was written by a newer release, or is damaged");
    }
    if (head.length < HeadV1.BYTES) {
      throw cut(head, subject);
    }
    throw refused(
        subject,
        "the CRC32C of its header",
        "another, in both copies; the header is damaged: restore it from a copy");
  }

  private static ArchiveException cut(byte[] head, String subject) {
    return refused(
        subject,
        "at least " + HeadV1.BYTES + " bytes",
        head.length + " bytes; it was cut: restore it from a copy");
  }

  /** Returns whether the copy at an offset is whole. */
  static boolean isWhole(byte[] head, int at) {
    if (head.length < at + BYTES || ByteBuffer.wrap(head).getLong(at) != MAGIC) {
      return false;
    }
    return ByteBuffer.wrap(head).getInt(at + CRC_AT) == crcOf(head, at);
  }

  private static FileHeaderV1 read(ByteBuffer in, int at) {
    return new FileHeaderV1(
        in.getLong(at + 16),
        in.getLong(at + 24),
        in.getLong(at + 32),
        in.getLong(at + 40),
        in.getInt(at + 48));
  }

  private static int crcOf(byte[] bytes, int at) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, at, CRC_AT);
    return (int) crc.getValue();
  }

  private static ArchiveException refused(String subject, String expected, String found) {
    return new ArchiveException(
        "cannot open archive %s: expected %s, found %s".formatted(subject, expected, found));
  }
}
