package io.klepto.archive.dir;

import io.klepto.archive.ArchiveException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What a namespace says about itself in the file {@code header}: lines of ASCII, each ended by a
 * line feed.
 *
 * <pre>
 * klepto-dir 1
 * format=hdf5-1
 * namespace=orders
 * identity.codec=kryo
 * identity.keymap=picklemap
 * crc32c=1f2e3d4c
 * </pre>
 *
 * <p>The first line gives the version of the folder's layout, the second the format of the files in
 * it; there is no second line where that is {@link #ENVELOPE}. The last is the CRC32C of all bytes
 * before it. Identity is in the order of its names. Whatever is not a visible ASCII character, the
 * backslash and the equals sign stand as {@code \}{@code uXXXX}, one per UTF-16 code unit.
 *
 * @param format the name of the format of the record files
 * @param namespace the namespace in clear
 * @param identity what must be the same at each opening
 */
record NamespaceHeader(String format, String namespace, Map<String, String> identity) {
  /** The format of record files that are envelopes. */
  static final String ENVELOPE = "envelope-1";

  private static final String LAYOUT = "klepto-dir ";
  private static final String VERSION = "1";
  private static final String FORMAT = "format=";
  private static final String NAMESPACE = "namespace=";
  private static final String IDENTITY = "identity.";
  private static final String CHECKSUM = "crc32c=";
  private static final int ESCAPE_CHARS = 6;

  byte[] encode() {
    StringBuilder text = new StringBuilder();
    text.append(LAYOUT).append(VERSION).append('\n');
    if (!format.equals(ENVELOPE)) {
      text.append(FORMAT).append(escape(format)).append('\n');
    }
    text.append(NAMESPACE).append(escape(namespace)).append('\n');
    new TreeMap<>(identity)
        .forEach(
            (name, value) ->
                text.append(IDENTITY)
                    .append(escape(name))
                    .append('=')
                    .append(escape(value))
                    .append('\n'));
    String lines = text.toString();
    return (lines + CHECKSUM + checksumOf(lines) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a header.
   *
   * @param subject the archive and the file, for the message
   * @throws ArchiveException if the format version is not 1, or if the header is damaged
   */
  static NamespaceHeader decode(byte[] bytes, String subject) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int firstLine = text.indexOf('\n');
    if (!text.startsWith(LAYOUT) || firstLine < 0) {
      throw refused(subject, "a first line \"" + LAYOUT + VERSION + "\"", "none");
    }
    String version = text.substring(LAYOUT.length(), firstLine);
    if (!version.equals(VERSION)) {
      throw refused(
          subject,
          "format version " + VERSION,
          version + "; it was written by a newer release, or is damaged");
    }
    int lastLine = Math.max(0, text.lastIndexOf(CHECKSUM));
    String expected = CHECKSUM + checksumOf(text.substring(0, lastLine)) + "\n";
    String found = text.substring(lastLine);
    if (!found.equals(expected)) {
      throw refused(
          subject,
          "a last line \"" + expected.strip() + "\"",
          "\"" + found.strip() + "\"; it is damaged");
    }
    try {
      return parse(text.substring(firstLine + 1, lastLine), subject);
    } catch (NumberFormatException e) {
      throw refused(subject, "escapes of four hexadecimal digits", e.getMessage());
    }
  }

  private static NamespaceHeader parse(String lines, String subject) {
    String format = ENVELOPE;
    String namespace = null;
    Map<String, String> identity = new TreeMap<>();
    for (String line : lines.lines().toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith(FORMAT)) {
        format = unescape(line.substring(FORMAT.length()));
      } else if (line.startsWith(NAMESPACE)) {
        namespace = unescape(line.substring(NAMESPACE.length()));
      } else if (line.startsWith(IDENTITY) && equals > 0) {
        identity.put(
            unescape(line.substring(IDENTITY.length(), equals)),
            unescape(line.substring(equals + 1)));
      } else {
        throw refused(subject, "lines of format version " + VERSION, "\"" + line + "\"");
      }
    }
    if (namespace == null) {
      throw refused(subject, "a line \"" + NAMESPACE + "\"", "none");
    }
    return new NamespaceHeader(format, namespace, Map.copyOf(identity));
  }

  /** Refuses a header that is there when it is not the one that was asked for. */
  void requireSameAs(NamespaceHeader asked, String subject) {
    if (!namespace.equals(asked.namespace)) {
      throw refused(subject, "namespace \"" + asked.namespace + "\"", "\"" + namespace + "\"");
    }
    if (!format.equals(asked.format)) {
      throw refused(
          subject,
          "files of the format " + asked.format,
          format + "; open it by the scheme that it was created by, or choose another namespace");
    }
    if (!identity.equals(asked.identity)) {
      throw refused(
          subject,
          "the identity " + new TreeMap<>(asked.identity),
          new TreeMap<>(identity) + "; open it as it was created, or choose another namespace");
    }
  }

  private static ArchiveException refused(String subject, String expected, String found) {
    return new ArchiveException(
        "cannot open archive %s: expected %s, found %s".formatted(subject, expected, found));
  }

  private static String checksumOf(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < 0x7F && c != '\\' && c != '=') {
        escaped.append(c);
      } else {
        escaped.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    return escaped.toString();
  }

  private static String unescape(String escaped) {
    StringBuilder text = new StringBuilder(escaped.length());
    int i = 0;
    while (i < escaped.length()) {
      if (escaped.charAt(i) == '\\' && i + ESCAPE_CHARS <= escaped.length()) {
        text.append((char) HexFormat.fromHexDigits(escaped, i + 2, i + ESCAPE_CHARS));
        i += ESCAPE_CHARS;
      } else {
        text.append(escaped.charAt(i));
        i++;
      }
    }
    return text.toString();
  }
}
