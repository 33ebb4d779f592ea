package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How keys or values of a declared type stand in a column of a native table.
 *
 * <p>A form takes what every engine gives back exactly as it was; for the rest of its type there is
 * the column of envelopes: NaNs, infinities, minus zero and denormal numbers, since one or another
 * engine has none of them, and texts with U+0000, which PostgreSQL has not. Big numbers stand as
 * text, the scale included.
 */
enum NativeForm {
  BOOLEAN(Boolean.class, ColumnType.BOOLEAN),
  BYTE(Byte.class, ColumnType.SMALLINT),
  SHORT(Short.class, ColumnType.SMALLINT),
  INTEGER(Integer.class, ColumnType.INTEGER),
  LONG(Long.class, ColumnType.BIGINT),
  FLOAT(Float.class, ColumnType.DOUBLE),
  DOUBLE(Double.class, ColumnType.DOUBLE),
  CHARACTER(Character.class, ColumnType.TEXT),
  STRING(String.class, ColumnType.TEXT),
  BIGINTEGER(BigInteger.class, ColumnType.TEXT),
  BIGDECIMAL(BigDecimal.class, ColumnType.TEXT),
  BYTES(byte[].class, ColumnType.BYTES),
  /** Any of the above but bytes: as text, beside a column that names the form. */
  ANY(Object.class, ColumnType.TEXT);

  private final Class<?> type;
  private final ColumnType column;

  NativeForm(Class<?> type, ColumnType column) {
    this.type = type;
    this.column = column;
  }

  /**
   * Returns the form for a declared type.
   *
   * @param role what has that type, for the message
   * @throws ArchiveException if no object of the type has a form
   */
  static NativeForm of(Class<?> declared, String role, String store) {
    for (NativeForm form : values()) {
      if (form.type == declared) {
        return form;
      }
    }
    for (NativeForm form : values()) {
      if (form != BYTES && declared.isAssignableFrom(form.type)) {
        return ANY;
      }
    }
    throw new ArchiveException(
        "cannot open archive %s: expected a %s with a column of its own, of one of %s, found %s; use serialized = true"
            .formatted(store, role, known(), declared.getTypeName()));
  }

  private static List<String> known() {
    return Arrays.stream(values())
        .map(form -> form.type.getSimpleName())
        .collect(Collectors.toList());
  }

  /** Returns the form of a name, empty if there is none. */
  static Optional<NativeForm> named(String name) {
    return Arrays.stream(values()).filter(form -> form.formName().equals(name)).findFirst();
  }

  /** Returns the form of a value as it is, empty if it has none but {@link #ANY}. */
  static Optional<NativeForm> ofValue(Object value) {
    return Arrays.stream(values())
        .filter(form -> form != ANY && form.type == value.getClass())
        .findFirst();
  }

  String formName() {
    return name().toLowerCase(Locale.ROOT);
  }

  ColumnType column() {
    return column;
  }

  /** Returns what stands in the column for a value; empty if the column can't hold it. */
  Optional<Object> toColumn(Object value) {
    if (value.getClass() != type) {
      return Optional.empty();
    }
    return switch (this) {
      case BOOLEAN, SHORT, INTEGER, LONG, BYTES -> Optional.of(value);
      case BYTE -> Optional.of((short) (Byte) value);
      case FLOAT -> ordinary((Float) value);
      case DOUBLE -> ordinary((Double) value);
      case CHARACTER, STRING -> wellFormed(value.toString());
      case BIGINTEGER, BIGDECIMAL -> Optional.of(value.toString());
      case ANY -> Optional.empty();
    };
  }

  private static Optional<Object> ordinary(double number) {
    boolean isZero = Double.doubleToRawLongBits(number) == 0;
    boolean isNormal = Math.abs(number) >= Double.MIN_NORMAL && Double.isFinite(number);
    return isZero || isNormal ? Optional.of(number) : Optional.empty();
  }

  private static Optional<Object> wellFormed(String text) {
    return text.codePoints()
            .allMatch(c -> c != 0 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE))
        ? Optional.of(text)
        : Optional.empty();
  }

  /**
   * Returns the value of what stands in the column.
   *
   * @throws IllegalArgumentException if no value of this form does
   */
  Object fromColumn(Object found) {
    return switch (this) {
      case BOOLEAN, SHORT, INTEGER, LONG, DOUBLE, STRING, BYTES -> found;
      case BYTE -> narrowed((Short) found);
      case FLOAT -> ((Double) found).floatValue();
      case CHARACTER -> onlyCharOf((String) found);
      case BIGINTEGER -> new BigInteger((String) found);
      case BIGDECIMAL -> new BigDecimal((String) found);
      case ANY -> throw new IllegalArgumentException("a value of form any");
    };
  }

  private static Byte narrowed(short number) {
    if (number != (byte) number) {
      throw new IllegalArgumentException("a byte of " + number);
    }
    return (byte) number;
  }

  private static Character onlyCharOf(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("a character of " + text.length());
    }
    return text.charAt(0);
  }

  /** Returns a value that has a column as text; empty for bytes, which have none. */
  Optional<String> toText(Object value) {
    return this == BYTES ? Optional.empty() : toColumn(value).map(column -> value.toString());
  }

  /**
   * Returns the value of a text.
   *
   * @throws IllegalArgumentException if no value of this form has it
   */
  Object fromText(String text) {
    return switch (this) {
      case BOOLEAN -> booleanOf(text);
      case BYTE -> Byte.valueOf(text);
      case SHORT -> Short.valueOf(text);
      case INTEGER -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case CHARACTER, STRING, BIGINTEGER, BIGDECIMAL -> fromColumn(text);
      case BYTES, ANY -> throw new IllegalArgumentException("text of form " + formName());
    };
  }

  private static Boolean booleanOf(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("a boolean of \"" + text + "\"");
    }
    return text.equals("true");
  }
}
