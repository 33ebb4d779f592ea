package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.Archives;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The map of a {@link CacheDict}, its file, and what each access does to both. */
final class CacheDictTest {
  @TempDir Path folder;

  private CacheDictBuilder<String, Integer> numbers() {
    return CacheDict.builder("numbers", String.class, Integer.class).directory(folder);
  }

  private Map<String, Integer> stored() {
    try (CacheDict<String, Integer> dict = numbers().access(Access.of("r")).open()) {
      return new HashMap<>(dict);
    }
  }

  private void store(Map<String, Integer> content) {
    try (CacheDict<String, Integer> dict = numbers().open()) {
      dict.putAll(content);
    }
  }

  private void inDict(String letters, Consumer<Map<String, Integer>> action) {
    try (CacheDict<String, Integer> dict = numbers().access(Access.of(letters)).open()) {
      action.accept(dict);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void close_writesWhatTheNextOpenReads() {
    store(Map.of("a", 1, "b", 2));
    inDict(
        "rew",
        dict -> {
          assertEquals(Map.of("a", 1, "b", 2), dict);
          dict.remove("a");
          dict.put("b", 3);
          dict.put("c", 4);
        });
    assertEquals(Map.of("b", 3, "c", 4), stored());
  }

  @Test
  void nullValue_isAValue() {
    inDict("rew", dict -> dict.put("a", null));
    inDict(
        "rew",
        dict -> {
          assertTrue(dict.containsKey("a"));
          assertNull(dict.get("a"));
          assertFalse(dict.containsKey("b"), "no value");
          assertEquals(7, dict.getOrDefault("b", 7));
          assertEquals(Set.of("a"), dict.keySet());
        });
  }

  @Test
  void lookingInVain_storesNothing() throws IOException {
    inDict("rew", dict -> assertNull(dict.get("a")));
    assertEquals(List.of(), files());
  }

  @Test
  void withoutWriteAccess_nothingIsWritten() throws IOException {
    for (String letters : List.of("", "r", "e", "re")) {
      inDict(letters, dict -> dict.put("a", 1));
      assertEquals(List.of(), files(), letters);
    }
    store(Map.of("a", 1, "b", 2));
    for (String letters : List.of("", "r", "e", "re")) {
      inDict(letters, Map::clear);
      inDict(letters, dict -> dict.put("c", 3));
      assertEquals(Map.of("a", 1, "b", 2), stored(), letters);
    }
  }

  @Test
  void withoutReadAccess_beginsEmptyAndKeepsTheOthers() {
    store(Map.of("a", 1, "b", 2));
    for (String letters : List.of("w", "ew")) {
      inDict(
          letters,
          dict -> {
            assertEquals(Map.of(), dict);
            dict.put("a", 10);
            dict.put("c", 3);
            dict.clear();
            dict.put("d", 4);
          });
    }
    assertEquals(Map.of("b", 2, "d", 4), stored());
  }

  @Test
  void clear_withReadAccess_removesWhatWasRead() {
    store(Map.of("a", 1, "b", 2));
    inDict(
        "rw",
        dict -> {
          store(Map.of("late", 3));
          dict.clear();
        });
    assertEquals(Map.of("late", 3), stored());
  }

  @Test
  void entries_changedThroughTheirViews_areWritten() {
    store(Map.of("a", 1, "b", 2, "c", 3));
    inDict(
        "rw",
        dict -> {
          dict.entrySet().removeIf(entry -> entry.getKey().equals("a"));
          dict.replaceAll((key, value) -> value * 10);
          dict.values().remove(30);
        });
    assertEquals(Map.of("b", 20), stored());
  }

  @Test
  void twoAtOnce_thatChangeDifferentKeys_loseNothing() {
    store(Map.of("a", 1, "b", 2, "c", 3));
    try (CacheDict<String, Integer> first = numbers().open();
        CacheDict<String, Integer> second = numbers().open()) {
      first.put("a", 10);
      first.put("x", 1);
      second.put("b", 20);
      second.remove("c");
      second.put("y", 2);
    }
    assertEquals(Map.of("a", 10, "b", 20, "x", 1, "y", 2), stored());
  }

  @Test
  void save_writesAndGoesOn() {
    inDict(
        "rew",
        dict -> {
          dict.put("a", 1);
          ((CacheDict<String, Integer>) dict).save();
          assertEquals(Map.of("a", 1), stored());
          dict.remove("a");
        });
    assertEquals(Map.of(), stored());
  }

  @Test
  void valueThatCannotBeStored_failsByNameAndLeavesTheFileAsItWas() throws IOException {
    CacheDictBuilder<String, Object> objects =
        CacheDict.builder("objects", String.class, Object.class).directory(folder);
    try (CacheDict<String, Object> dict = objects.open()) {
      dict.put("a", "old");
      dict.put("gone", "old");
    }
    CacheDict<String, Object> dict = objects.open();
    dict.put("a", "new");
    dict.remove("gone");
    dict.put("bad", new Thread());
    String message = assertThrows(ArchiveException.class, dict::close).getMessage();
    assertTrue(message.contains("key \"bad\""), message);
    try (CacheDict<String, Object> other = objects.open()) {
      assertEquals(Map.of("a", "old", "gone", "old"), other);
    }
    dict.remove("bad");
    dict.close();
    try (CacheDict<String, Object> other = objects.open()) {
      assertEquals(Map.of("a", "new"), other);
    }
  }

  @Test
  void markOfARemoval_thatACrashLeftBehind_isNoValue() {
    store(Map.of("a", 1, "b", 2));
    URI location = URI.create("file:" + folder.resolve("numbers.klepto").toUri().getRawPath());
    ArchiveConfiguration<String, Object> asStored =
        ArchiveConfiguration.builder(String.class, Object.class)
            .allow(DictMark.class.getName())
            .build();
    try (Archive<String, Object> archive = Archives.open(location, asStored)) {
      archive.put("a", DictMark.REMOVED);
    }
    assertEquals(Map.of("b", 2), stored());
    assertEquals(10, numbers().wrap((String key) -> 10).apply("a"));
    assertEquals(Map.of("a", 10, "b", 2), stored());
  }

  @Test
  void bodyThatThrows_stillSaves() {
    assertThrows(
        IllegalStateException.class,
        () ->
            inDict(
                "rew",
                dict -> {
                  dict.put("a", 1);
                  throw new IllegalStateException("in the body");
                }));
    assertEquals(Map.of("a", 1), stored());
  }

  @Test
  void open_withAnotherTypeOfValue_isRefusedByName() {
    store(Map.of("a", 1));
    CacheDictBuilder<String, String> texts =
        CacheDict.builder("numbers", String.class, String.class).directory(folder);
    String message = assertThrows(ArchiveException.class, texts::open).getMessage();
    assertTrue(message.contains("java.lang.String") && message.contains("Integer"), message);
    assertEquals(Map.of("a", 1), stored());
  }

  @Test
  void open_ofAFileThatIsNoArchive_isRefusedAndLeavesIt() throws IOException {
    Path file = folder.resolve("numbers.klepto");
    Files.writeString(file, "no archive, but 40 bytes of something else");
    assertThrows(ArchiveException.class, numbers()::open);
    CacheDict<String, Integer> writing = numbers().access(Access.of("w")).open();
    writing.put("a", 1);
    assertThrows(ArchiveException.class, writing::close);
    assertEquals("no archive, but 40 bytes of something else", Files.readString(file));
  }

  @Test
  void keys_areComparedByContent() {
    CacheDictBuilder<int[], String> arrays =
        CacheDict.builder("arrays", int[].class, String.class).directory(folder);
    try (CacheDict<int[], String> dict = arrays.open()) {
      dict.put(new int[] {1}, "first");
      dict.put(new int[] {1}, "second");
      assertEquals(1, dict.size());
    }
    try (CacheDict<int[], String> dict = arrays.open()) {
      assertEquals("second", dict.get(new int[] {1}));
      Map<?, String> unknown = dict;
      assertFalse(unknown.containsKey((Object) "text"), "no key of this type");
    }
  }

  @Test
  void put_ofAnotherType_isRefused() {
    CacheDictBuilder<String, Integer> builder = numbers();
    try (CacheDict<String, Integer> dict = builder.open()) {
      @SuppressWarnings("unchecked") // what raw types let happen
      Map<Object, Object> raw = (Map<Object, Object>) (Map<?, ?>) dict;
      assertThrows(ClassCastException.class, () -> raw.put("a", "text"));
      assertThrows(ClassCastException.class, () -> raw.put(1, 1));
      assertThrows(NullPointerException.class, () -> dict.put(null, 1));
      assertEquals(Map.of(), dict);
    }
  }

  @Test
  void closedMap_refusesEveryUse_andClosesAgain() {
    CacheDict<String, Integer> dict = numbers().open();
    dict.put("a", 1);
    dict.close();
    dict.close();
    for (UnaryOperator<Object> use :
        List.<UnaryOperator<Object>>of(
            x -> dict.get("a"), x -> dict.put("a", 2), x -> dict.size(), x -> dict.entrySet())) {
      assertThrows(IllegalStateException.class, () -> use.apply(null));
    }
  }

  @Test
  void name_withFolders_makesThem_andNeverLeavesTheDirectory() throws IOException {
    try (CacheDict<String, Integer> dict =
        CacheDict.builder("sub/dir/x", String.class, Integer.class).directory(folder).open()) {
      dict.put("a", 1);
    }
    assertTrue(files().contains(folder.resolve("sub/dir/x.klepto")), files().toString());
    for (String outside : List.of("../x", "/x", "a/../../x")) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              CacheDict.builder(outside, String.class, Integer.class)
                  .directory(folder.resolve("in"))
                  .open());
    }
  }

