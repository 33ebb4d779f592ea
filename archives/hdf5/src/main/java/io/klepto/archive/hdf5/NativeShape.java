package io.klepto.archive.hdf5;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The type and the dimensions of a value that can stand in HDF5 as what it is.
 *
 * <p>Not every native value of an archive can: jhdf writes no empty arrays and destroys the file
 * over a ragged one, text must not contain U+0000, HDF5 knows 32 dimensions, and strings of fixed
 * length waste much where one of many is long. Those have no shape here and are kept as bytes.
 *
 * @param type the type of the elements
 * @param dimensions the length in each dimension, outermost first; empty for a single value
 * @param elementBytes the bytes of one element in HDF5
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NativeShape(NativeType type, int[] dimensions, int elementBytes) {
  private static final int MAX_RANK = 32;
  private static final int MAX_SCALE = 1_000_000;
  private static final int MAX_NUMBER_BITS = 1 << 16;
  private static final int MAX_TEXT_BYTES = 1 << 28;
  private static final int FREE_PADDING_BYTES = 64 << 10;
  private static final int MAX_PADDING_FACTOR = 2;

  /** Returns the shape of a value, or empty if it has none. */
  static Optional<NativeShape> of(Object value) {
    List<Integer> dimensions = new ArrayList<>();
    Class<?> component = value.getClass();
    Object first = value;
    while (component.isArray()) {
      int length = first == null ? 0 : Array.getLength(first);
      if (length == 0) {
        return Optional.empty();
      }
      dimensions.add(length);
      component = component.getComponentType();
      first = component.isPrimitive() ? null : Array.get(first, 0);
    }
    int[] lengths = dimensions.stream().mapToInt(Integer::intValue).toArray();
    if (lengths.length > MAX_RANK || !isRectangular(value, lengths, 0)) {
      return Optional.empty();
    }
    for (NativeType type : NativeType.values()) {
      if (component == (lengths.length == 0 ? type.boxed() : type.component())) {
        return elementBytesOf(type, value, lengths)
            .map(bytes -> new NativeShape(type, lengths, bytes));
      }
    }
    return Optional.empty();
  }

  private static boolean isRectangular(Object array, int[] lengths, int depth) {
    if (depth == lengths.length) {
      return array != null;
    }
    if (array == null || Array.getLength(array) != lengths[depth]) {
      return false;
    }
    if (array.getClass().getComponentType().isPrimitive()) {
      return true;
    }
    for (Object element : (Object[]) array) {
      if (!isRectangular(element, lengths, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Integer> elementBytesOf(NativeType type, Object value, int[] lengths) {
    return switch (type) {
      case BOOLEAN, BYTE -> Optional.of(1);
      case SHORT -> Optional.of(Short.BYTES);
      case INT, FLOAT -> Optional.of(Integer.BYTES);
      case LONG, DOUBLE -> Optional.of(Long.BYTES);
      case STRING, CHARACTER -> {
        List<String> texts = new ArrayList<>();
        collectTexts(lengths.length == 0 ? value.toString() : value, texts);
        yield textBytesOf(texts);
      }
      case BIG_INTEGER -> numberBytesOf(((BigInteger) value).bitLength(), value);
      case BIG_DECIMAL -> {
        BigDecimal number = (BigDecimal) value;
        // Outside of these, text takes ages, or does not give the same number back.
        yield Math.abs((long) number.scale()) <= MAX_SCALE
            ? numberBytesOf(number.unscaledValue().bitLength(), number)
            : Optional.empty();
      }
    };
  }

  private static Optional<Integer> numberBytesOf(int bits, Object number) {
    return bits <= MAX_NUMBER_BITS ? textBytesOf(List.of(number.toString())) : Optional.empty();
  }

  private static void collectTexts(Object value, List<String> texts) {
    if (value instanceof Object[] array) {
      for (Object element : array) {
        collectTexts(element, texts);
      }
    } else {
      texts.add((String) value);
    }
  }

  /** Returns the fixed length that holds each of some texts and a zero byte, if it can be had. */
  private static Optional<Integer> textBytesOf(List<String> texts) {
    long longest = 0;
    long all = 0;
    for (String text : texts) {
      if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        return Optional.empty();
      }
      long length = text.getBytes(StandardCharsets.UTF_8).length;
      longest = Math.max(longest, length);
      all += length;
    }
    long padded = (longest + 1) * texts.size();
    boolean wasteful = padded > MAX_PADDING_FACTOR * all + FREE_PADDING_BYTES;
    return wasteful || padded > MAX_TEXT_BYTES ? Optional.empty() : Optional.of((int) longest + 1);
  }

  /** Returns what jhdf is given in place of a value of this shape. */
  Object forHdf(Object value) {
    return type.isText() && dimensions.length == 0 ? value.toString() : value;
  }

  /** Returns the bytes of the whole value in HDF5. */
  long dataBytes() {
    long bytes = elementBytes;
    for (int dimension : dimensions) {
      bytes = Math.multiplyExact(bytes, dimension);
    }
    return bytes;
  }

  /** Reads a value back from its bytes, which has the byte order of the file. */
  Object decode(ByteBuffer in) {
    return dimensions.length == 0 ? type.scalar(in, elementBytes) : array(in, 0);
  }

  private Object array(ByteBuffer in, int depth) {
    if (depth == dimensions.length - 1) {
      Object row = Array.newInstance(type.component(), dimensions[depth]);
      type.fill(row, in, elementBytes);
      return row;
    }
    Class<?> inner = type.component();
    for (int i = depth + 1; i < dimensions.length; i++) {
      inner = inner.arrayType();
    }
    Object array = Array.newInstance(inner, dimensions[depth]);
    for (int i = 0; i < dimensions[depth]; i++) {
      Array.set(array, i, array(in, depth + 1));
    }
    return array;
  }

  /** Returns the Java type as it is written in programs, such as {@code double[][]}. */
  String javaName() {
    String name =
        type.component() != null && dimensions.length > 0
            ? type.component().getSimpleName()
            : type.boxed().getSimpleName();
    return name + "[]".repeat(dimensions.length);
  }
}
