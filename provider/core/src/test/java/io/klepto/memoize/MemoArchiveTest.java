package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.jcache.CacheInfo;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.keymap.Keymaps;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that outlive the program, and functions that share an archive. */
final class MemoArchiveTest {
  @TempDir Path folder;

  private final List<Object> evaluated = new ArrayList<>();

  private String evaluate(Object argument) {
    evaluated.add(argument);
    return argument.equals("none") ? null : "of " + argument;
  }

  private MemoizerBuilder builder() {
    return Memoizer.builder("test").archive(folder).statistics(true);
  }

  private static Archive<Object, Object> openArchive(String location) {
    return Archives.open(
        URI.create(location),
        ArchiveConfiguration.builder(Object.class, Object.class)
            .allow("io.klepto.memoize.*")
            .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dir:", "file:"})
  void nextRun_findsWhatTheFirstEvaluated(String scheme) {
    URI location = URI.create(scheme + folder.resolve("results").toUri().getRawPath());
    List<Object> arguments =
        List.of("a", 1, -1, 2.5, "none", List.of(1, "x"), Set.of(3, 4), Instant.EPOCH);
    for (int run = 0; run < 2; run++) {
      try (Memoizer memoizer =
          Memoizer.builder("test").archive(location).statistics(true).build()) {
        RememberedFunction<Object, String> one = memoizer.memoize("one", this::evaluate);
        RememberedBiFunction<Object, Object, String> two =
            memoizer.memoize("two", (a, b) -> evaluate(List.of(a, b)));
        for (Object argument : arguments) {
          assertEquals(argument.equals("none") ? null : "of " + argument, one.apply(argument));
          assertEquals("of [" + argument + ", 1]", two.apply(argument, 1));
        }
        long loads = run == 0 ? 0 : arguments.size();
        assertEquals(new CacheInfo(0, 8 - loads, loads, Long.MAX_VALUE, 8, 0), one.info(), scheme);
      }
    }
    assertEquals(2 * arguments.size(), evaluated.size());
  }

  @Test
  void nextRunWithHashKeys_findsWhatTheFirstEvaluated() {
    for (int run = 0; run < 2; run++) {
      try (Memoizer memoizer = builder().keymap(Keymaps.hash()).build()) {
        RememberedFunction3<Object, Object, Object, String> function =
            memoizer.memoize("f", (a, b, c) -> evaluate(List.of(a, b, c)));
        assertEquals("of [1, 2.0, [c]]", function.apply(1, 2.0, List.of("c")));
      }
    }
    assertEquals(1, evaluated.size());
  }

  @Test
  void functionsOfOneArchive_keepTheirResultsApart() {
    try (Memoizer memoizer = builder().build()) {
      RememberedFunction<String, String> first = memoizer.memoize("first", this::evaluate);
      RememberedFunction<String, Integer> second = memoizer.memoize("second", String::length);
      assertEquals("of abc", first.apply("abc"));
      assertEquals(3, second.apply("abc"));
      first.clear();
      second.clear();
      assertEquals("of abc", first.apply("abc"));
      assertEquals(3, second.apply("abc"));
      Archive<Object, Object> archive = first.archive().orElseThrow();
      assertEquals("of abc", archive.get(first.key("abc")));
      assertEquals(3, archive.get(second.key("abc")));
      first.clearAll();
      assertEquals(Set.of(second.key("abc")), archive.keys());
      first.apply("abc");
      assertEquals(List.of("abc", "abc"), evaluated);
    }
  }

  @Test
  void load_bringsTheFunctionsOwnResultsAlone() {
    try (Memoizer memoizer = builder().build()) {
      RememberedFunction<Integer, String> first = memoizer.memoize("first", this::evaluate);
      RememberedFunction<Integer, String> second = memoizer.memoize("second", this::evaluate);
      for (int i = 0; i < 5; i++) {
        first.apply(i);
        second.apply(100 + i);
      }
      first.clear();
      assertThrows(NoSuchElementException.class, () -> first.lookup(3));
      first.load();
      assertEquals(5, first.info().size());
      assertEquals("of 3", first.lookup(3));
    }
  }

  @Test
  void onEvictMode_dumpsWhenToldOrFull() {
    try (Memoizer memoizer = builder().archiveMode(ArchiveMode.ON_EVICT).maxEntries(2).build()) {
      RememberedFunction<Integer, String> function = memoizer.memoize("f", this::evaluate);
      Archive<Object, Object> archive = function.archive().orElseThrow();
      function.apply(1);
      function.apply(2);
      assertEquals(Set.of(), archive.keys());
      function.apply(3);
      assertEquals(Set.of(function.key(1)), archive.keys());
      function.dump();
      assertEquals(3, archive.size());
      assertEquals("of 1", function.apply(1));
      assertEquals(new CacheInfo(0, 3, 1, 2, 2, 0), function.info());
    }
  }

  @Test
  @SuppressWarnings("try") // closed before its archive is looked at
  void archiveGivenLater_isSharedByFunctions() {
    try (Archive<Object, Object> shared = openArchive("dict:/");
        Memoizer memoizer =
            Memoizer.builder("test").archiveMode(ArchiveMode.WRITE_THROUGH).build()) {
      RememberedFunction<String, String> first = memoizer.memoize("first", this::evaluate);
      RememberedFunction<String, Integer> second = memoizer.memoize("second", String::length);
      assertFalse(first.archived());
      first.archive(shared);
      second.archive(shared);
      assertTrue(first.archived());
      first.apply("abc");
      assertEquals(3, second.apply("abc"), "klepto gives the other function's result here");
      assertEquals(2, shared.size());
      first.archived(false);
      first.apply("unkept");
      assertEquals(2, shared.size());
      assertFalse(first.archived());
      first.archived(true);
      first.apply("kept");
      assertEquals(3, shared.size());
      memoizer.close();
      assertEquals(4, shared.size(), "has all now; stays the caller's, and open");
    }
  }

  @Test
  void archiveWhereThereIsNoPlace_isRefused() {
    try (Archive<Object, Object> archive = openArchive("dict:/");
        Memoizer memoizer = Memoizer.builder("test").build()) {
      RememberedFunction<String, String> function = memoizer.memoize("f", this::evaluate);
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> function.archive(archive));
      assertTrue(refused.getMessage().contains("archive mode"), refused::getMessage);
      assertTrue(function.archive().isEmpty());
      function.load();
      function.dump();
    }
  }

  @Test
  void resultThatIsOver_isEvaluatedAgain() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_000));
    try (Memoizer memoizer =
        builder()
            .expiry(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 1)))
            .configure(cache -> cache.clock(now::get))
            .build()) {
      RememberedFunction<String, String> function = memoizer.memoize("f", this::evaluate);
      function.apply("a");
      now.set(Instant.ofEpochSecond(1_059));
      function.apply("a");
      assertEquals(List.of("a"), evaluated);
      now.set(Instant.ofEpochSecond(1_061));
      function.apply("a");
      assertEquals(List.of("a", "a"), evaluated);
    }
  }

  /** A result of a class that is not allowed can't be read back, so it is not written. */
  record Private(int number) {}

  @Test
  void resultThatCantBeArchived_saysWhatToAllow() {
    try (Memoizer memoizer = builder().build()) {
      RememberedFunction<Integer, Private> function = memoizer.memoize("f", Private::new);
      Exception refused = assertThrows(RuntimeException.class, () -> function.apply(1));
      assertTrue(refused.getMessage().contains(".allow("), refused::getMessage);
    }
    try (Memoizer memoizer = builder().allow("io.klepto.memoize.*").build()) {
      RememberedFunction<Integer, Private> function = memoizer.memoize("f", Private::new);
      assertEquals(new Private(1), function.apply(1));
      function.clear();
      assertEquals(new Private(1), function.apply(1));
    }
    try (Memoizer memoizer = builder().safe().build()) {
      RememberedFunction<Integer, Private> function = memoizer.memoize("g", Private::new);
      assertEquals(new Private(2), function.apply(2), "a safe function gives what it computed");
      assertEquals(1, function.info().bypasses());
    }
  }

  @Test
  void remembered_survivesInTheArchiveOfNull() {
    try (Memoizer memoizer = builder().build()) {
      RememberedFunction<String, String> function = memoizer.memoize("f", this::evaluate);
      assertNull(function.apply("none"));
      function.clear();
      assertNull(function.apply("none"));
      assertEquals(List.of("none"), evaluated);
    }
  }
}
