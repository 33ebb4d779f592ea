package io.klepto.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
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
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Caches over a PostgreSQL server that is stopped under them, and started again: calls that need it
 * fail as JSR-107 has it, or are misses if the cache is safe, and what was acknowledged is there.
 */
final class StoppedServerTest {
  @TempDir private static Path folder;
  private static StoppablePostgres server;

  private CachingProvider provider;

  @BeforeAll
  static void startServer() throws IOException {
    server = new StoppablePostgres(folder.resolve("data"));
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void openProvider() {
    provider = new KleptoCachingProvider();
  }

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  @SuppressWarnings("unchecked") // the types are those of the configuration
  private KleptoCache<String, Integer> cache(String name, ArchiveMode mode, Failure failure) {
    KleptoConfigurationBuilder<String, Integer> configuration =
        KleptoConfiguration.builder(String.class, Integer.class)
            .archive(server.location())
            .archiveSetting("connect-timeout-millis", "5000")
            .writeBehind(WriteBehind.builder().retries(0, Duration.ZERO, Duration.ZERO).build())
            .archiveMode(mode)
            .failure(failure)
            .statistics(true);
    CacheManager manager = provider.getCacheManager();
    return manager.createCache(name, configuration.build()).unwrap(KleptoCache.class);
  }

  @Test
  void writeThrough_serverStopped_throwsAsTheStandardSays() throws IOException {
    KleptoCache<String, Integer> cache = cache("through", ArchiveMode.WRITE_THROUGH, Failure.THROW);
    cache.put("a", 1);
    cache.put("b", 2);
    cache.evictAll(true);
    assertEquals(1, cache.get("a"));
    server.stop();
    try {
      assertEquals(1, cache.get("a"), "what memory has");
      CacheLoaderException read = assertThrows(CacheLoaderException.class, () -> cache.get("b"));
      assertInstanceOf(ArchiveException.class, read.getCause());
      assertThrows(CacheLoaderException.class, () -> cache.containsKey("b"));
      CacheWriterException write =
          assertThrows(CacheWriterException.class, () -> cache.put("a", 9));
      assertInstanceOf(ArchiveException.class, write.getCause());
    } finally {
      server.start();
    }
    assertEquals(1, cache.get("a"));
    assertEquals(2, cache.get("b"));
    cache.put("c", 3);
    cache.evictAll(true);
    assertEquals(3, cache.get("c"));
  }

  @Test
  void safe_serverStopped_takesFailedReadsForMisses() throws IOException {
    KleptoCache<String, Integer> cache = cache("safe", ArchiveMode.WRITE_THROUGH, Failure.BYPASS);
    cache.put("a", 1);
    cache.evictAll(true);
    server.stop();
    try {
      assertNull(cache.get("a"));
      assertFalse(cache.containsKey("a"));
      assertTrue(cache.info().bypasses() >= 2, cache.info().toString());
      assertThrows(CacheWriterException.class, () -> cache.put("b", 2));
    } finally {
      server.start();
    }
    assertEquals(1, cache.get("a"));
  }

  @Test
  void writeBehind_serverStopped_keepsWhatIsQueuedAndWritesItLater() throws IOException {
    KleptoCache<String, Integer> cache = cache("behind", ArchiveMode.WRITE_BEHIND, Failure.THROW);
    cache.put("a", 1);
    cache.dump();
    server.stop();
    try {
      cache.put("a", 2);
      cache.put("b", 3);
      CacheWriterException failed = assertThrows(CacheWriterException.class, cache::dump);
      assertInstanceOf(ArchiveException.class, failed.getCause());
      cache.evictAll(true);
      assertEquals(2, cache.get("a"));
      assertEquals(3, cache.get("b"));
    } finally {
      server.start();
    }
    cache.dump();
    provider.close();
    provider = new KleptoCachingProvider();
    KleptoCache<String, Integer> reopened =
        cache("behind", ArchiveMode.WRITE_THROUGH, Failure.THROW);
    assertEquals(2, reopened.get("a"));
    assertEquals(3, reopened.get("b"));
  }
}
