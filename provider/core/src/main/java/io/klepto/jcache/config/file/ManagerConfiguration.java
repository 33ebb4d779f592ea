package io.klepto.jcache.config.file;

import io.klepto.archive.store.Suggestion;
import io.klepto.jcache.config.KleptoConfiguration;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.configuration.Configuration;

/**
 * What a cache manager was told by the file that its URI names, and by its properties: the caches
 * that it has by configuration, and what holds for all others.
 *
 * <p>Source: JSR-107, {@code CachingProvider.getCacheManager}. Without a file, and without
 * properties below {@code klepto}, nothing of this is loaded. Immutable and safe for use by many
 * threads; refers to the manager's class loader.
 */
public final class ManagerConfiguration {
  private static final String NO_FILE = "klepto";

  private final CachesSettings settings;
  private final NamedClasses classes;

  private ManagerConfiguration(CachesSettings settings, ClassLoader classLoader) {
    this.settings = settings;
    this.classes = new NamedClasses(classLoader);
  }

  /**
   * Reads and checks everything, and loads no class that the file names.
   *
   * @param uri the manager's: {@code klepto} and {@code klepto:…} name no file, all others do
   * @param classLoader the manager's
   * @param properties the manager's; may be null
   * @throws CacheException if there is no such file, or anything in it is not as it must be
   */
  public static ManagerConfiguration read(URI uri, ClassLoader classLoader, Properties properties) {
    boolean file = namesFile(uri);
    if (!file && !speakToUs(properties)) {
      return new ManagerConfiguration(null, classLoader);
    }
    Optional<SourceText> source =
        file ? Optional.of(new Locator(uri, classLoader).find()) : Optional.empty();
    CachesSettings settings =
        Reading.of(source, properties == null ? new Properties() : properties);
    return new ManagerConfiguration(settings, classLoader);
  }

  private static boolean namesFile(URI uri) {
    return uri.getScheme() == null
        ? !uri.toString().equals(NO_FILE)
        : !uri.getScheme().equalsIgnoreCase(NO_FILE);
  }

  private static boolean speakToUs(Properties properties) {
    if (properties != null) {
      for (String name : properties.stringPropertyNames()) {
        if (Suggestion.among(List.of(NO_FILE), name.split("\\.", 2)[0]).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the names of the caches that are configured. */
  public Set<String> names() {
    return settings == null ? Set.of() : settings.names();
  }

  /** Returns whether a cache is configured. */
  public boolean has(String name) {
    return settings != null && settings.configured(name).isPresent();
  }

  /**
   * Returns the configuration of a cache as it stands in the file; loads the classes that it names.
   *
   * @param name one of {@link #names}
   * @throws CacheException if a class is not there, or is not what it must be
   */
  public KleptoConfiguration<Object, Object> of(String name) {
    return settings.of(name).configuration(classes);
  }

  /**
   * Returns the configuration of a cache that is created: what the caller says above what the file
   * says of that cache, or of all caches.
   *
   * @param name any name
   * @param asked what the caller says; what is as JSR-107 has it by default says nothing
   * @throws IllegalArgumentException if the caller declares other types than the file
   * @throws CacheException if a class is not there, or is not what it must be
   */
  @SuppressWarnings("unchecked") // the types are the caller's, or the caller has declared none
  public <K, V> KleptoConfiguration<K, V> overlaidBy(String name, Configuration<K, V> asked) {
    if (settings == null) {
      return KleptoConfiguration.builder(asked).build();
    }
    CacheSettings cache = settings.of(name);
    KleptoConfiguration<Object, Object> configured = cache.configuration(classes);
    requireSame(name, "key", cache, configured.getKeyType(), asked.getKeyType());
    requireSame(name, "value", cache, configured.getValueType(), asked.getValueType());
    return (KleptoConfiguration<K, V>) configured.overlaidBy((Configuration<Object, Object>) asked);
  }

  private static void requireSame(
      String name, String subject, CacheSettings cache, Class<?> configured, Class<?> asked) {
    if (configured != asked && configured != Object.class && asked != Object.class) {
      throw new IllegalArgumentException(
          "cannot create cache %s: expected %s type %s, as %s says, found %s%s"
              .formatted(
                  name,
                  subject,
                  configured.getName(),
                  cache.where(),
                  asked.getName(),
                  configured.getName().equals(asked.getName()) ? " of another class loader" : ""));
    }
  }

  /** Returns where the file speaks of a cache, for messages; empty if no file does. */
  public Optional<String> whereOf(String name) {
    return settings == null
        ? Optional.empty()
        : settings.configured(name).map(CacheSettings::where);
  }

  /**
   * Returns where the file says that a cache has its archive, for messages; empty if the archive is
   * not the file's.
   *
   * @param name any name
   * @param location of the archive that the cache has
   */
  public Optional<String> whereOfArchive(String name, URI location) {
    return settings == null
        ? Optional.empty()
        : Optional.of(settings.of(name))
            .filter(
                cache ->
                    cache.trial().archive().filter(a -> a.location().equals(location)).isPresent())
            .flatMap(CacheSettings::whereOfArchive);
  }
}
