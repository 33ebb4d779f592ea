package io.klepto.jcache;

import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;

/** A provider with one manager for one test; closing it closes the caches that the test made. */
public final class TestCaches implements AutoCloseable {
  private final KleptoCachingProvider provider = new KleptoCachingProvider();

  /** Makes the provider. */
  public TestCaches() {}

  /** Starts the configuration that most tests want: text to numbers. */
  public static KleptoConfigurationBuilder<String, Integer> numbers() {
    return KleptoConfiguration.builder(String.class, Integer.class);
  }

  /** Returns the provider. */
  public KleptoCachingProvider provider() {
    return provider;
  }

  /** Returns the manager, a new one if the last was closed. */
  public CacheManager manager() {
    return provider.getCacheManager();
  }

  /** Creates the cache named {@code c}. */
  public <K, V> KleptoCache<K, V> create(KleptoConfigurationBuilder<K, V> configuration) {
    return create("c", configuration.build());
  }

  /** Creates a cache. */
  @SuppressWarnings("unchecked")
  public <K, V> KleptoCache<K, V> create(String name, Configuration<K, V> configuration) {
    Cache<K, V> cache = manager().createCache(name, configuration);
    return (KleptoCache<K, V>) cache.unwrap(KleptoCache.class);
  }

  /** Closes everything, in a bounded time: an operation that hangs must not hang the build. */
  @Override
  public void close() {
    try {
      Crew.run(provider::close).result();
    } catch (Exception e) {
      throw new AssertionError("the provider does not close", e);
    }
  }
}
