package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;

/**
 * How the value of a field whose type has changed is read: as it is, if the new type admits it,
 * boxed, unboxed or as a wider number without loss; else refused by the field's name.
 */
final class Widening {
  private Widening() {}

  static Object defaultOf(char code) {
    return switch (code) {
      case 'Z' -> false;
      case 'B' -> (byte) 0;
      case 'S' -> (short) 0;
      case 'C' -> (char) 0;
      case 'I' -> 0;
      case 'J' -> 0L;
      case 'F' -> 0f;
      case 'D' -> 0d;
      default -> null;
    };
  }

  /** Returns the value as the field's type needs it. */
  static Object convert(Object value, FieldShape.Slot slot) {
    Class<?> target = slot.field().getType();
    Object converted = value == null || target.isInstance(value) ? value : widen(value, target);
    if (converted == null && (value != null || target.isPrimitive())) {
      throw new ArchiveException(
          "field "
              + slot.field().getName()
              + " of "
              + slot.field().getDeclaringClass().getName()
              + " is of type "
              + target.getTypeName()
              + ", and the record holds "
              + (value == null ? "null" : "class " + value.getClass().getName())
              + "; keep the old type, or write the value anew");
    }
    return converted;
  }

  private static Object widen(Object value, Class<?> target) {
    if (target == boolean.class) {
      return value instanceof Boolean ? value : null;
    } else if (target == char.class) {
      return value instanceof Character ? value : null;
    } else if (target == byte.class) {
      return value instanceof Byte ? value : null;
    } else if (target == float.class || target == Float.class) {
      return toFloat(value);
    } else if (target == double.class || target == Double.class) {
      return toDouble(value);
    }
    return toInteger(value, target);
  }

  private static Object toFloat(Object value) {
    return value instanceof Float || value instanceof Short || value instanceof Byte
        ? (Object) ((Number) value).floatValue()
        : null;
  }

  private static Object toDouble(Object value) {
    return value instanceof Number number && !(value instanceof Long) && isPrimitiveNumber(value)
        ? (Object) number.doubleValue()
        : null;
  }

  private static boolean isPrimitiveNumber(Object value) {
    return value instanceof Float || value instanceof Double || bits(value) > 0;
  }

  private static int bits(Object value) {
    if (value instanceof Byte) {
      return Byte.SIZE;
    } else if (value instanceof Short) {
      return Short.SIZE;
    } else if (value instanceof Integer) {
      return Integer.SIZE;
    }
    return value instanceof Long ? Long.SIZE : 0;
  }

  private static Object toInteger(Object value, Class<?> target) {
    int bits = bits(value);
    if (bits == 0) {
      return null;
    }
    Number number = (Number) value;
    if (target == long.class || target == Long.class) {
      return number.longValue();
    } else if ((target == int.class || target == Integer.class) && bits <= Integer.SIZE) {
      return number.intValue();
    } else if ((target == short.class || target == Short.class) && bits <= Short.SIZE) {
      return number.shortValue();
    }
    return null;
  }
}
