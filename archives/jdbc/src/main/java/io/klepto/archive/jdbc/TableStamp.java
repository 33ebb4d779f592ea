package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What is known of a table when it is opened again: a line of ASCII, {@code klepto-table 1 [native
 * string long] codec=kryo keys=canonical-1 crc32c=…}, the layout in brackets, then the identity;
 * the last is the CRC32C of all before it. It stands in the catalogue, or, for a table without one,
 * as a comment of its first column.
 *
 * @param layout as {@link RowFormat#layout}
 * @param identity what must be the same at each opening
 */
record TableStamp(String layout, Map<String, String> identity) {
  /** How every stamp begins. */
  static final String MAGIC = "klepto-table ";

  private static final String VERSION = "1";
  private static final String CHECKSUM = " crc32c=";

  /** Copies the identity. */
  TableStamp {
    identity = Map.copyOf(identity);
  }

  /** Returns the line. */
  String text() {
    String map = AsciiText.ofMap(identity);
    String line = MAGIC + VERSION + " [" + layout + "]" + (map.isEmpty() ? "" : " " + map);
    return line + CHECKSUM + checksumOf(line);
  }

  /**
   * Reads a line.
   *
   * @param subject the store and where the line stands, for the message
   * @throws ArchiveException if it is of another version, or damaged
   */
  static TableStamp of(String line, String subject) {
    int end = line.lastIndexOf(CHECKSUM);
    if (!line.startsWith(MAGIC) || end < 0) {
      throw refused(subject, "a stamp \"" + MAGIC + "…\"", "\"" + line + "\"");
    }
    int space = line.indexOf(' ', MAGIC.length());
    String version = line.substring(MAGIC.length(), Math.max(MAGIC.length(), space));
    if (!version.equals(VERSION)) {
      throw refused(
          subject,
          "format version " + VERSION,
          version + "; it was written by a newer release, or is damaged");
    }
    String found = line.substring(end + CHECKSUM.length());
    String expected = checksumOf(line.substring(0, end));
    if (!found.equals(expected)) {
      throw refused(subject, "CRC32C " + expected, found + "; the stamp is damaged");
    }
    int open = line.indexOf('[');
    int close = line.indexOf(']');
    try {
      return new TableStamp(
          line.substring(open + 1, close),
          AsciiText.toMap(line.substring(Math.min(end, close + 2), end)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw refused(subject, "a stamp of format version " + VERSION, "\"" + line + "\"");
    }
  }

  /** Refuses to open a table of another identity. */
  void requireIdentity(Map<String, String> asked, String subject) {
    if (!identity.equals(asked)) {
      throw refused(
          subject,
          "the identity " + new TreeMap<>(asked),
          new TreeMap<>(identity) + "; open it as it was created, or choose another namespace");
    }
  }

  private static String checksumOf(String line) {
    CRC32C crc = new CRC32C();
    crc.update(line.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static ArchiveException refused(String subject, String expected, String found) {
    return new ArchiveException(
        "cannot open archive %s: expected %s, found %s".formatted(subject, expected, found));
  }
}
