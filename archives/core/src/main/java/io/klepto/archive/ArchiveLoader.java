package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.store.LocationName;
import io.klepto.keymap.KeyEncodingException;
import java.io.Closeable;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;

/**
 * An archive as the {@link CacheLoader} of any JCache provider. {@code loadAll} is one batch at the
 * store.
 *
 * <p><b>Closing.</b> A loader from a {@link #factory} opened its archive itself and closes it; it
 * is {@link Closeable}, and providers close such loaders with their cache. A loader {@link #over}
 * an archive leaves it open: whoever opened it closes it.
 *
 * <p>Source: JSR-107, chapter on integration. What the archive throws is the cause of a {@link
 * CacheLoaderException}. Any number of threads may call at once.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class ArchiveLoader<K, V> implements CacheLoader<K, V>, Closeable {
  private final Archive<K, V> archive;
  private final boolean isOwner;

  private ArchiveLoader(Archive<K, V> archive, boolean isOwner) {
    this.archive = archive;
    this.isOwner = isOwner;
  }

  /** Returns a loader over an archive that its caller closes, after the cache. */
  public static <K, V> ArchiveLoader<K, V> over(Archive<K, V> archive) {
    return new ArchiveLoader<>(requireNonNull(archive, "archive"), false);
  }

  /**
   * Returns a factory that opens the archive each time it creates a loader, which then owns it.
   *
   * <p>Serialisable, and equal to a factory of an equal location and configuration, as JCache
   * expects of configurations; the serialised form holds the location with all that stands in it. A
   * writer to the same location may be there beside the loader.
   *
   * @param location as in {@link Archives#open}
   */
  public static <K, V> Factory<ArchiveLoader<K, V>> factory(
      URI location, ArchiveConfiguration<K, V> configuration) {
    return new Opening<>(location, configuration);
  }

  /**
   * Returns the value of a key, or null if there is none.
   *
   * @throws CacheLoaderException if the archive can't be read
   */
  @Override
  public V load(K key) {
    try {
      return archive.get(key);
    } catch (ArchiveException | KeyEncodingException e) {
      throw new CacheLoaderException(e.getMessage(), e);
    }
  }

  /**
   * Returns the values that are there.
   *
   * @throws CacheLoaderException if one of them can't be read: none is returned then
   */
  @Override
  public Map<K, V> loadAll(Iterable<? extends K> keys) {
    Set<K> distinct = new LinkedHashSet<>();
    keys.forEach(distinct::add);
    try {
      return archive.getAll(distinct);
    } catch (ArchiveException e) {
      throw new CacheLoaderException(e.getMessage(), e);
    }
  }

  /** Closes the archive if this loader opened it. A second call does nothing. */
  @Override
  public void close() {
    if (isOwner) {
      archive.close();
    }
  }

  /** Opens a loader when asked. */
  private record Opening<K, V>(URI location, ArchiveConfiguration<K, V> configuration)
      implements Factory<ArchiveLoader<K, V>> {
    Opening {
      requireNonNull(location, "location");
      requireNonNull(configuration, "configuration");
    }

    @Override
    public ArchiveLoader<K, V> create() {
      return new ArchiveLoader<>(Archives.open(location, configuration), true);
    }

    @Override
    public String toString() {
      return "loader from " + LocationName.of(location) + ", " + configuration;
    }
  }
}
