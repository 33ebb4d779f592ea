package io.klepto.jcache;

import static java.util.Objects.requireNonNull;

import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;

/**
 * The caches of one URI and class loader (JSR-107, {@code CacheManager}).
 *
 * <p>Any number of threads may call. Looking a cache up takes no lock; creating, destroying and
 * closing hold this object's monitor, so that a name has one cache and none is created in a closing
 * manager.
 */
final class KleptoCacheManager implements CacheManager {
  private final KleptoCachingProvider provider;
  private final URI uri;
  private final ClassLoader classLoader;
  private final Properties properties;
  private final ConcurrentHashMap<String, TieredCache<?, ?>> caches = new ConcurrentHashMap<>();
  private volatile boolean closed;

  KleptoCacheManager(
      KleptoCachingProvider provider, URI uri, ClassLoader classLoader, Properties properties) {
    this.provider = provider;
    this.uri = uri;
    this.classLoader = classLoader;
    this.properties = new Properties();
    if (properties != null) {
      for (String name : properties.stringPropertyNames()) {
        this.properties.setProperty(name, properties.getProperty(name));
      }
    }
  }

  @Override
  public CachingProvider getCachingProvider() {
    return provider;
  }

  @Override
  public URI getURI() {
    return uri;
  }

  @Override
  public ClassLoader getClassLoader() {
    return classLoader;
  }

  @Override
  public Properties getProperties() {
    return properties;
  }

  @Override
  public synchronized <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      String cacheName, C configuration) throws IllegalArgumentException {
    checkOpen();
    requireNonNull(cacheName, "cacheName");
    requireNonNull(configuration, "configuration");
    if (caches.containsKey(cacheName)) {
      throw new CacheException(
          "cannot create cache " + cacheName + ": this manager has a cache of that name already");
    }
    KleptoConfiguration<K, V> complete = KleptoConfiguration.builder(configuration).build();
    TieredCache<K, V> cache =
        complete.failure() == Failure.BYPASS
            ? new SafeCache<>(cacheName, this, complete, classLoader)
            : new TieredCache<>(cacheName, this, complete, classLoader);
    caches.put(cacheName, cache);
    try {
      cache.lifecycle().start();
    } catch (RuntimeException e) {
      caches.remove(cacheName);
      cache.lifecycle().end(false);
      throw e;
    }
    return cache;
  }

  @Override
  public <K, V> Cache<K, V> getCache(String cacheName, Class<K> keyType, Class<V> valueType) {
    checkOpen();
    requireNonNull(keyType, "keyType");
    requireNonNull(valueType, "valueType");
    TieredCache<K, V> cache = find(cacheName);
    if (cache != null) {
      Configuration<K, V> configuration = cache.lifecycle().configuration();
      checkType(cacheName, "key", configuration.getKeyType(), keyType);
      checkType(cacheName, "value", configuration.getValueType(), valueType);
    }
    return cache;
  }

  private static void checkType(
      String cacheName, String subject, Class<?> configured, Class<?> asked) {
    if (configured != asked) {
      throw new ClassCastException(
          "cache "
              + cacheName
              + ": its "
              + subject
              + " type is "
              + configured.getName()
              + ", asked for was "
              + asked.getName());
    }
  }

  @Override
  public <K, V> Cache<K, V> getCache(String cacheName) {
    checkOpen();
    return find(cacheName);
  }

  @SuppressWarnings("unchecked")
  private <K, V> TieredCache<K, V> find(String cacheName) {
    return (TieredCache<K, V>) caches.get(requireNonNull(cacheName, "cacheName"));
  }

  @Override
  public Iterable<String> getCacheNames() {
    checkOpen();
    return Set.copyOf(new LinkedHashSet<>(caches.keySet()));
  }

  @Override
  public void destroyCache(String cacheName) {
    checkOpen();
    TieredCache<?, ?> cache = find(cacheName);
    if (cache != null) {
      end(cache, true);
    }
  }

  @Override
  public void enableManagement(String cacheName, boolean enabled) {
    checkOpen();
    TieredCache<?, ?> cache = find(cacheName);
    if (cache != null) {
      cache.lifecycle().enableManagement(enabled);
    }
  }

  @Override
  public void enableStatistics(String cacheName, boolean enabled) {
    checkOpen();
    TieredCache<?, ?> cache = find(cacheName);
    if (cache != null) {
      cache.lifecycle().enableStatistics(enabled);
    }
  }

  /** Closes a cache and takes it out of this manager; a second call does nothing. */
  void close(TieredCache<?, ?> cache) {
    end(cache, false);
  }

  /** Ends a cache without holding the monitor, since that may wait for operations under way. */
  private void end(TieredCache<?, ?> cache, boolean destroy) {
    try {
      cache.lifecycle().end(destroy);
    } finally {
      caches.remove(cache.getName(), cache);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    provider.forget(this);
    for (TieredCache<?, ?> cache : List.copyOf(caches.values())) {
      try {
        end(cache, false);
      } catch (RuntimeException e) {
        // JSR-107: a failure to close one cache must not keep the others open.
        System.getLogger(KleptoCacheManager.class.getName())
            .log(Level.WARNING, cache + " did not close cleanly", e);
      }
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new IllegalArgumentException(
        "cache manager " + uri + ": cannot unwrap to " + type.getName());
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("cache manager " + uri + " is closed");
    }
  }

  @Override
  public String toString() {
    return "cache manager " + uri;
  }
}
