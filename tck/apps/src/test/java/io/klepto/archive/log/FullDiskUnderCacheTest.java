package io.klepto.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.Archives;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.testkit.fault.FaultyFileSystem;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.config.WriteBehind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.cache.integration.CacheWriterException;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Caches over a {@code file:} archive whose disk becomes full: the call that needs room fails and
 * says why, nothing that was acknowledged is lost, and with room again all goes on.
 */
final class FullDiskUnderCacheTest {
  private static final String BIG = "x".repeat(100_000);

  @TempDir private Path folder;

  private Archive<String, String> open(Path in) throws IOException {
    return Archives.over(
        LogStoreProvider.open(
            in.resolve("results.klepto"), new StoreOptions("full", Optional.empty(), Map.of())),
        ArchiveConfiguration.builder(String.class, String.class).namespace("full").build());
  }

  private static KleptoConfigurationBuilder<String, String> configuration(ArchiveMode mode) {
    KleptoConfigurationBuilder<String, String> builder =
        KleptoConfiguration.builder(String.class, String.class);
    return mode == ArchiveMode.WRITE_BEHIND
        ? builder.writeBehind(
            WriteBehind.builder().retries(1, Duration.ZERO, Duration.ZERO).build())
        : builder.archiveMode(mode);
  }

  @SuppressWarnings("unchecked") // the types are those of the configuration
  private static KleptoCache<String, String> cache(
      CachingProvider provider, KleptoConfigurationBuilder<String, String> configuration) {
    return provider
        .getCacheManager()
        .createCache("full", configuration.build())
        .unwrap(KleptoCache.class);
  }

  private static void failsForWantOfRoom(Executable call) {
    CacheWriterException failure = assertThrows(CacheWriterException.class, call);
    assertInstanceOf(ArchiveException.class, failure.getCause());
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    assertTrue(root.toString().contains("No space left"), root.toString());
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void writeThrough_onAFullDisk_throwsAndAgreesWithTheArchive(Failure failure) throws IOException {
    FaultyFileSystem files = FaultyFileSystem.failing(folder);
    try (CachingProvider provider = new KleptoCachingProvider()) {
      Archive<String, String> archive = open(files.folder());
      KleptoCache<String, String> cache =
          cache(provider, configuration(ArchiveMode.WRITE_THROUGH).failure(failure));
      cache.archive(archive);
      cache.put("a", "1");
      files.faults().fillAt(1);
      failsForWantOfRoom(() -> cache.put("a", BIG));
      failsForWantOfRoom(() -> cache.put("b", BIG));
      failsForWantOfRoom(() -> cache.putAll(Map.of("c", BIG)));
      assertEquals("1", cache.get("a"));
      assertEquals("1", archive.get("a"));
      assertNull(cache.get("b"));
      assertNull(cache.get("c"));
      files.faults().heal();
      cache.put("b", "2");
    }
    try (Archive<String, String> archive = open(folder)) {
      assertEquals(Map.of("a", "1", "b", "2"), archive.getAll(archive.keys()));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ArchiveMode.class,
      names = {"WRITE_BEHIND", "ON_EVICT", "MANUAL"})
  void otherModes_onAFullDisk_keepWhatTheArchiveDoesNotTake(ArchiveMode mode) throws IOException {
    FaultyFileSystem files = FaultyFileSystem.failing(folder);
    try (CachingProvider provider = new KleptoCachingProvider()) {
      Archive<String, String> archive = open(files.folder());
      KleptoCache<String, String> cache = cache(provider, configuration(mode));
      cache.archive(archive);
      cache.put("a", "1");
      cache.dump();
      files.faults().fillAt(1);
      cache.put("a", BIG);
      failsForWantOfRoom(cache::dump);
      assertEquals(BIG, cache.get("a"));
      assertEquals("1", archive.get("a"));
      files.faults().heal();
      cache.put("b", "2");
      cache.dump();
    }
    try (Archive<String, String> archive = open(folder)) {
      assertEquals(Map.of("a", BIG, "b", "2"), archive.getAll(archive.keys()));
    }
  }

  @Test
  void eviction_onAFullDisk_keepsTheVictim() throws IOException {
    FaultyFileSystem files = FaultyFileSystem.failing(folder);
    try (CachingProvider provider = new KleptoCachingProvider()) {
      KleptoCache<String, String> cache =
          cache(provider, configuration(ArchiveMode.ON_EVICT).maxEntries(1));
      cache.archive(open(files.folder()));
      cache.put("a", BIG);
      files.faults().fillAt(1);
      failsForWantOfRoom(() -> cache.put("b", "2"));
      assertEquals(BIG, cache.get("a"));
      files.faults().heal();
      cache.put("c", "3");
    }
    try (Archive<String, String> archive = open(folder)) {
      assertEquals(BIG, archive.get("a"));
      assertEquals("3", archive.get("c"));
    }
  }
}
