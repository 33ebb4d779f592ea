package io.klepto.archive.hdf5;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The types of values that stand in HDF5 as what they are.
 *
 * <p>Booleans are bit fields of 8 bits. Text is UTF-8 of fixed length that ends with a zero byte;
 * characters and big numbers stand there as text, since HDF5 knows none.
 */
enum NativeType {
  BOOLEAN(1, boolean.class, Boolean.class) {
    @Override
    Object scalar(ByteBuffer in, int elementBytes) {
      return in.get() != 0;
    }

    @Override
    void fill(Object array, ByteBuffer in, int elementBytes) {
      boolean[] flags = (boolean[]) array;
      for (int i = 0; i < flags.length; i++) {
        flags[i] = in.get() != 0;
      }
    }
  },
  BYTE(2, byte.class, Byte.class) {
    @Override
    Object scalar(ByteBuffer in, int elementBytes) {
      return in.get();
    }

    @Override
    void fill(Object array, ByteBuffer in, int elementBytes) {
      in.get((byte[]) array);
    }
  },
  SHORT(3, short.class, Short.class) {
    @Override
    Object scalar(ByteBuffer in, int elementBytes) {
      return in.getShort();
    }

    @Override
    void fill(Object array, ByteBuffer in, int elementBytes) {
      in.asShortBuffer().get((short[]) array);
      in.position(in.position() + ((short[]) array).length * Short.BYTES);
    }
  },
  INT(4, int.class, Integer.class) {
    @Override
    Object scalar(ByteBuffer in, int elementBytes) {
      return in.getInt();
    }

    @Override
    void fill(Object array, ByteBuffer in, int elementBytes) {
      in.asIntBuffer().get((int[]) array);
      in.position(in.position() + ((int[]) array).length * Integer.BYTES);
    }
  },
  LONG(5, long.class, Long.class) {
    @Override
    Object scalar(ByteBuffer in, int elementBytes) {
      return in.getLong();
    }

    @Override
    void fill(Object array, ByteBuffer in, int elementBytes) {
      in.asLongBuffer().get((long[]) array);
      in.position(in.position() + ((long[]) array).length * Long.BYTES);
    }
  },
  FLOAT(6, float.class, Float.class) {
    @Override
    Object scalar(ByteBuffer in, int elementBytes) {
      return in.getFloat();
    }

    @Override
    void fill(Object array, ByteBuffer in, int elementBytes) {
      in.asFloatBuffer().get((float[]) array);
      in.position(in.position() + ((float[]) array).length * Float.BYTES);
    }
  },
  DOUBLE(7, double.class, Double.class) {
    @Override
    Object scalar(ByteBuffer in, int elementBytes) {
      return in.getDouble();
    }

    @Override
    void fill(Object array, ByteBuffer in, int elementBytes) {
      in.asDoubleBuffer().get((double[]) array);
      in.position(in.position() + ((double[]) array).length * Double.BYTES);
    }
  },
  STRING(8, String.class, String.class) {
    @Override
    Object scalar(ByteBuffer in, int elementBytes) {
      return text(in, elementBytes);
    }

    @Override
    void fill(Object array, ByteBuffer in, int elementBytes) {
      String[] strings = (String[]) array;
      for (int i = 0; i < strings.length; i++) {
        strings[i] = text(in, elementBytes);
      }
    }
  },
  CHARACTER(9, null, Character.class) {
    @Override
    Object scalar(ByteBuffer in, int elementBytes) {
      return text(in, elementBytes).charAt(0);
    }
  },
  BIG_INTEGER(10, null, BigInteger.class) {
    @Override
    Object scalar(ByteBuffer in, int elementBytes) {
      return new BigInteger(text(in, elementBytes));
    }
  },
  BIG_DECIMAL(11, null, BigDecimal.class) {
    @Override
    Object scalar(ByteBuffer in, int elementBytes) {
      return new BigDecimal(text(in, elementBytes));
    }
  };

  private final int id;
  private final Class<?> component;
  private final Class<?> boxed;

  NativeType(int id, Class<?> component, Class<?> boxed) {
    this.id = id;
    this.component = component;
    this.boxed = boxed;
  }

  /** Returns the number that stands in entries. */
  int id() {
    return id;
  }

  /**
   * Returns the type of an id.
   *
   * @throws IllegalArgumentException if there is none
   */
  static NativeType of(int id) {
    for (NativeType type : values()) {
      if (type.id == id) {
        return type;
      }
    }
    throw new IllegalArgumentException("a type from 1 to " + values().length + ", found " + id);
  }

  /** Returns the type of the innermost elements of an array, null if there are no arrays of it. */
  Class<?> component() {
    return component;
  }

  /** Returns the class of a single value. */
  Class<?> boxed() {
    return boxed;
  }

  /** Returns whether values stand as text in HDF5. */
  boolean isText() {
    return boxed == String.class || component == null;
  }

  /** Reads one value; the buffer has the byte order of the file. */
  abstract Object scalar(ByteBuffer in, int elementBytes);

  /** Reads the elements of an array of rank 1. */
  void fill(Object array, ByteBuffer in, int elementBytes) {
    throw new IllegalArgumentException("expected a single value, found an array of " + this);
  }

  /** Returns what stands before the first zero byte of a text of fixed length. */
  private static String text(ByteBuffer in, int elementBytes) {
    byte[] bytes = new byte[elementBytes];
    in.get(bytes);
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
