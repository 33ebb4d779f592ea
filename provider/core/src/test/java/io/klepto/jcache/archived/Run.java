package io.klepto.jcache.archived;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import javax.cache.CacheManager;

/** One run of a program, with a provider of its own; closing it is the end of the run. */
final class Run implements AutoCloseable {
  private final KleptoCachingProvider provider = new KleptoCachingProvider();

  CacheManager manager() {
    return provider.getCacheManager();
  }

  <K, V> KleptoCache<K, V> cache(String name, KleptoConfigurationBuilder<K, V> configuration) {
    return (KleptoCache<K, V>) manager().createCache(name, configuration.build());
  }

  <K, V> KleptoCache<K, V> cache(KleptoConfigurationBuilder<K, V> configuration) {
    return cache("results", configuration);
  }

  @Override
  public void close() {
    provider.close();
  }
}
