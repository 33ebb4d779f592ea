package io.klepto.bench.jcache;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import java.util.OptionalLong;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.spi.CachingProvider;
import org.cache2k.Cache2kBuilder;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.cache2k.jcache.JCacheConfig;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.jsr107.Eh107Configuration;
import org.ehcache.spi.loaderwriter.CacheLoaderWriter;

/**
 * A provider with a way to bound a cache. All get the same settings of the standard; what the
 * standard has no word for, each gets in its own: the bound, and with cache2k that it copies when
 * asked to, and that neither statistics of its own are kept nor listeners come later, as its
 * documentation advises for speed.
 */
public enum Contender {
  /** Ours, bounded by LRU. */
  KLEPTO("io.klepto.jcache.KleptoCachingProvider") {
    @Override
    <K, V> Configuration<K, V> bounded(MutableConfiguration<K, V> standard, long capacity) {
      return klepto(standard, EvictionPolicy.LRU, capacity);
    }
  },
  /** Ours, bounded by LFU. */
  KLEPTO_LFU("io.klepto.jcache.KleptoCachingProvider") {
    @Override
    <K, V> Configuration<K, V> bounded(MutableConfiguration<K, V> standard, long capacity) {
      return klepto(standard, EvictionPolicy.LFU, capacity);
    }
  },
  /** Ours, bounded by MRU. */
  KLEPTO_MRU("io.klepto.jcache.KleptoCachingProvider") {
    @Override
    <K, V> Configuration<K, V> bounded(MutableConfiguration<K, V> standard, long capacity) {
      return klepto(standard, EvictionPolicy.MRU, capacity);
    }
  },
  /** Ours, bounded by RR. */
  KLEPTO_RR("io.klepto.jcache.KleptoCachingProvider") {
    @Override
    <K, V> Configuration<K, V> bounded(MutableConfiguration<K, V> standard, long capacity) {
      return klepto(standard, EvictionPolicy.RR, capacity);
    }
  },
  /** Caffeine's adapter. */
  CAFFEINE("com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider") {
    @Override
    <K, V> Configuration<K, V> bounded(MutableConfiguration<K, V> standard, long capacity) {
      return new CaffeineConfiguration<>(standard).setMaximumSize(OptionalLong.of(capacity));
    }
  },
  /** Ehcache 3 on the heap. */
  EHCACHE("org.ehcache.jsr107.EhcacheCachingProvider") {
    @Override
    <K, V> Configuration<K, V> bounded(MutableConfiguration<K, V> standard, long capacity) {
      return ehcache(standard, capacity);
    }
  },
  /** cache2k's adapter. */
  CACHE2K("org.cache2k.jcache.provider.JCacheProvider") {
    @Override
    <K, V> Configuration<K, V> unbounded(MutableConfiguration<K, V> standard) {
      return bounded(standard, Long.MAX_VALUE);
    }

    @Override
    <K, V> Configuration<K, V> bounded(MutableConfiguration<K, V> standard, long capacity) {
      return cache2k(standard, capacity);
    }
  },
  /** The reference implementation, which has no bound. */
  RI("org.jsr107.ri.spi.RICachingProvider") {
    @Override
    <K, V> Configuration<K, V> bounded(MutableConfiguration<K, V> standard, long capacity) {
      throw new IllegalArgumentException("the reference implementation can't bound a cache");
    }
  };

  private final String className;

  Contender(String className) {
    this.className = className;
  }

  /** Returns the class of the provider. */
  String className() {
    return className;
  }

  /** Returns whether this is ours, with whatever policy. */
  public boolean isOurs() {
    return name().startsWith("KLEPTO");
  }

  /** Returns a provider of its own. */
  public CachingProvider provider() {
    try {
      return Class.forName(className)
          .asSubclass(CachingProvider.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(className + " can't be made: " + e, e);
    }
  }

  /** Makes a cache. */
  public <K, V> Cache<K, V> create(
      CacheManager manager, String name, MutableConfiguration<K, V> standard, long capacity) {
    return manager.createCache(
        name, capacity == Long.MAX_VALUE ? unbounded(standard) : bounded(standard, capacity));
  }

  /** Returns the configuration of a cache without a bound. */
  <K, V> Configuration<K, V> unbounded(MutableConfiguration<K, V> standard) {
    return standard;
  }

  /** Returns the configuration of a cache with at most {@code capacity} entries. */
  abstract <K, V> Configuration<K, V> bounded(MutableConfiguration<K, V> standard, long capacity);

  private static <K, V> Configuration<K, V> klepto(
      MutableConfiguration<K, V> standard, EvictionPolicy policy, long capacity) {
    return KleptoConfiguration.builder(standard).policy(policy).maxEntries(capacity).build();
  }

  private static <K, V> Configuration<K, V> cache2k(
      MutableConfiguration<K, V> standard, long capacity) {
    ExtendedMutableConfiguration<K, V> all =
        ExtendedMutableConfiguration.of(
            Cache2kBuilder.of(standard.getKeyType(), standard.getValueType())
                .entryCapacity(capacity)
                .disableStatistics(!standard.isStatisticsEnabled())
                .with(
                    JCacheConfig.class,
                    section ->
                        section
                            .supportOnlineListenerAttachment(false)
                            .copyAlwaysIfRequested(true)));
    all.setTypes(standard.getKeyType(), standard.getValueType());
    all.setStoreByValue(standard.isStoreByValue());
    all.setStatisticsEnabled(standard.isStatisticsEnabled());
    all.setExpiryPolicyFactory(standard.getExpiryPolicyFactory());
    all.setCacheLoaderFactory(standard.getCacheLoaderFactory());
    all.setReadThrough(standard.isReadThrough());
    standard.getCacheEntryListenerConfigurations().forEach(all::addCacheEntryListenerConfiguration);
    return all;
  }

  /** Takes from the standard's settings what the bounded rows use: a loader, by reference. */
  private static <K, V> Configuration<K, V> ehcache(
      MutableConfiguration<K, V> standard, long capacity) {
    if (standard.isStoreByValue()) {
      throw new IllegalArgumentException("bounded caches are compared by reference alone");
    }
    CacheConfigurationBuilder<K, V> own =
        CacheConfigurationBuilder.newCacheConfigurationBuilder(
            standard.getKeyType(), standard.getValueType(), ResourcePoolsBuilder.heap(capacity));
    if (standard.isReadThrough()) {
      own = own.withLoaderWriter(new Loading<>(standard.getCacheLoaderFactory().create()));
    }
    return Eh107Configuration.fromEhcacheCacheConfiguration(own);
  }

  /** A loader as Ehcache knows it. */
  private record Loading<K, V>(CacheLoader<K, V> loader) implements CacheLoaderWriter<K, V> {
    @Override
    public V load(K key) {
      return loader.load(key);
    }

    @Override
    public void write(K key, V value) {} // nobody else wants to know

    @Override
    public void delete(K key) {}
  }
}
