package io.klepto.jcache;

import static java.util.Objects.requireNonNull;

import io.klepto.jcache.config.file.ManagerConfiguration;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;

/**
 * The JCache provider: hands out cache managers, one for each pair of URI and class loader
 * (JSR-107, {@code CachingProvider}).
 *
 * <p>The URI of a manager names its configuration file: {@code file:}, {@code classpath:}, {@code
 * jar:}, or a path, which is looked for in the working directory and then on the class path. The
 * default URI, and those that begin with {@code klepto:}, name none. Properties whose names begin
 * with {@code klepto.} say what a file can say, and replace what it says. Every key stands, with
 * its default, in {@code reference.conf} beside {@link
 * io.klepto.jcache.config.KleptoConfiguration}. A file that is missing or wrong fails here, with a
 * {@code CacheException} that names file, line and key.
 *
 * <p>A null URI, class loader or set of properties stands for the default. A manager that was
 * closed can be had again, new and empty. The provider refers to a class loader only while a
 * manager of it is open. Any number of threads may call; this object's monitor guards the table of
 * managers.
 */
public final class KleptoCachingProvider implements CachingProvider {
  /** Free of the characters that JMX object names or their patterns treat specially. */
  private static final URI DEFAULT_URI = URI.create("klepto");

  private final Map<ManagerKey, KleptoCacheManager> managers = new HashMap<>();

  /** Spells out what a record would do by itself, since the first use of that costs 30 ms. */
  private record ManagerKey(URI uri, ClassLoader classLoader) {
    @Override
    public boolean equals(Object other) {
      return other instanceof ManagerKey that
          && uri.equals(that.uri)
          && classLoader.equals(that.classLoader);
    }

    @Override
    public int hashCode() {
      return 31 * uri.hashCode() + classLoader.hashCode();
    }
  }

  /** Makes a provider; {@link java.util.ServiceLoader} calls this. */
  public KleptoCachingProvider() {}

  @Override
  public synchronized CacheManager getCacheManager(
      URI uri, ClassLoader classLoader, Properties properties) {
    URI managerUri = uri == null ? getDefaultURI() : uri;
    ClassLoader loader = classLoader == null ? getDefaultClassLoader() : classLoader;
    ManagerKey key = new ManagerKey(managerUri, loader);
    KleptoCacheManager manager = managers.get(key);
    if (manager == null) {
      manager =
          new KleptoCacheManager(
              this,
              managerUri,
              loader,
              properties,
              ManagerConfiguration.read(managerUri, loader, properties));
      managers.put(key, manager);
    }
    return manager;
  }

  @Override
  public CacheManager getCacheManager(URI uri, ClassLoader classLoader) {
    return getCacheManager(uri, classLoader, getDefaultProperties());
  }

  @Override
  public CacheManager getCacheManager() {
    return getCacheManager(getDefaultURI(), getDefaultClassLoader(), getDefaultProperties());
  }

  @Override
  public ClassLoader getDefaultClassLoader() {
    return KleptoCachingProvider.class.getClassLoader();
  }

  @Override
  public URI getDefaultURI() {
    return DEFAULT_URI;
  }

  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  @Override
  public void close() {
    closeAll(List.copyOf(snapshot().values()));
  }

  @Override
  public void close(ClassLoader classLoader) {
    ClassLoader loader = classLoader == null ? getDefaultClassLoader() : classLoader;
    closeAll(
        snapshot().entrySet().stream()
            .filter(entry -> entry.getKey().classLoader() == loader)
            .map(Map.Entry::getValue)
            .toList());
  }

  @Override
  public void close(URI uri, ClassLoader classLoader) {
    URI managerUri = uri == null ? getDefaultURI() : uri;
    ClassLoader loader = classLoader == null ? getDefaultClassLoader() : classLoader;
    KleptoCacheManager manager = snapshot().get(new ManagerKey(managerUri, loader));
    if (manager != null) {
      manager.close();
    }
  }

  @Override
  public boolean isSupported(OptionalFeature feature) {
    return requireNonNull(feature, "feature") == OptionalFeature.STORE_BY_REFERENCE;
  }

  /** Lets go of a manager that is closed; only of this very one. */
  synchronized void forget(KleptoCacheManager manager) {
    managers.remove(new ManagerKey(manager.getURI(), manager.getClassLoader()), manager);
  }

  private synchronized Map<ManagerKey, KleptoCacheManager> snapshot() {
    return Map.copyOf(managers);
  }

  private static void closeAll(List<KleptoCacheManager> closing) {
    closing.forEach(KleptoCacheManager::close);
  }
}
