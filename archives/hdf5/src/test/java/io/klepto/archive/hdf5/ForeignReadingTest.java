package io.klepto.archive.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.store.RecordTimes;
import io.klepto.keymap.CanonicalEncoder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What we write, read by other programs: values in their own types, keys and times beside them. */
final class ForeignReadingTest {
  /** Prints a line for each dataset: key, type, shape, value, and the attribute value. */
  private static final String PRINT_ALL =
      """
      import h5py, sys, numpy
      def text(v):
          if isinstance(v, numpy.ndarray):
              return repr(v.tolist())
          return repr(v.item() if hasattr(v, 'item') else v)
      def show(name, node):
          if isinstance(node, h5py.Dataset):
              a = node.attrs
              key = a['key'].decode('utf-8')
              if 'value' in a:
                  i = a.get_id('value')
                  print('|'.join([key, str(i.dtype), str(i.shape), text(a['value'])]))
              else:
                  print('|'.join([key, str(node.dtype), str(node.shape), text(node[()])]))
      for path in sys.argv[1:]:
          h5py.File(path, 'r').visititems(show)
      """;

  @TempDir private Path folder;

  /** Returns values by what h5py must say of them: type, shape, value. */
  private static Map<String, Object> natives() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("float64|()|1.5", 1.5);
    values.put("float32|()|2.5", 2.5f);
    values.put("int32|()|-7", -7);
    values.put("int64|()|9223372036854775807", Long.MAX_VALUE);
    values.put("int16|()|-32768", Short.MIN_VALUE);
    values.put("int8|()|-1", (byte) -1);
    values.put("uint8|()|1", true);
    values.put("|S6|()|b'hello'", "hello");
    values.put("|S13|()|b'h\\xc3\\xa4 \\xe2\\x82\\xac \\xf0\\x9f\\x98\\x80'", "hä € 😀");
    values.put("|S1|()|b''", "");
    values.put("|S2|()|b'x'", 'x');
    values.put("|S4|()|b'\\xe2\\x82\\xac'", '€');
    values.put("|S32|()|b'1000000000000000000000000000000'", BigInteger.TEN.pow(30));
    values.put("|S6|()|b'1.500'", new BigDecimal("1.500"));
    values.put("float64|(2, 2)|[[1.0, 2.0], [3.0, 4.0]]", new double[][] {{1, 2}, {3, 4}});
    values.put(
        "int32|(2, 1, 3)|[[[1, 2, 3]], [[4, 5, 6]]]", new int[][][] {{{1, 2, 3}}, {{4, 5, 6}}});
    values.put("int64|(1,)|[5]", new long[] {5});
    values.put("int16|(2,)|[1, -1]", new short[] {1, -1});
    values.put("int8|(3,)|[0, -1, 127]", new byte[] {0, -1, 127});
    values.put("uint8|(2, 1)|[[1], [0]]", new boolean[][] {{true}, {false}});
    values.put("float32|(2,)|[nan, inf]", new float[] {Float.NaN, Float.POSITIVE_INFINITY});
    values.put("|S4|(3,)|[b'a', b'bcd', b'']", new String[] {"a", "bcd", ""});
    values.put("|S3|(2, 1)|[[b'\\xc3\\xa4'], [b'z']]", new String[][] {{"ä"}, {"z"}});
    return values;
  }

  /** Returns values that HDF5, or jhdf, has no form for. */
  private static List<Object> others() {
    return List.of(
        new double[][] {{1, 2}, {}, {3}},
        new byte[0],
        new int[0][3],
        new double[] {},
        new String[] {"", ""},
        new char[] {'x', '\0'},
        "zero \0 inside",
        "\0",
        '\0',
        '\ud83d',
        new String[] {"a", "\0"},
        new String[][] {{"x".repeat(100_000)}, {"y"}, {"z"}, {""}},
        new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
        List.of(1, "two", 3.0),
        Map.of("a", 1.0),
        new UUID(1, 2));
  }

  private Archive<Object, Object> open(String scheme, String layout) {
    Path place = folder.resolve(scheme + "-" + layout + ".hdf5");
    return Archives.open(
        URI.create(scheme + ":" + place.toUri().getRawPath()),
        ArchiveConfiguration.builder(Object.class, Object.class)
            .namespace("results")
            .setting(ValueLayout.SETTING, layout)
            .build());
  }

  private List<Path> files(String scheme, String layout) throws Exception {
    Path place = folder.resolve(scheme + "-" + layout + ".hdf5");
    try (Stream<Path> found = Files.walk(place)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".hdf5"))
          .toList();
    }
  }

  private void fill(String scheme, String layout) {
    try (Archive<Object, Object> archive = open(scheme, layout)) {
      natives().forEach(archive::put);
      List<Object> others = others();
      for (int i = 0; i < others.size(); i++) {
        archive.put("other " + i, others.get(i));
      }
    }
    try (Archive<Object, Object> archive = open(scheme, layout)) {
      natives().forEach((name, value) -> assertSame(value, archive.get(name), name));
      List<Object> others = others();
      for (int i = 0; i < others.size(); i++) {
        assertSame(others.get(i), archive.get("other " + i), "other " + i);
      }
      assertEquals(natives().size() + others.size(), archive.size());
      assertTrue(archive.verify(false).isSound());
    }
  }

  private static void assertSame(Object expected, Object found, String name) {
    assertTrue(
        Objects.deepEquals(expected, found),
        () -> name + ": expected " + expected + ", found " + found);
  }

  @ParameterizedTest
  @CsvSource({"hdf,data", "hdf,meta", "hdfdir,data", "hdfdir,meta"})
  void values_areReadByH5pyInTheirOwnTypes(String scheme, String layout) throws Exception {
    fill(scheme, layout);
    List<String> lines = ForeignTools.python(PRINT_ALL, files(scheme, layout).toArray(Path[]::new));
    for (String expected : natives().keySet()) {
      assertTrue(
          lines.contains(expected + "|" + expected),
          () -> "expected " + expected + " among " + String.join("\n", lines));
    }
    long bytes = lines.stream().filter(line -> line.matches("other \\d+\\|uint8\\|.*")).count();
    assertEquals(others().size() - 1, bytes, () -> String.join("\n", lines)); // two empty strings
  }

  @Test
  void keyAndTimes_areAttributes() throws Exception {
    long version;
    try (Archive<Object, Object> archive = open("hdf", "data")) {
      version = archive.put("a/b", 1.5, RecordTimes.expiringAfter(1_000, 500));
      archive.put("line\nbreak \ud83d", 2.5, RecordTimes.eternal(2_000));
      archive.put("x".repeat(70_000), 3.5, RecordTimes.eternal(3_000));
    }
    List<String> lines =
        ForeignTools.python(
            """
            import h5py, sys
            def show(name, node):
                if isinstance(node, h5py.Dataset):
                    a = node.attrs
                    print(a['created_ms'], len(a['key']), a['key'][:17], a['version'],
                          a['duration_ms'], a['deadline_ms'], len(a.get('key_bytes', b'')),
                          a['form'].decode(), node.dtype, node.shape)
                elif 'namespace' in node.attrs:
                    print(node.attrs['namespace'].decode(), node.attrs['records'])
            f = h5py.File(sys.argv[1], 'r')
            f.visititems(show)
            print(f.attrs['klepto_format'].decode())
            """,
            folder.resolve("hdf-data.hdf5"));
    int keyBytes = CanonicalEncoder.standard().encode("a/b").length();
    String never = Long.toString(Long.MAX_VALUE);
    assertEquals("hdf-1", lines.get(lines.size() - 1));
    assertTrue(lines.contains("results 4"), lines.toString()); // with the mark of the clock
    assertTrue(
        lines.contains("1000 3 b'a/b' " + version + " 500 1500 " + keyBytes + " native float64 ()"),
        lines.toString());
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("2000 22 b'line\\\\u000abreak ")),
        lines.toString());
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.startsWith("3000 503 b'xxxxxxxxxxxxxxxxx' ")
                        && line.contains(" " + never + " " + never + " 0 envelope uint8 ")),
        lines.toString());
  }

  @Test
  void wholeFile_isReadByH5dump() throws Exception {
    for (String layout : List.of("data", "meta")) {
      fill("hdf", layout);
      List<String> lines =
          ForeignTools.h5dump(folder.resolve("hdf-" + layout + ".hdf5").toString());
      String all = String.join("\n", lines);
      assertTrue(all.contains("H5T_IEEE_F64LE"), all);
      assertTrue(all.contains("(0,0,0): 1, 2, 3,"), all);
      assertTrue(all.contains("(1,0,0): 4, 5, 6"), all);
      assertTrue(all.contains("\"hello\""), all);
    }
  }

  @Test
  void largeArrays_areNative() throws Exception {
    double[][][] cube = new double[40][50][60];
    double sum = 0;
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 50; j++) {
        for (int k = 0; k < 60; k++) {
          cube[i][j][k] = i * 10_000 + j * 100 + k;
          sum += cube[i][j][k];
        }
      }
    }
    float[] row = new float[3_000_000];
    row[row.length - 1] = 7;
    try (Archive<Object, Object> archive = open("hdf", "data")) {
      archive.put("cube", cube);
      archive.put("row", row);
    }
    try (Archive<Object, Object> archive = open("hdf", "data")) {
      assertSame(cube, archive.get("cube"), "cube");
      assertSame(row, archive.get("row"), "row");
    }
    List<String> lines =
        ForeignTools.python(
            """
            import h5py, sys
            def show(name, node):
                if isinstance(node, h5py.Dataset):
                    print(node.dtype, node.shape, int(node[()].sum()))
            h5py.File(sys.argv[1], 'r').visititems(show)
            """,
            folder.resolve("hdf-data.hdf5"));
    assertEquals(
        Set.of("float64 (40, 50, 60) " + (long) sum, "float32 (3000000,) 7"), Set.copyOf(lines));
  }
}
