package io.klepto.jcache.keyed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.TestCaches;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.keymap.KeyTransform;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Rounding;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.CacheException;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transformed keys of entries that only the archive has, and over restarts. */
final class KeysInArchiveTest extends TransformedKeysContract {
  @TempDir Path folder;

  @Override
  KleptoConfigurationBuilder<Double, String> with(
      KleptoConfigurationBuilder<Double, String> rounded) {
    return rounded.archive(folder);
  }

  @Override
  void pause(KleptoCache<Double, String> cache) {
    cache.evictAll(true);
  }

  @Test
  void restart_iteratesTheOriginalKeys() {
    try (TestCaches before = new TestCaches()) {
      KleptoCache<Double, String> cache = before.create(rounded());
      cache.put(1.001, "one");
      cache.put(1.002, "two");
      cache.put(3.0, "three");
    }
    KleptoCache<Double, String> cache = caches.create(rounded());
    Map<Double, String> content = new TreeMap<>();
    cache.forEach(entry -> content.put(entry.getKey(), entry.getValue()));
    assertEquals(Map.of(1.001, "two", 3.0, "three"), content);
    cache.load();
    assertEquals("two", cache.lookup(1.004));
  }

  @Test
  void restart_withOtherRoundingOrKeymap_isRefused() {
    try (TestCaches before = new TestCaches()) {
      before.create(rounded()).put(1.001, "one");
    }
    for (KleptoConfigurationBuilder<Double, String> other :
        List.of(
            rounded().rounding(Rounding.simple(3)),
            rounded().rounding(Rounding.deep(2)),
            rounded().keymap(Keymaps.string()),
            with(KleptoConfiguration.builder(Double.class, String.class)))) {
      CacheException refused = assertThrows(CacheException.class, () -> caches.create(other));
      assertTrue(refused.getMessage().contains("simple(2)"), refused.getMessage());
    }
    assertEquals("one", caches.create(rounded()).get(1.002));
  }

  @Test
  void archive_ofTheCache_knowsTheTransformToo() {
    KleptoCache<Double, String> cache = caches.create(rounded());
    cache.put(1.001, "one");
    Archive<Double, String> archive = cache.archive().orElseThrow();
    assertEquals("one", archive.get(1.002));
    assertEquals(Set.of(1.001), archive.keys());
    assertEquals(1, archive.size());
  }

  @Test
  void archiveThatIsAttached_mustTransformKeysAsTheCacheDoes() {
    KleptoCache<Double, String> cache = caches.create(rounded());
    ArchiveConfiguration.Builder<Double, String> other =
        ArchiveConfiguration.builder(Double.class, String.class);
    try (Archive<Double, String> plain = Archives.open(URI.create("dict:/"), other.build())) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> cache.archive(plain)).getMessage();
      assertTrue(message.contains("simple(2)") && message.contains("as they are"), message);
    }
    other.keyTransform(new KeyTransform(Keymaps.hash(), Rounding.simple(2)));
    Archive<Double, String> fitting = Archives.open(URI.create("dict:/"), other.build());
    fitting.put(7.001, "seven");
    Archive<Double, String> before = cache.archive().orElseThrow();
    cache.archive(fitting);
    before.close();
    assertEquals("seven", cache.get(7.002));
    assertEquals(7.001, cache.iterator().next().getKey());
  }

  @Test
  void expiredEntry_beginsAnewWithTheNewKey() {
    AtomicLong now = new AtomicLong(1_000_000);
    KleptoCache<Double, String> cache =
        caches.create(
            rounded()
                .clock(() -> Instant.ofEpochMilli(now.get()))
                .expiry(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE)));
    cache.put(1.001, "one");
    cache.put(1.002, "two");
    assertEquals(1.001, cache.iterator().next().getKey(), "an update");
    now.addAndGet(61_000);
    cache.put(1.003, "three");
    assertEquals(1.003, cache.iterator().next().getKey(), "in memory");
    cache.evictAll(true);
    assertEquals(1.003, cache.iterator().next().getKey(), "in the archive");
  }

  @Test
  void onEvict_dumpsUnderTheFirstKey() {
    KleptoCache<Double, String> cache =
        caches.create(rounded().archiveMode(ArchiveMode.ON_EVICT).maxEntries(1));
    cache.put(1.001, "one");
    cache.put(1.002, "two");
    cache.put(2.0, "other");
    assertEquals(Set.of(1.001), cache.archive().orElseThrow().keys());
    assertNull(cache.lookup(1.001));
    assertEquals("two", cache.get(1.003));
  }

  @Test
  void rounding_deepInRecords_isOneEntryOverRestarts() {
    KleptoConfigurationBuilder<Point, String> points =
        KleptoConfiguration.builder(Point.class, String.class)
            .rounding(Rounding.deep(1))
            .archive(folder.resolve("points"));
    try (TestCaches before = new TestCaches()) {
      before.create(points).put(new Point(1.01, 2.02), "here");
    }
    KleptoCache<Point, String> cache = caches.create(points);
    assertEquals("here", cache.get(new Point(0.99, 1.98)));
    assertEquals(new Point(1.01, 2.02), cache.iterator().next().getKey());
  }

  record Point(double x, double y) {}
}
