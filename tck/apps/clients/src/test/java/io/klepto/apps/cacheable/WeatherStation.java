package io.klepto.apps.cacheable;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import javax.cache.Caching;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application of Spring with caching enabled; closing it ends the provider as well. */
final class WeatherStation implements AutoCloseable {
  private final AnnotationConfigApplicationContext context;

  private WeatherStation(AnnotationConfigApplicationContext context) {
    this.context = context;
  }

  static WeatherStation start(Kind kind, Path folder) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    javax.cache.CacheManager jcache = Caching.getCachingProvider().getCacheManager();
    jcache.createCache(Weather.CACHE, kind.configuration(folder));
    context.registerBean(javax.cache.CacheManager.class, () -> jcache);
    context.register(Beans.class);
    context.refresh();
    return new WeatherStation(context);
  }

  Weather weather() {
    return context.getBean(Weather.class);
  }

  CacheManager caches() {
    return context.getBean(CacheManager.class);
  }

  javax.cache.CacheManager jcache() {
    return context.getBean(javax.cache.CacheManager.class);
  }

  Cache cache() {
    return requireNonNull(caches().getCache(Weather.CACHE));
  }

  @Override
  public void close() {
    context.close();
    Caching.getCachingProvider().close();
  }

  /** Its beans. */
  @Configuration
  @EnableCaching
  static class Beans {
    /** For Spring. */
    Beans() {}

    @Bean
    CacheManager caches(javax.cache.CacheManager jcache) {
      return new JCacheCacheManager(jcache);
    }

    @Bean
    Weather weather() {
      return new Weather();
    }
  }
}
