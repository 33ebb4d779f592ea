package io.klepto.annotation;

import static java.util.Objects.requireNonNull;

import java.lang.annotation.Annotation;
import java.util.function.Supplier;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;

/**
 * The resolvers that JSR-107 has as its default: each method's cache is the one of its name, and is
 * created if it is missing. Any number of threads may ask.
 */
final class NamedCaches implements CacheResolverFactory {
  private final Supplier<? extends CacheManager> managers;

  /**
   * Creates the factory.
   *
   * @param managers gives the manager, each time that a cache is looked for; never null
   */
  NamedCaches(Supplier<? extends CacheManager> managers) {
    this.managers = requireNonNull(managers, "managers");
  }

  @Override
  public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
    return new NamedCache(managers, details.getCacheName());
  }

  @Override
  public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
    return new NamedCache(managers, details.getCacheAnnotation().exceptionCacheName());
  }
}
