package io.klepto.archive.jdbc;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Any text as ASCII that every engine keeps as it is, in a column as in a comment: letters, digits,
 * {@code -}, {@code _} and {@code .} stand for themselves, every other UTF-16 unit is {@code %} and
 * four hexadecimal digits.
 */
final class AsciiText {
  private static final int ESCAPE_CHARS = 5;

  private AsciiText() {}

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        escaped.append(c);
      } else {
        escaped.append('%').append(HexFormat.of().toHexDigits(c));
      }
    }
    return escaped.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }

  /**
   * Returns the text that was escaped.
   *
   * @throws IllegalArgumentException if none was
   */
  static String unescape(String escaped) {
    StringBuilder text = new StringBuilder(escaped.length());
    int i = 0;
    while (i < escaped.length()) {
      char c = escaped.charAt(i);
      if (isPlain(c)) {
        text.append(c);
        i++;
      } else if (c == '%' && i + ESCAPE_CHARS <= escaped.length()) {
        text.append((char) HexFormat.fromHexDigits(escaped, i + 1, i + ESCAPE_CHARS));
        i += ESCAPE_CHARS;
      } else {
        throw new IllegalArgumentException("no escaped text at " + i);
      }
    }
    return text.toString();
  }

  /** Returns names with their values, in the order of the names. */
  static String ofMap(Map<String, String> map) {
    return new TreeMap<>(map)
        .entrySet().stream()
            .map(entry -> escape(entry.getKey()) + "=" + escape(entry.getValue()))
            .collect(Collectors.joining(" "));
  }

  /**
   * Returns what {@link #ofMap} made the text of.
   *
   * @throws IllegalArgumentException if it made none
   */
  static Map<String, String> toMap(String text) {
    Map<String, String> map = new TreeMap<>();
    for (String entry : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      int equals = entry.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("no name and value: " + entry);
      }
      map.put(unescape(entry.substring(0, equals)), unescape(entry.substring(equals + 1)));
    }
    return map;
  }
}
