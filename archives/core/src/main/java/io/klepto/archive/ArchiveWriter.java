package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.store.LocationName;
import io.klepto.archive.store.RecordTimes;
import io.klepto.keymap.KeyEncodingException;
import java.io.Closeable;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;

/**
 * An archive as the {@link CacheWriter} of any JCache provider. {@code writeAll} and {@code
 * deleteAll} are one batch at the store; if some of it fails, exactly what is not finished stays in
 * the caller's collection.
 *
 * <p><b>Closing.</b> A writer from a {@link #factory} opened its archive itself and closes it; it
 * is {@link Closeable}, and providers close such writers with their cache. A writer {@link #over}
 * an archive leaves it open: whoever opened it closes it.
 *
 * <p>What it writes does not expire in the archive: a JCache provider does not tell its writer for
 * how long an entry may live.
 *
 * <p>Source: JSR-107, chapter on integration. What the archive throws is the cause of a {@link
 * CacheWriterException}. Any number of threads may call at once.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class ArchiveWriter<K, V> implements CacheWriter<K, V>, Closeable {
  private final Archive<K, V> archive;
  private final boolean isOwner;

  private ArchiveWriter(Archive<K, V> archive, boolean isOwner) {
    this.archive = archive;
    this.isOwner = isOwner;
  }

  /** Returns a writer over an archive that its caller closes, after the cache. */
  public static <K, V> ArchiveWriter<K, V> over(Archive<K, V> archive) {
    return new ArchiveWriter<>(requireNonNull(archive, "archive"), false);
  }

  /**
   * Returns a factory that opens the archive each time it creates a writer, which then owns it.
   *
   * <p>Serialisable, and equal to a factory of an equal location and configuration, as JCache
   * expects of configurations; the serialised form holds the location with all that stands in it. A
   * loader from the same location may be there beside the writer.
   *
   * @param location as in {@link Archives#open}
   */
  public static <K, V> Factory<ArchiveWriter<K, V>> factory(
      URI location, ArchiveConfiguration<K, V> configuration) {
    return new Opening<>(location, configuration);
  }

  /**
   * Writes an entry.
   *
   * @throws CacheWriterException if it can't be encoded or written
   */
  @Override
  public void write(Cache.Entry<? extends K, ? extends V> entry) {
    try {
      archive.put(entry.getKey(), entry.getValue());
    } catch (ArchiveException | KeyEncodingException e) {
      throw new CacheWriterException(e.getMessage(), e);
    }
  }

  /**
   * Writes entries, and takes those that are written out of the collection. If the collection has a
   * key twice, the later entry is written.
   *
   * @throws CacheWriterException if some were not written: they are left in the collection
   * @throws ClassCastException if a key or value is not of its declared type; nothing is written
   */
  @Override
  public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
    RecordTimes times = RecordTimes.eternal(System.currentTimeMillis());
    Map<K, TimedValue<V>> values = new LinkedHashMap<>();
    for (Cache.Entry<? extends K, ? extends V> entry : entries) {
      values.put(entry.getKey(), new TimedValue<>(entry.getValue(), times));
    }
    finish(
        () -> archive.putAllEntries(values),
        done -> entries.removeIf(entry -> done.test(entry.getKey())));
  }

  /**
   * Removes the entry of a key, if there is one.
   *
   * @throws CacheWriterException if it can't be removed
   * @throws ClassCastException if the key is not of its declared type
   */
  @Override
  public void delete(Object key) {
    try {
      archive.removeAll(Set.of(asKey(key))).orThrow();
    } catch (ArchiveException e) {
      throw new CacheWriterException(e.getMessage(), e);
    }
  }

  /**
   * Removes the entries of keys, and takes those that are removed out of the collection.
   *
   * @throws CacheWriterException if some were not removed: they are left in the collection
   * @throws ClassCastException if a key is not of its declared type; nothing is removed
   */
  @Override
  public void deleteAll(Collection<?> keys) {
    Set<K> distinct = new LinkedHashSet<>();
    for (Object key : keys) {
      distinct.add(asKey(key));
    }
    finish(() -> archive.removeAll(distinct), keys::removeIf);
  }

  /** Does a batch and takes what is done out of the caller's collection. */
  private void finish(Supplier<ArchiveOutcome<K>> batch, Consumer<Predicate<Object>> takeOut) {
    ArchiveOutcome<K> outcome;
    try {
      outcome = batch.get();
    } catch (ArchiveException e) {
      throw new CacheWriterException(e.getMessage(), e);
    }
    takeOut.accept(outcome.done()::contains);
    try {
      outcome.orThrow();
    } catch (ArchiveException e) {
      throw new CacheWriterException(
          outcome.failed().size()
              + " of "
              + (outcome.done().size() + outcome.failed().size())
              + " keys failed, first: "
              + e.getMessage(),
          e);
    }
  }

  @SuppressWarnings("unchecked") // the archive checks keys against their declared type
  private K asKey(Object key) {
    return (K) requireNonNull(key, "key");
  }

  /** Closes the archive if this writer opened it. A second call does nothing. */
  @Override
  public void close() {
    if (isOwner) {
      archive.close();
    }
  }

  /** Opens a writer when asked. */
  private record Opening<K, V>(URI location, ArchiveConfiguration<K, V> configuration)
      implements Factory<ArchiveWriter<K, V>> {
    Opening {
      requireNonNull(location, "location");
      requireNonNull(configuration, "configuration");
    }

    @Override
    public ArchiveWriter<K, V> create() {
      return new ArchiveWriter<>(Archives.open(location, configuration), true);
    }

    @Override
    public String toString() {
      return "writer to " + LocationName.of(location) + ", " + configuration;
    }
  }
}
