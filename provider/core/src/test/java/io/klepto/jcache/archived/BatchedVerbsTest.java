package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.Progress;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.keymap.KeyTransform;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Rounding;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs on many entries: batches, several threads, progress. */
final class BatchedVerbsTest {
  private static final int MANY = 5_000;
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Run run = new Run();
  private final URI location = URI.create("dict:BatchedVerbsTest-" + NUMBERS.incrementAndGet());
  private final Archive<Integer, String> archive =
      Archives.open(
          location,
          ArchiveConfiguration.builder(Integer.class, String.class).namespace("numbers").build());
  private final List<Progress> progress = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void close() {
    run.close();
    archive.close();
  }

  private KleptoConfigurationBuilder<Integer, String> configuration() {
    return KleptoConfiguration.builder(Integer.class, String.class)
        .archive(location)
        .statistics(true)
        .archiveMode(ArchiveMode.ON_EVICT);
  }

  private KleptoCache<Integer, String> open(
      KleptoConfigurationBuilder<Integer, String> configuration) {
    return run.cache("numbers", configuration);
  }

  private static Map<Integer, String> many() {
    Map<Integer, String> entries = new HashMap<>();
    for (int i = 0; i < MANY; i++) {
      entries.put(i, "value " + i);
    }
    return entries;
  }

  private void requireProgress(Progress.Verb verb, OptionalLong total) {
    long before = 0;
    for (Progress step : progress) {
      assertEquals(verb, step.verb());
      assertEquals("numbers", step.cacheName());
      assertEquals(total, step.total());
      assertTrue(step.done() >= before, progress::toString);
      before = step.done();
    }
    assertEquals(MANY, before, "told of the end");
    assertTrue(progress.size() > 5 && progress.size() < MANY / 50, () -> "" + progress.size());
  }

  @Test
  void dump_ofManyEntries_writesAllAndTellsHowFarItIs() {
    KleptoCache<Integer, String> cache = open(configuration());
    cache.putAll(many());
    Thread caller = Thread.currentThread();
    cache.dump(
        step -> {
          assertSame(caller, Thread.currentThread());
          progress.add(step);
        });
    assertEquals(many(), archive.getAll(many().keySet()));
    requireProgress(Progress.Verb.DUMP, OptionalLong.of(MANY));
    cache.put(7, "new");
    cache.dump();
    assertEquals("new", archive.get(7));
  }

  @Test
  void dumpAgain_writesNothing() {
    KleptoCache<Integer, String> cache = open(configuration());
    cache.putAll(many());
    cache.dump();
    long version = archive.entry(1).version();
    cache.dump();
    cache.dump(Set.of(1, 2));
    assertEquals(version, archive.entry(1).version());
  }

  @Test
  void load_ofManyEntries_bringsAllAndTellsHowFarItIs() {
    archive.putAll(many());
    KleptoCache<Integer, String> cache = open(configuration());
    cache.load(progress::add);
    assertEquals(MANY, cache.info().size());
    for (int i = 0; i < MANY; i++) {
      assertEquals("value " + i, cache.lookup(i));
    }
    requireProgress(Progress.Verb.LOAD, OptionalLong.empty());
  }

  @Test
  void load_ofManyKeys_bringsThoseThatThereAre() {
    archive.putAll(many());
    KleptoCache<Integer, String> cache = open(configuration());
    Set<Integer> keys = new HashSet<>();
    for (int i = MANY / 2; i < 2 * MANY; i++) {
      keys.add(i);
    }
    cache.load(keys);
    assertEquals(MANY / 2, cache.info().size());
    assertEquals("value " + MANY / 2, cache.lookup(MANY / 2));
    assertNull(cache.lookup(MANY));
  }

  @Test
  void load_ofMoreThanTheBound_fillsMemoryAndEvictsNothing() {
    archive.putAll(many());
    KleptoCache<Integer, String> cache = open(configuration().maxEntries(3_000));
    for (int i = -100; i < 0; i++) {
      cache.put(i, "own");
    }
    cache.load();
    assertEquals(3_000, cache.info().size());
    for (int i = -100; i < 0; i++) {
      assertEquals("own", cache.lookup(i));
    }
    assertFalse(archive.contains(-1), "nothing was evicted for it");
    cache.load(many().keySet());
    assertEquals(3_000, cache.info().size());
    assertFalse(archive.contains(-1), "nothing was evicted for it");
  }

