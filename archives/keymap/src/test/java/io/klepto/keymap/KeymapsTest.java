package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class KeymapsTest {
  static List<StandardKeymap> kinds() {
    return List.of(Keymaps.raw(), Keymaps.hash(), Keymaps.string(), Keymaps.serialized());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void argumentsThatKleptosDefaultKeymapConfuses_haveKeysOfTheirOwn(StandardKeymap keymap) {
    Object[] arguments = {
      -1,
      -2,
      "",
      0,
      0.0,
      -0.0,
      false,
      "a",
      "a".getBytes(StandardCharsets.UTF_8),
      1,
      1.0,
      true,
      null,
      1L,
      "1",
      List.of(1),
      List.of(List.of(1)),
      Set.of(1),
      Map.of(1, 1),
      1.0f,
      'a'
    };
    Set<Object> keys = new HashSet<>();
    for (Object argument : arguments) {
      assertTrue(keys.add(keymap.keyOfOne(argument)), () -> argument + " in " + keys);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void keyOfOne_isTheKeyOfTheSameCall(StandardKeymap keymap) {
    for (Object argument : Arrays.asList(1, "x", null, List.of(1), new int[] {1}, 2.5)) {
      assertEquals(keymap.key(Arguments.of(new Object[] {argument})), keymap.keyOfOne(argument));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void argumentThatChangesAfterwards_doesNotChangeTheKey(StandardKeymap keymap) {
    List<Integer> argument = new ArrayList<>(List.of(1, 2));
    Object key = keymap.key(Arguments.of(argument, 7));
    int hash = key.hashCode();
    Object same = keymap.key(Arguments.of(new ArrayList<>(argument), 7));
    argument.add(3);
    assertEquals(same, key);
    assertEquals(hash, key.hashCode());
    assertNotEquals(key, keymap.key(Arguments.of(argument, 7)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void positionsAndNames_neverShareAKey(StandardKeymap keymap) {
    Arguments positions = Arguments.of("a", 1);
    Arguments names = Arguments.of(List.of(), Map.of("a", 1));
    assertNotEquals(keymap.key(positions), keymap.key(names));
    StandardKeymap notFlat = keymap.flat(false);
    assertNotEquals(notFlat.key(positions), notFlat.key(names));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void typed_tellsClassesApartThatAreEqual(StandardKeymap keymap) {
    List<Integer> array = new ArrayList<>(List.of(1));
    List<Integer> linked = new CopyOnWriteArrayList<>(List.of(1));
    assertEquals(keymap.keyOfOne(array), keymap.keyOfOne(linked));
    StandardKeymap typed = keymap.typed(true);
    assertNotEquals(typed.keyOfOne(array), typed.keyOfOne(linked));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void keys_areSerializable_andCanonical(StandardKeymap keymap) throws Exception {
    for (Object argument : List.of(1, List.of(1, "b"), LocalDate.of(2026, 11, 22))) {
      Object key = keymap.key(Arguments.of(argument, argument));
      Object copy = copy(key);
      assertEquals(key, copy);
      assertEquals(
          CanonicalEncoder.standard().encode(key), CanonicalEncoder.standard().encode(copy));
    }
    assertEquals(keymap.keyOfOne(5), ((Keymap) copy(keymap)).keyOfOne(5));
    assertEquals(keymap, copy(keymap));
  }

  @Test
  void raw_ofOneArgumentThatCantChange_isTheArgument() {
    String argument = "a key of my own";
    assertSame(argument, Keymaps.raw().keyOfOne(argument));
    assertEquals(List.of(1, "b"), Keymaps.raw().key(Arguments.of(1, "b")));
  }

  @Test
  void raw_ofKeyBytes_isNotTheKeyOfWhatTheyEncode() {
    Keymap raw = Keymaps.raw();
    Object keyOfList = raw.keyOfOne(List.of(1));
    assertTrue(keyOfList instanceof KeyBytes);
    assertNotEquals(keyOfList, raw.keyOfOne(keyOfList));
  }

  /** What is here is persisted by users; no release changes it. */
  @Test
  void persistedKeys_neverChange() {
    assertEquals("[1, \"two\", 3.0]", Keymaps.string().key(Arguments.of(1, "two", 3.0)));
    assertEquals(
        "[1, io.klepto.keymap.KeyMarker.NAMED, \"y\", {\"a\": [1L, null]}]",
        Keymaps.string()
            .key(Arguments.of(List.of(1), Map.of("y", Map.of("a", Arrays.asList(1L, null))))));
    assertEquals(
        HASH_BY_ANOTHER_LIBRARY, Keymaps.hash().key(Arguments.of(1, "two", 3.0)), "SHA-256");
    assertEquals(
        "key bytes 0140020500000001100374776f (13 bytes)",
        Keymaps.serialized().key(Arguments.of(1, "two")).toString());
    assertEquals("[[], {:}]", Keymaps.string().flat(false).key(Arguments.of()));
    assertEquals(
        "[5, io.klepto.keymap.KeyMarker.TYPES, \"java.lang.Integer\"]",
        Keymaps.string().typed(true).keyOfOne(5));
  }

  private static final String HASH_BY_ANOTHER_LIBRARY =
      "5fb6f1232442e815760d198f57b2dd29b9f6cd7211f193aeecb83dc3e619c070";

  @Test
  void hash_knowsAlgorithmsByTheirNamesAndKleptos() {
    assertEquals(32, Keymaps.hash("md5").keyOfOne(1).toString().length());
    assertEquals(Keymaps.hash("SHA-512").keyOfOne(1), Keymaps.hash("sha512").keyOfOne(1));
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> Keymaps.hash("md17"));
    assertTrue(unknown.getMessage().contains("found md17"), unknown.getMessage());
  }

  @Test
  void argumentWithoutCanonicalBytes_isRefusedByName() {
    KeyEncodingException refused =
        assertThrows(
            KeyEncodingException.class, () -> Keymaps.hash().keyOfOne(Thread.currentThread()));
    assertTrue(refused.getMessage().contains("java.lang.Thread"), refused.getMessage());
  }

  private static Object copy(Object object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
