package io.klepto.apps.bucket4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import io.github.bucket4j.grid.jcache.Bucket4jJCache.JCacheProxyManagerBuilder;
import io.github.bucket4j.grid.jcache.CompatibilityTest;
import io.github.bucket4j.grid.jcache.JCacheProxyManager;
import io.github.bucket4j.tck.AbstractDistributedBucketTest;
import io.github.bucket4j.tck.ProxyManagerSpec;
import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.Coherence;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.config.Sharing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Bucket4j's suite for distributed buckets, on a cache in memory, on one whose memory holds a
 * single entry so that nearly every bucket comes from the archive, and on one that shares its
 * archive with other processes.
 *
 * <p>Its tests run side by side, and beside those of other classes, which close the provider that
 * all share; so it has a provider of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
final class Bucket4jTest extends AbstractDistributedBucketTest {
  private static final long CAPACITY = 10;
  private static final CachingProvider PROVIDER = new KleptoCachingProvider();

  @TempDir static Path folder;

  @BeforeAll
  static void openCaches() {
    KleptoConfigurationBuilder<String, byte[]> archived =
        KleptoConfiguration.builder(String.class, byte[].class).maxEntries(1).archive(folder);
    specs =
        List.of(
            spec("in-memory", new MutableConfiguration<>()),
            spec("archived", archived.build()),
            spec(
                "shared",
                archived.sharing(Sharing.builder().coherence(Coherence.STAMPS).build()).build()));
  }

  @AfterAll
  static void closeCaches() {
    PROVIDER.close();
  }

  private static ProxyManagerSpec<
          String, JCacheProxyManager<String>, JCacheProxyManagerBuilder<String>>
      spec(String name, Configuration<String, byte[]> configuration) {
    Cache<String, byte[]> cache = manager().createCache(name, configuration);
    return new ProxyManagerSpec<>(
        name,
        () -> UUID.randomUUID().toString(),
        () -> Bucket4jJCache.entryProcessorBasedBuilder(cache));
  }

  @Test
  void compatibilityTest_ofBucket4j_passes() throws InterruptedException {
    Cache<String, Integer> cache =
        manager().createCache("compatible", new MutableConfiguration<String, Integer>());
    new CompatibilityTest(cache).test();
    assertTrue(cache.iterator().hasNext());
  }

  @Test
  void bucket_afterARestart_hasWhatWasLeft() {
    assertEquals(CAPACITY, consumeAll());
    assertEquals(0, consumeAll());
  }

  /** Runs an application with a manager of its own, and returns how many tokens it got. */
  private static long consumeAll() {
    URI restarted = URI.create("klepto:restarted");
    try (CacheManager manager = PROVIDER.getCacheManager(restarted, null)) {
      Cache<String, byte[]> cache =
          manager.createCache(
              "restarted",
              KleptoConfiguration.builder(String.class, byte[].class).archive(folder).build());
      Bandwidth limit =
          Bandwidth.builder()
              .capacity(CAPACITY)
              .refillIntervally(CAPACITY, Duration.ofDays(1))
              .build();
      return Bucket4jJCache.entryProcessorBasedBuilder(cache)
          .build()
          .getProxy("user", () -> BucketConfiguration.builder().addLimit(limit).build())
          .tryConsumeAsMuchAsPossible();
    }
  }

  private static CacheManager manager() {
    return PROVIDER.getCacheManager();
  }
}
