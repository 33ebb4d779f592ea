package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw records that were written once must be readable for ever. */
final class RawFormatV2Test {
  private static final HexFormat HEX = HexFormat.of();

  private static Object value(String name) {
    return switch (name) {
      case "byte[]" -> new byte[] {1, -1};
      case "string" -> "aß";
      case "byte" -> (byte) -2;
      case "short" -> (short) 258;
      case "integer" -> -300;
      case "long" -> 1L << 40;
      case "float" -> 0.5f;
      case "double" -> 0.5;
      case "boolean" -> true;
      case "character" -> 'ß';
      case "big integer" -> BigInteger.valueOf(-129);
      case "big decimal" -> new BigDecimal("1.20");
      case "boolean[]" -> new boolean[] {true, false};
      case "short[]" -> new short[] {1};
      case "char[]" -> new char[] {'a'};
      case "int[]" -> new int[] {1, -1};
      case "long[]" -> new long[] {1};
      case "float[]" -> new float[] {0.5f};
      case "double[]" -> new double[] {0.5};
      case "int[0]" -> new int[0];
      case "string[]" -> new String[] {"a", ""};
      case "byte[2][1]" -> new byte[][] {{7}, {8}};
      case "short[2][2]" -> new short[][] {{1, 2}, {3, 4}};
      case "int[3][0]" -> new int[3][0];
      case "string[1][1][1]" -> new String[][][] {{{"a"}}};
      case "buffer" -> ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "byte[], 0001ff",
    "string, 0161c39f",
    "byte, 02fe",
    "short, 030102",
    "integer, 04fffffed4",
    "long, 050000010000000000",
    "float, 063f000000",
    "double, 073fe0000000000000",
    "boolean, 0801",
    "character, 0900df",
    "big integer, 0aff7f",
    "big decimal, 0b0000000278",
    "boolean[], 0c080100000002 0100",
    "short[], 0c030100000001 0100",
    "char[], 0c090100000001 6100",
    "int[], 0c040100000002 01000000 ffffffff",
    "long[], 0c050100000001 0100000000000000",
    "float[], 0c060100000001 0000003f",
    "double[], 0c070100000001 000000000000e03f",
    "int[0], 0c040100000000",
    "string[], 0c010100000002 00000001 61 00000000",
    "byte[2][1], 0c020200000002 00000001 0708",
    "short[2][2], 0c030200000002 00000002 0100 0200 0300 0400",
    "int[3][0], 0c040200000003 00000000 000000",
    "string[1][1][1], 0c01030000000100000001 00000001 00000001 61",
    "buffer, 0d0102"
  })
  void bytes_neverChange(String name, String spaced) {
    String hex = spaced.replace(" ", "");
    RawCodec codec = new RawCodec();
    byte[] golden = HEX.parseHex(hex);
    assertEquals(2, codec.version());
    assertEquals(hex, HEX.formatHex(codec.encode(value(name))));
    Object decoded = codec.decode(2, golden, 0, golden.length);
    Same.assertSame(name, value(name), decoded);
    assertArrayEquals(golden, codec.encode(decoded));
  }
}
