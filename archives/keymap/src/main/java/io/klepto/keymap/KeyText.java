package io.klepto.keymap;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * Canonical bytes as text that a person can read, different bytes as different texts:
 *
 * <pre>
 * "text"  'c'  1  1L  1.0  1.0f  (byte) 1  true  null        literals, as Java writes them
 * UUID(…)  LocalDate(2026-11-22)                             other values, by type and text
 * int[1, 2]  [1, "b"]  {1, 2}  {"a": 1}  ("a": 1)            arrays, lists, sets, maps, entries
 * com.example.Color.RED  com.example.Point{"x": 1, "y": 2}   enum constants, classes by fields
 * </pre>
 *
 * <p>A key with a part that has no such text (a pattern, a zone that this JVM does not know) is
 * {@code bytes(…)} in hexadecimal. The texts are persisted: they don't change. Not thread-safe,
 * used once.
 */
final class KeyText {
  /** A part has no text; the key is written in hexadecimal. */
  private static final class NoText extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoText() {
      super("no text", null, false, false);
    }
  }

  private final ByteSource in;

  private KeyText(KeyBytes key) {
    this.in = new ByteSource(key);
  }

  /**
   * Returns the text of a key.
   *
   * @param key canonical bytes as {@link CanonicalEncoder#encode} makes them
   */
  static String of(KeyBytes key) {
    try {
      KeyText text = new KeyText(key);
      text.in.readByte();
      return text.value();
    } catch (NoText e) {
      return "bytes(" + HexFormat.of().formatHex(key.bytes()) + ")";
    }
  }

  private String value() {
    byte tag = in.readByte();
    return switch (tag) {
      case CanonicalFormatV1.NULL -> "null";
      case CanonicalFormatV1.STRING -> quoted(in.readUtf8(), '"');
      case CanonicalFormatV1.STRING_UTF16 -> quoted(in.readUtf16(), '"');
      case CanonicalFormatV1.LIST -> "[" + joined(in.readCount(1), this::value) + "]";
      case CanonicalFormatV1.OBJECTS -> "Object[" + joined(in.readCount(1), this::value) + "]";
      case CanonicalFormatV1.SET -> "{" + joined(in.readCount(1), this::value) + "}";
      case CanonicalFormatV1.MAP -> "{" + mapping(in.readCount(2)) + "}";
      case CanonicalFormatV1.ENTRY -> "(" + pair() + ")";
      case CanonicalFormatV1.OPTIONAL -> "Optional(" + (in.readFlag() ? value() : "") + ")";
      case CanonicalFormatV1.CLASS -> "class " + name();
      case CanonicalFormatV1.ENUM -> name() + "." + name();
      case CanonicalFormatV1.OBJECT -> name() + "{" + joined(in.readCount(2), this::pair) + "}";
      case CanonicalFormatV1.REGISTERED -> name() + "(" + value() + ")";
      default -> scalar(ScalarType.ofTag(tag));
    };
  }

  /** An empty map is told from an empty set. */
  private String mapping(int count) {
    return count == 0 ? ":" : joined(count, this::pair);
  }

  private String pair() {
    return value() + ": " + value();
  }

  private static String joined(int count, Supplier<String> part) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(part.get());
    }
    return String.join(", ", parts);
  }

  /** Names of classes and constants are Java's; any other would not be unambiguous. */
  private String name() {
    byte tag = in.readByte();
    if (tag != CanonicalFormatV1.STRING) {
      throw new NoText();
    }
    String name = in.readUtf8();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Character.isJavaIdentifierPart(c) && c != '.' && c != '[' && c != ';') {
        throw new NoText();
      }
    }
    return name;
  }

  private String scalar(ScalarType<?> type) {
    if (type == null || type.reader() == null) {
      throw new NoText();
    }
    Object value = type.reader().apply(in);
    if (value == null) {
      throw new NoText();
    }
    if (value.getClass().isArray()) {
      return array(value);
    }
    return literal(value);
  }

  private static String array(Object array) {
    int[] next = {0};
    String elements = joined(Array.getLength(array), () -> literal(Array.get(array, next[0]++)));
    return array.getClass().getComponentType() + "[" + elements + "]";
  }

  private static String literal(Object value) {
    if (value instanceof Integer || value instanceof Double || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Long) {
      return value + "L";
    }
    if (value instanceof Float) {
      return value + "f";
    }
    if (value instanceof Byte) {
      return "(byte) " + value;
    }
    if (value instanceof Short) {
      return "(short) " + value;
    }
    if (value instanceof Character) {
      return quoted(value.toString(), '\'');
    }
    if (value instanceof KeyBytes key) {
      return "KeyBytes(" + HexFormat.of().formatHex(key.bytes()) + ")";
    }
    if (value instanceof Date date) {
      return "Date(" + date.toInstant() + ")";
    }
    return value.getClass().getSimpleName() + "(" + value + ")";
  }

  private static String quoted(String text, char quote) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || isUnpaired(text, i)) {
        quoted.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append(quote).toString();
  }

  private static boolean isUnpaired(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
