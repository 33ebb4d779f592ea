package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RawCodecTest extends CodecContract {
  private static final int RANDOM_VALUES = 2_000;

  private final RawCodec raw = new RawCodec();

  @Override
  Codec codec() {
    return Codecs.named("raw", options(RawCodecTest.class));
  }

  @Override
  Map<String, Object> samples() {
    Map<String, Object> samples = new LinkedHashMap<>(Samples.plain());
    samples.put("booleans", new boolean[] {true, false});
    samples.put("shorts", new short[] {1, -1});
    samples.put("chars", new char[] {'a', '\uD800'});
    samples.put("ints", new int[] {1, -1});
    samples.put("no ints", new int[0]);
    samples.put("longs", new long[] {Long.MAX_VALUE});
    samples.put("floats", new float[] {Float.NaN, -0f});
    samples.put("doubles", new double[] {Double.NaN, -0.0});
    samples.put("strings", new String[] {"a", "", "日本 🎉"});
    samples.put("matrix", new double[][] {{1, 2, 3}, {4, 5, 6}});
    samples.put("byte matrix", new byte[][] {{1}, {2}});
    samples.put("cube of strings", new String[][][] {{{"a", "b"}}, {{"c", "d"}}});
    samples.put("empty rows", new int[3][0]);
    samples.put("no rows", new int[0][3]);
    samples.put("empty rows of rows", new long[3][2][0]);
    samples.put("many ranks", Array.newInstance(byte.class, ones(255)));
    samples.put("bytes in a buffer", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    samples.put("no bytes in a buffer", ByteBuffer.allocateDirect(0));
    return samples;
  }

  private static int[] ones(int rank) {
    int[] lengths = new int[rank];
    Arrays.fill(lengths, 1);
    return lengths;
  }

  @Override
  Object refused() {
    return List.of();
  }

  private String refusal(Object value) {
    assertEquals(Optional.empty(), raw.encodeIfRaw(value));
    return assertThrows(ArchiveException.class, () -> raw.encode(value)).getMessage();
  }

  @Test
  void encode_object_namesTheCodecToTake() {
    String message = refusal(new Object[] {1});
    assertTrue(message.contains("class java.lang.Object[]"), message);
    assertTrue(message.contains("codec(\"kryo\")"), message);
  }

  @Test
  void encode_raggedArray_namesThePlace() {
    String message = refusal(new int[][][] {{{1}, {2}}, {{3}, {4, 5}}});
    assertTrue(message.contains("ragged array of rank 3"), message);
    assertTrue(message.contains("expected length 1 at [1][1], found length 2"), message);
    assertTrue(refusal(new int[][] {{}, {1}}).contains("expected length 0 at [1]"));
    assertTrue(refusal(new int[][] {{1}, null}).contains("at [1], found null"));
    assertTrue(refusal(new int[][] {null, {1}}).contains("at [0], found null"));
  }

  @Test
  void encode_whatIsNoUnicode_isRefused() {
    for (String half : List.of("\uD800", "a\uDC00b", "\uD800\uD800\uDC00", "\uDC00\uD800")) {
      assertTrue(refusal(half).contains("half a surrogate pair"));
      assertTrue(refusal(new String[][] {{"x", half}}).contains("half a surrogate pair"));
    }
    assertTrue(refusal(new String[] {"a", null}).contains("null"));
  }

  /** Rows that stand in many places: more elements than bytes can hold, and than time can visit. */
  @Test
  void encode_sharedRowsWithoutEnd_areRefusedInTime() {
    for (int innermost : new int[] {2, 0}) {
      Object rows = new byte[innermost];
      for (int i = 0; i < 60; i++) {
        Object outer = Array.newInstance(rows.getClass(), 2);
        Array.set(outer, 0, rows);
        Array.set(outer, 1, rows);
        rows = outer;
      }
      Object all = rows;
      String message = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> refusal(all));
      assertTrue(message.contains("split the array"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0a", // a number without bytes
        "0a0001", // longer than need be
        "0affff",
        "0b000000020078",
        "0802", // neither true nor false
        "0c0801 00000001 02",
        "0cff01 00000001 02", // no type of elements
        "0c0a01 00000001 02",
        "0c0200", // no rank
        "0c0201 00000001 02", // bytes have a form of their own
        "0c04", // cut off
        "0c0401",
        "0c0401 000000",
        "0c0401 00000001 000000",
        "0c0401 00000000 00", // a byte more
        "0c0401 7fffffff 00000000", // claims
        "0c0401 ffffffff 00000000",
        "0c0402 00000000 00000003", // lengths behind none
        "0c0402 00000003 00000000 0000", // padding too short
        "0c0402 00000003 00000000 000001", // not of zeros
        "0c0402 00000003 00000000 00000000", // too long
        "0c0402 7fffffff 00000000 000000",
        "0c0202 00000002 00000001 070800",
        "0c0101 00000001 00000002 61", // a string that is not there
        "0c0101 00000001 ffffffff 61",
        "0c0101 00000001 00000001 ff", // not UTF-8
        "01c080",
        "01eda080",
        "0e", // no type
        "80"
      })
  void decode_whatIsNotTheEncodingOfAValue_isRefused(String spaced) {
    byte[] bytes = HexFormat.of().parseHex(spaced.replace(" ", ""));
    assertThrows(ArchiveException.class, () -> raw.decode(2, bytes, 0, bytes.length));
    assertThrows(
        ArchiveException.class, () -> raw.decode(2, ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
  }

  @Test
  void decode_manyRanksOfManyRows_claimNoMoreThanTheirBytes() {
    byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex("0c02ff"), 3 + 4 * 255 + 100_000);
    ByteBuffer lengths = ByteBuffer.wrap(bytes, 3, 4 * 255).putInt(100_000);
    while (lengths.hasRemaining()) {
      lengths.putInt(1);
    }
    ArchiveException e =
        assertThrows(ArchiveException.class, () -> raw.decode(2, bytes, 0, bytes.length));
    assertTrue(e.getMessage().contains("claims"), e.getMessage());
  }

  @Test
  void decode_versionOne_knowsNoArrays() {
    for (byte[] bytes : List.of(raw.encode(new int[1]), raw.encode(ByteBuffer.allocate(1)))) {
      assertThrows(ArchiveException.class, () -> raw.decode(1, bytes, 0, bytes.length));
    }
    assertEquals(java.math.BigInteger.ONE, raw.decode(1, HexFormat.of().parseHex("0a0001"), 0, 3));
  }

  /** What decodes at all is the encoding of what it decodes to. */
  @Test
  void decode_thenEncode_givesTheSameBytes(TestReporter reporter) {
    long seed = System.nanoTime();
    reporter.publishEntry("seed", Long.toString(seed));
    Random random = new Random(seed);
    int decoded = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      if (bytes.length > 8) {
        bytes[0] = (byte) random.nextInt(14);
        bytes[1] = (byte) random.nextInt(10);
        bytes[2] = (byte) random.nextInt(3);
        Arrays.fill(bytes, 3, 6, (byte) 0);
        bytes[6] = (byte) random.nextInt(4);
      }
      Object value;
      try {
        value = raw.decode(2, bytes, 0, bytes.length);
      } catch (ArchiveException refused) {
        continue;
      }
      decoded++;
      assertArrayEquals(bytes, raw.encode(value), () -> "seed " + seed);
    }
    assertTrue(decoded > 1_000, "decoded " + decoded);
  }

  @Test
  void randomArrays_comeBackFromArraysAndBuffers(TestReporter reporter) {
    long seed = System.nanoTime();
    reporter.publishEntry("seed", Long.toString(seed));
    Random random = new Random(seed);
    for (int i = 0; i < RANDOM_VALUES; i++) {
      Object array = randomArray(random);
      byte[] bytes = raw.encodeIfRaw(array).orElseThrow();
      ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 3).position(3);
      direct.put(bytes).position(3);
      Object[] expected = {array};
      assertTrue(
          Arrays.deepEquals(expected, new Object[] {roundTrip(raw, array)}), () -> "seed " + seed);
      assertTrue(
          Arrays.deepEquals(expected, new Object[] {raw.decode(2, direct)}), () -> "seed " + seed);
      assertEquals(3, direct.position());
    }
  }

  private static Object randomArray(Random random) {
    RawElements[] types = RawElements.values();
    int[] lengths = new int[1 + random.nextInt(4)];
    Arrays.setAll(lengths, i -> random.nextInt(4));
    RawElements type = types[random.nextInt(types.length)];
    Object array = Array.newInstance(type.type(), lengths);
    fill(array, type, random);
    return array;
  }

  private static void fill(Object array, RawElements type, Random random) {
    for (int i = 0; i < Array.getLength(array); i++) {
      if (array.getClass().getComponentType().isArray()) {
        fill(Array.get(array, i), type, random);
      } else {
        Array.set(array, i, element(type, random));
      }
    }
  }

  private static Object element(RawElements type, Random random) {
    return switch (type) {
      case BYTE -> (byte) random.nextInt();
      case SHORT -> (short) random.nextInt();
      case INT -> random.nextInt();
      case LONG -> random.nextLong();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
      case CHAR -> (char) random.nextInt();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> Character.toString(random.nextInt(0xD800)).repeat(random.nextInt(3));
    };
  }

  @Test
  void buffer_fromABuffer_isAReadOnlyView() {
    byte[] bytes = raw.encode(ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2));
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    ByteBuffer view = (ByteBuffer) raw.decode(2, direct);
    assertTrue(view.isReadOnly() && view.isDirect());
    assertEquals(0x0102, view.getShort(0));
    direct.put(1, (byte) 9);
    assertEquals(9, view.get(0));
  }

  @Test
  void buffer_fromAnArray_isACopyThatCanNotBeWritten() {
    ByteBuffer value = ByteBuffer.wrap(new byte[] {1, 2});
    byte[] bytes = raw.encode(value);
    assertEquals(0, value.position());
    ByteBuffer copy = (ByteBuffer) raw.decode(2, bytes, 0, bytes.length);
    bytes[1] = 9;
    assertTrue(copy.isReadOnly());
    assertEquals(value, copy);
  }
}