  @Test
  void archive_ofAnyBackEnd_holdsTheEntries() {
    URI location = URI.create("dir:" + folder.resolve("any").toUri().getRawPath());
    CacheDictBuilder<String, Integer> builder =
        CacheDict.builder("n", String.class, Integer.class).archive(location).codec("java");
    try (CacheDict<String, Integer> dict = builder.open()) {
      dict.put("a", 1);
      dict.put("b", null);
    }
    try (CacheDict<String, Integer> dict = builder.open()) {
      assertEquals(1, dict.get("a"));
      assertTrue(dict.containsKey("b"));
      dict.remove("a");
    }
    try (CacheDict<String, Integer> dict = builder.open()) {
      assertEquals(Set.of("b"), dict.keySet());
    }
  }

  @Test
  void systemProperty_movesTheDirectory() {
    String before = System.getProperty(CacheDirectory.PROPERTY);
    System.setProperty(CacheDirectory.PROPERTY, folder.resolve("moved").toString());
    try {
      CacheDictBuilder<String, Integer> standard =
          CacheDict.builder("numbers", String.class, Integer.class);
      try (CacheDict<String, Integer> dict = standard.open()) {
        dict.put("a", 1);
      }
      assertTrue(Files.exists(folder.resolve("moved/numbers.klepto")));
    } finally {
      if (before == null) {
        System.clearProperty(CacheDirectory.PROPERTY);
      } else {
        System.setProperty(CacheDirectory.PROPERTY, before);
      }
    }
  }
}
