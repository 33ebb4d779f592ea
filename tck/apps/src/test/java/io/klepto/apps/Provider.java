package io.klepto.apps;

import java.util.List;
import java.util.Set;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/** The providers on the class path of these tests, chosen by name as an application does. */
enum Provider {
  CAFFEINE("com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider"),
  EHCACHE("org.ehcache.jsr107.EhcacheCachingProvider", Deviation.SPLITS_BATCHES),
  CACHE2K(
      "org.cache2k.jcache.provider.JCacheProvider",
      Deviation.SPLITS_BATCHES,
      Deviation.STOPS_AT_THE_FIRST_FAILURE,
      Deviation.REFUSES_IMMUTABLE_MAPS),
  REFERENCE(
      "org.jsr107.ri.spi.RICachingProvider",
      Deviation.SPLITS_GET_ALL,
      Deviation.HIDES_FAILED_BATCHES,
      Deviation.REFUSES_IMMUTABLE_MAPS,
      Deviation.REFUSES_IMMUTABLE_SETS),
  KLEPTO("io.klepto.jcache.KleptoCachingProvider");

  private final String className;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.copyOf
  private final Set<Deviation> deviations;

  Provider(String className, Deviation... deviations) {
    this.className = className;
    this.deviations = Set.copyOf(List.of(deviations));
  }

  String className() {
    return className;
  }

  boolean has(Deviation deviation) {
    return deviations.contains(deviation);
  }

  CacheManager manager() {
    return provider().getCacheManager();
  }

  /** Ends the run of the application; the provider may be used again. */
  void close() {
    provider().close();
  }

  private CachingProvider provider() {
    return Caching.getCachingProvider(className);
  }
}
