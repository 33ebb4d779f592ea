package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One value that outlives the process. */
final class SingleValueCacheTest {
  @TempDir Path folder;

  private SingleValueCacheBuilder<String> model() {
    return SingleValueCache.builder("model", String.class).directory(folder);
  }

  @Test
  void close_writesWhatTheNextOpenReads() {
    try (SingleValueCache<String> cache = model().open()) {
      assertFalse(cache.isPresent());
      assertThrows(NoSuchElementException.class, cache::get);
      assertEquals("other", cache.orElse("other"));
      cache.set("first");
      assertEquals("first", cache.get());
    }
    try (SingleValueCache<String> cache = model().open()) {
      assertEquals("first", cache.get());
      cache.set(null);
    }
    try (SingleValueCache<String> cache = model().open()) {
      assertTrue(cache.isPresent());
      assertNull(cache.get());
      cache.remove();
      assertFalse(cache.isPresent());
    }
    try (SingleValueCache<String> cache = model().open()) {
      assertFalse(cache.isPresent());
    }
  }

  @Test
  void access_decidesWhatIsReadAndWritten() {
    try (SingleValueCache<String> cache = model().access(Access.of("re")).open()) {
      cache.set("unwritten");
    }
    try (SingleValueCache<String> cache = model().access(Access.of("w")).open()) {
      assertFalse(cache.isPresent());
      cache.set("written");
    }
    try (SingleValueCache<String> cache = model().access(Access.of("w")).open()) {
      assertFalse(cache.isPresent(), "not read");
    }
    try (SingleValueCache<String> cache = model().access(Access.of("r")).open()) {
      assertEquals("written", cache.get());
      cache.remove();
    }
    assertEquals("written", model().access(Access.of("r")).wrap(() -> "computed").get());
  }

  @Test
  void wrap_computesOnce() {
    List<String> evaluated = new ArrayList<>();
    Supplier<String> trained =
        model()
            .wrap(
                () -> {
                  evaluated.add("trained");
                  return "weights";
                });
    assertEquals("weights", trained.get());
    assertEquals("weights", trained.get());
    assertEquals("weights", model().wrap(() -> "other").get());
    assertEquals(List.of("trained"), evaluated);
  }

  @Test
  void outerKeys_keepValuesApart_inOneDictionary() {
    assertEquals("a", model().outerKey("first").wrap(() -> "a").get());
    assertEquals("b", model().outerKey("second").wrap(() -> "b").get());
    try (CacheDict<String, String> dict =
        CacheDict.builder("model", String.class, String.class).directory(folder).open()) {
      assertEquals(Map.of("first", "a", "second", "b"), dict);
    }
  }

  @Test
  void valueThatCannotBeStored_leavesTheOldOne() {
    SingleValueCacheBuilder<Object> objects =
        SingleValueCache.builder("object", Object.class).directory(folder);
    try (SingleValueCache<Object> cache = objects.open()) {
      cache.set("old");
    }
    SingleValueCache<Object> cache = objects.open();
    cache.set(new Thread());
    assertThrows(ArchiveException.class, cache::close);
    assertEquals("old", objects.access(Access.of("r")).wrap(() -> "new").get());
    cache.set("new");
    cache.close();
    assertEquals("new", objects.wrap(() -> "other").get());
    assertThrows(IllegalStateException.class, cache::get);
  }

  @Test
  void valueOfAnotherType_isRefused() {
    assertEquals("text", model().wrap(() -> "text").get());
    SingleValueCacheBuilder<Integer> number =
        SingleValueCache.builder("model", Integer.class).directory(folder);
    assertThrows(ArchiveException.class, number::open);
    assertEquals("text", model().wrap(() -> "other").get());
  }
}
