package io.klepto.keymap;

import java.util.List;

/** Scalar types of arrays of primitives. */
final class ArrayScalars {
  static final List<ScalarType<?>> TYPES =
      List.of(
          ScalarType.mutable(
              boolean[].class,
              CanonicalFormatV1.BOOLEANS,
              ArrayScalars::putBooleans,
              ArrayScalars::readBooleans),
          ScalarType.mutable(
              byte[].class,
              CanonicalFormatV1.BYTES,
              (out, value) -> {
                out.putCount(value.length);
                out.putBytes(value);
              },
              ByteSource::readBytes),
          ScalarType.mutable(
              short[].class,
              CanonicalFormatV1.SHORTS,
              (out, value) -> {
                out.putCount(value.length);
                out.putSpace((long) value.length * Short.BYTES).asShortBuffer().put(value);
              },
              in -> {
                short[] read = new short[in.readCount(Short.BYTES)];
                in.readSpace(read.length * Short.BYTES).asShortBuffer().get(read);
                return read;
              }),
          ScalarType.mutable(
              char[].class,
              CanonicalFormatV1.CHARACTERS,
              (out, value) -> {
                out.putCount(value.length);
                out.putSpace((long) value.length * Character.BYTES).asCharBuffer().put(value);
              },
              in -> in.readUtf16().toCharArray()),
          ScalarType.mutable(
              int[].class,
              CanonicalFormatV1.INTEGERS,
              (out, value) -> {
                out.putCount(value.length);
                out.putSpace((long) value.length * Integer.BYTES).asIntBuffer().put(value);
              },
              in -> {
                int[] read = new int[in.readCount(Integer.BYTES)];
                in.readSpace(read.length * Integer.BYTES).asIntBuffer().get(read);
                return read;
              }),
          ScalarType.mutable(
              long[].class,
              CanonicalFormatV1.LONGS,
              (out, value) -> {
                out.putCount(value.length);
                out.putSpace((long) value.length * Long.BYTES).asLongBuffer().put(value);
              },
              in -> {
                long[] read = new long[in.readCount(Long.BYTES)];
                in.readSpace(read.length * Long.BYTES).asLongBuffer().get(read);
                return read;
              }),
          ScalarType.mutable(
              float[].class,
              CanonicalFormatV1.FLOATS,
              (out, value) -> {
                out.putCount(value.length);
                for (float number : value) {
                  out.putInt(Float.floatToIntBits(number));
                }
              },
              in -> {
                float[] read = new float[in.readCount(Float.BYTES)];
                in.readSpace(read.length * Float.BYTES).asFloatBuffer().get(read);
                return read;
              }),
          ScalarType.mutable(
              double[].class,
              CanonicalFormatV1.DOUBLES,
              (out, value) -> {
                out.putCount(value.length);
                for (double number : value) {
                  out.putLong(Double.doubleToLongBits(number));
                }
              },
              in -> {
                double[] read = new double[in.readCount(Double.BYTES)];
                in.readSpace(read.length * Double.BYTES).asDoubleBuffer().get(read);
                return read;
              }));

  private ArrayScalars() {}

  private static void putBooleans(ByteSink out, boolean[] value) {
    out.putCount(value.length);
    for (boolean flag : value) {
      out.putByte(flag ? 1 : 0);
    }
  }

  private static boolean[] readBooleans(ByteSource in) {
    boolean[] read = new boolean[in.readCount(1)];
    for (int i = 0; i < read.length; i++) {
      read[i] = in.readFlag();
    }
    return read;
  }
}
