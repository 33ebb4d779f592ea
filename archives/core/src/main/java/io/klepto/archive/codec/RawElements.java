package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.nio.ByteBuffer;

/**
 * The types of elements that {@link RawArrays} writes: how those of one innermost array are moved,
 * all at once where the JDK can. Buffers are little-endian.
 */
enum RawElements {
  BYTE(RawCodec.BYTE, byte.class, Byte.BYTES) {
    @Override
    void write(ByteBuffer out, Object array) {
      out.put((byte[]) array);
    }

    @Override
    void read(ByteBuffer in, Object array) {
      in.get((byte[]) array);
    }
  },
  SHORT(RawCodec.SHORT, short.class, Short.BYTES) {
    @Override
    void write(ByteBuffer out, Object array) {
      out.asShortBuffer().put((short[]) array);
      skip(out, ((short[]) array).length);
    }

    @Override
    void read(ByteBuffer in, Object array) {
      in.asShortBuffer().get((short[]) array);
      skip(in, ((short[]) array).length);
    }
  },
  INT(RawCodec.INTEGER, int.class, Integer.BYTES) {
    @Override
    void write(ByteBuffer out, Object array) {
      out.asIntBuffer().put((int[]) array);
      skip(out, ((int[]) array).length);
    }

    @Override
    void read(ByteBuffer in, Object array) {
      in.asIntBuffer().get((int[]) array);
      skip(in, ((int[]) array).length);
    }
  },
  LONG(RawCodec.LONG, long.class, Long.BYTES) {
    @Override
    void write(ByteBuffer out, Object array) {
      out.asLongBuffer().put((long[]) array);
      skip(out, ((long[]) array).length);
    }

    @Override
    void read(ByteBuffer in, Object array) {
      in.asLongBuffer().get((long[]) array);
      skip(in, ((long[]) array).length);
    }
  },
  FLOAT(RawCodec.FLOAT, float.class, Float.BYTES) {
    @Override
    void write(ByteBuffer out, Object array) {
      out.asFloatBuffer().put((float[]) array);
      skip(out, ((float[]) array).length);
    }

    @Override
    void read(ByteBuffer in, Object array) {
      in.asFloatBuffer().get((float[]) array);
      skip(in, ((float[]) array).length);
    }
  },
  DOUBLE(RawCodec.DOUBLE, double.class, Double.BYTES) {
    @Override
    void write(ByteBuffer out, Object array) {
      out.asDoubleBuffer().put((double[]) array);
      skip(out, ((double[]) array).length);
    }

    @Override
    void read(ByteBuffer in, Object array) {
      in.asDoubleBuffer().get((double[]) array);
      skip(in, ((double[]) array).length);
    }
  },
  CHAR(RawCodec.CHARACTER, char.class, Character.BYTES) {
    @Override
    void write(ByteBuffer out, Object array) {
      out.asCharBuffer().put((char[]) array);
      skip(out, ((char[]) array).length);
    }

    @Override
    void read(ByteBuffer in, Object array) {
      in.asCharBuffer().get((char[]) array);
      skip(in, ((char[]) array).length);
    }
  },
  BOOLEAN(RawCodec.BOOLEAN, boolean.class, 1) {
    @Override
    void write(ByteBuffer out, Object array) {
      for (boolean flag : (boolean[]) array) {
        out.put((byte) (flag ? 1 : 0));
      }
    }

    @Override
    void read(ByteBuffer in, Object array) {
      boolean[] flags = (boolean[]) array;
      for (int i = 0; i < flags.length; i++) {
        flags[i] = RawCodec.flag(in.get());
      }
    }
  },
  STRING(RawCodec.STRING, String.class, Integer.BYTES) {
    @Override
    void write(ByteBuffer out, Object array) {
      for (String string : (String[]) array) {
        byte[] utf8 = RawText.encode(string);
        out.putInt(Integer.reverseBytes(utf8.length)).put(utf8);
      }
    }

    @Override
    void read(ByteBuffer in, Object array) {
      String[] strings = (String[]) array;
      for (int i = 0; i < strings.length; i++) {
        RawCodec.atLeast(Integer.BYTES, in);
        int length = Integer.reverseBytes(in.getInt());
        if (length < 0 || length > in.remaining()) {
          throw new ArchiveException(
              "codec raw: expected a string of 0 to "
                  + in.remaining()
                  + " bytes, which is what is left, found a length of "
                  + length);
        }
        strings[i] = RawText.decode(in.slice(in.position(), length), "raw");
        in.position(in.position() + length);
      }
    }
  };

  private static final RawElements[] ALL = values();

  private final byte tag;
  private final Class<?> type;
  private final int minBytes;

  RawElements(byte tag, Class<?> type, int minBytes) {
    this.tag = tag;
    this.type = type;
    this.minBytes = minBytes;
  }

  /** Returns the elements of a type, or null if arrays of it are not raw. */
  static RawElements of(Class<?> type) {
    for (RawElements elements : ALL) {
      if (elements.type == type) {
        return elements;
      }
    }
    return null;
  }

  static RawElements of(byte tag) {
    for (RawElements elements : ALL) {
      if (elements.tag == tag) {
        return elements;
      }
    }
    throw new ArchiveException("codec raw: expected the type of array elements, found " + tag);
  }

  byte tag() {
    return tag;
  }

  Class<?> type() {
    return type;
  }

  /** Returns the bytes that an element takes; of a string, at least. */
  int minBytes() {
    return minBytes;
  }

  /** Writes all elements of an innermost array. */
  abstract void write(ByteBuffer out, Object array);

  /** Fills an innermost array; the buffer has at least {@link #minBytes} for each element. */
  abstract void read(ByteBuffer in, Object array);

  void skip(ByteBuffer buffer, int count) {
    buffer.position(buffer.position() + count * minBytes);
  }
}