  @Test
  void listenerThatThrows_endsTheWorkCleanly() {
    KleptoCache<Integer, String> cache = open(configuration());
    cache.putAll(many());
    IllegalStateException stop = new IllegalStateException("enough");
    assertSame(
        stop,
        assertThrows(
            IllegalStateException.class,
            () ->
                cache.dump(
                    step -> {
                      throw stop;
                    })));
    long dumped = archive.size();
    assertTrue(dumped > 0 && dumped < MANY, () -> dumped + " dumped");
    cache.dump();
    assertEquals(MANY, archive.size());
  }

  @Test
  void sync_tellsOfBoth() {
    archive.putAll(Map.of(-1, "archived"));
    KleptoCache<Integer, String> cache = open(configuration());
    cache.put(1, "new");
    cache.sync(false, progress::add);
    assertEquals("archived", cache.lookup(-1));
    assertEquals("new", archive.get(1));
    assertEquals(Progress.Verb.LOAD, progress.get(0).verb());
    assertEquals(Progress.Verb.DUMP, progress.get(progress.size() - 1).verb());
  }

  @Test
  void verbWithinAProcessor_onItsOwnKey_isRefusedAndNotAwaited() {
    KleptoCache<Integer, String> cache = open(configuration());
    cache.putAll(many());
    cache.put(0, "locked");
    RuntimeException failure =
        assertThrows(
            RuntimeException.class,
            () ->
                cache.invoke(
                    0,
                    (entry, arguments) -> {
                      cache.dump(Set.of(0));
                      return null;
                    }));
    assertTrue(failure.getCause() instanceof IllegalStateException, failure::toString);
    assertEquals("locked", cache.get(0));
  }

  @Test
  void open_ofALocation_closesTheFormerAndKeepsMemory() {
    KleptoCache<Integer, String> cache = open(configuration());
    cache.put(1, "one");
    cache.dump();
    Archive<Integer, String> former = cache.archive().orElseThrow();
    cache.open(folder.resolve("other").toUri().resolve("file:" + folder.resolve("other")));
    assertThrows(IllegalStateException.class, () -> former.get(1), "closed");
    assertTrue(cache.archived());
    assertNull(cache.archive().orElseThrow().get(1));
    cache.dump();
    assertEquals("one", cache.archive().orElseThrow().get(1));
    assertEquals("one", archive.get(1), "the other handle");
  }

  @Test
  void open_ofAnotherConfiguration_isItsNamespace() {
    KleptoCache<Integer, String> cache = open(configuration());
    archive.put(1, "one");
    cache.open(
        location,
        ArchiveConfiguration.builder(Integer.class, String.class).namespace("others").build());
    assertNull(cache.get(1));
    cache.open(location);
    assertEquals("one", cache.get(1));
  }

  @Test
  void open_thatFails_changesNothing() {
    KleptoCache<Integer, String> cache = open(configuration());
    Archive<Integer, String> before = cache.archive().orElseThrow();
    assertThrows(RuntimeException.class, () -> cache.open(URI.create("nothing:here")));
    KeyTransform rounding = new KeyTransform(Keymaps.raw(), Rounding.simple(1));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            cache.open(
                location,
                ArchiveConfiguration.builder(Integer.class, String.class)
                    .namespace("rounded")
                    .keyTransform(rounding)
                    .build()));
    assertSame(before, cache.archive().orElseThrow());
  }

  @Test
  void key_isWhatTheTransformMakesOfIt() {
    KleptoCache<Integer, String> plain = open(configuration());
    assertEquals(5, plain.key(5));
    KleptoCache<Double, String> rounded =
        run.cache(
            "rounded",
            KleptoConfiguration.builder(Double.class, String.class)
                .keymap(Keymaps.raw())
                .rounding(Rounding.simple(0)));
    assertEquals(rounded.key(1.2), rounded.key(0.9));
    rounded.put(1.2, "one");
    assertEquals("one", rounded.lookup(0.9));
  }
}
