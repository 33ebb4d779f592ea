package io.klepto.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.klepto.keymap.CanonicalEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of calls: compared in depth, independent of what becomes of the arguments. */
final class CallKeyTest {
  @TempDir private Path folder;

  static Stream<Object> arrays() {
    return Stream.of(
        new int[] {1, 2},
        new long[] {1, 2},
        new short[] {1, 2},
        new byte[] {1, 2},
        new char[] {'a'},
        new float[] {1},
        new double[] {1},
        new boolean[] {true},
        new String[] {"a"},
        new int[][] {{1}, {2}},
        new Object[] {new byte[] {1}, null, "a"});
  }

  private static Object copyOf(Object array) throws Exception {
    return deserialized(serialized(array));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void equalArrays_areOneKey(Object array) throws Exception {
    CallKey key = CallKey.of("a", array);
    CallKey same = CallKey.of("a", copyOf(array));

    assertEquals(key, same);
    assertEquals(key.hashCode(), same.hashCode());
    assertNotEquals(key, CallKey.of("a", null));
    assertNotEquals(key, CallKey.of(array));
  }

  @Test
  void changedArray_doesNotChangeTheKey() {
    int[][] nested = {{1}, {2}};
    Object[] values = {"a", nested};
    CallKey key = CallKey.of(values);
    CallKey before = CallKey.of("a", new int[][] {{1}, {2}});

    nested[0][0] = 7;
    nested[1] = new int[0];
    values[0] = "b";

    assertEquals(before, key);
    assertEquals(before.hashCode(), key.hashCode());
  }

  @Test
  void noValuesAndNull_areKeysOfTheirOwn() {
    assertEquals(CallKey.of(), CallKey.of());
    assertEquals(CallKey.of((Object) null), CallKey.of((Object) null));
    assertNotEquals(CallKey.of(), CallKey.of((Object) null));
    assertFalse(CallKey.of("a").equals("a"));
    assertEquals("(a, [1, 2])", CallKey.of("a", new int[] {1, 2}).toString());
  }

  @Test
  void serializedKey_comesBackEqual() throws Exception {
    // The hash of an enum constant is another in each JVM; it must not travel.
    CallKey key = CallKey.of(RoundingMode.UP, new int[] {1}, List.of("a"));
    assertNotEquals(0, key.hashCode());

    Object back = deserialized(serialized(key));

    assertEquals(key, back);
    assertEquals(key.hashCode(), back.hashCode());
  }

  @Test
  void canonicalBytes_areOfTheValuesAlone() {
    CallKey asked = CallKey.of("a", 1L);
    assertNotEquals(0, asked.hashCode());

    CanonicalEncoder encoder = CanonicalEncoder.standard();

    assertEquals(encoder.encode(CallKey.of("a", 1L)), encoder.encode(asked));
    assertNotEquals(encoder.encode(CallKey.of("a", 1)), encoder.encode(asked));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java"})
  void archive_acceptsItWithoutBeingTold(String codec) {
    ArchiveConfiguration<Object, String> configuration =
        ArchiveConfiguration.builder(Object.class, String.class)
            .namespace("calls")
            .codec(codec)
            .build();
    URI location = URI.create("file:" + folder.resolve("calls.klepto").toUri().getRawPath());
    CallKey key = CallKey.of("a", new int[] {1}, TimeUnit.DAYS, null);
    try (Archive<Object, String> archive = Archives.open(location, configuration)) {
      archive.put(key, "value");
    }
    try (Archive<Object, String> archive = Archives.open(location, configuration)) {
      assertEquals("value", archive.get(CallKey.of("a", new int[] {1}, TimeUnit.DAYS, null)));
      assertEquals(List.of(key), List.copyOf(archive.asMap().keySet()));
    }
  }

  private static byte[] serialized(Object object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("BanSerializableRead") // bytes of our own
  private static Object deserialized(byte[] bytes) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }
}
