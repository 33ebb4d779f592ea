package io.klepto.jcache;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.ArchiveException;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.file.ManagerConfiguration;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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
 * <p>Caches that the manager's file configures are listed from the start, and created when they are
 * first asked for, or by {@code createCache}, which lays the caller's settings over the file's. One
 * that was closed is created anew when it is asked for again; one that was destroyed is not.
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
  private final ManagerConfiguration configured;
  private final ConcurrentHashMap<String, TieredCache<?, ?>> caches = new ConcurrentHashMap<>();

  /** Caches of the file that were destroyed: they come again by {@link #createCache} alone. */
  private final Set<String> destroyed = ConcurrentHashMap.newKeySet();

  private final Set<String> beingCreated = new HashSet<>(); // guarded by this
  private volatile boolean closed;

  KleptoCacheManager(
      KleptoCachingProvider provider,
      URI uri,
      ClassLoader classLoader,
      Properties properties,
      ManagerConfiguration configured) {
    this.provider = provider;
    this.configured = configured;
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
    return create(cacheName, configuration);
  }

  /** Creates what is configured, unless another thread has; null if it was destroyed meanwhile. */
  private synchronized TieredCache<?, ?> createConfigured(String cacheName) {
    checkOpen();
    TieredCache<?, ?> created = caches.get(cacheName);
    if (created != null || !isConfigured(cacheName)) {
      return created;
    }
    return create(cacheName, null);
  }

  private boolean isConfigured(String cacheName) {
    return configured.has(cacheName) && !destroyed.contains(cacheName);
  }

  /**
   * Creates a cache, under this object's monitor; names the file if the file speaks of it.
   *
   * @param asked what the application wants of it, null for what is configured alone
   */
  private <K, V> TieredCache<K, V> create(String cacheName, Configuration<K, V> asked) {
    if (!beingCreated.add(cacheName)) {
      throw new CacheException(
          "cannot create cache " + cacheName + ": one of its own parts asks for it");
    }
    KleptoConfiguration<K, V> complete = null;
    try {
      complete = complete(cacheName, asked);
      TieredCache<K, V> cache = start(cacheName, complete);
      destroyed.remove(cacheName);
      return cache;
    } catch (CacheException e) {
      Optional<String> where =
          complete != null && e instanceof ArchiveException
              ? whereOfArchive(cacheName, complete)
              : configured.whereOf(cacheName);
      throw where.map(line -> failed(cacheName, line, e)).orElse(e);
    } finally {
      beingCreated.remove(cacheName);
    }
  }

  @SuppressWarnings("unchecked") // of what is configured alone, nobody has declared other types
  private <K, V> KleptoConfiguration<K, V> complete(String cacheName, Configuration<K, V> asked) {
    return asked == null
        ? (KleptoConfiguration<K, V>) configured.of(cacheName)
        : configured.overlaidBy(cacheName, asked);
  }

  /** Returns where the file names the archive of a cache, or else speaks of the cache. */
  private Optional<String> whereOfArchive(String cacheName, KleptoConfiguration<?, ?> complete) {
    return complete
        .archive()
        .flatMap(archive -> configured.whereOfArchive(cacheName, archive.location()))
        .or(() -> configured.whereOf(cacheName));
  }

  private static CacheException failed(String cacheName, String where, CacheException cause) {
    return new CacheException(
        "cannot create cache %s, configured at %s: %s"
            .formatted(cacheName, where, cause.getMessage()),
        cause);
  }

  private <K, V> TieredCache<K, V> start(String cacheName, KleptoConfiguration<K, V> complete) {
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

  /** Returns a cache; one that is configured is created now. Null if there is no such one. */
  @SuppressWarnings("unchecked")
  private <K, V> TieredCache<K, V> find(String cacheName) {
    TieredCache<?, ?> cache = caches.get(requireNonNull(cacheName, "cacheName"));
    if (cache == null && isConfigured(cacheName)) {
      cache = createConfigured(cacheName);
    }
    return (TieredCache<K, V>) cache;
  }

  @Override
  public Iterable<String> getCacheNames() {
    checkOpen();
    Set<String> names = new LinkedHashSet<>(caches.keySet());
    configured.names().stream().filter(this::isConfigured).forEach(names::add);
    return Set.copyOf(names);
  }

  @Override
  public void destroyCache(String cacheName) {
    checkOpen();
    TieredCache<?, ?> cache = find(cacheName); // a configured one may have an archive to destroy
    if (cache != null) {
      if (configured.has(cacheName)) {
        destroyed.add(cacheName);
      }
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
