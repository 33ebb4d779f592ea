package io.klepto.jcache.through;

import java.util.Collection;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;

/**
 * The application's writer, with its exceptions as JSR-107 prescribes (section 8.2): whatever it
 * throws reaches the caller as {@link CacheWriterException}. As safe for many threads as it is.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class UserWriter<K, V> {
  private final CacheWriter<? super K, ? super V> writer;

  /** Wraps a writer. */
  public UserWriter(CacheWriter<? super K, ? super V> writer) {
    this.writer = writer;
  }

  /** Writes one entry. */
  public void write(K key, V value) {
    try {
      writer.write(new WrittenEntry<K, V>(key, value));
    } catch (RuntimeException e) {
      throw asWriterException("write", e);
    }
  }

  /**
   * Writes many entries.
   *
   * @param entries modifiable; after a failure, exactly those that were not written are left in it
   */
  public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
    try {
      writer.writeAll(narrow(entries));
    } catch (RuntimeException e) {
      throw asWriterException("writeAll", e);
    }
  }

  /** Deletes one entry, whether or not the cache knows it. */
  public void delete(K key) {
    try {
      writer.delete(key);
    } catch (RuntimeException e) {
      throw asWriterException("delete", e);
    }
  }

  /**
   * Deletes many entries.
   *
   * @param keys modifiable; after a failure, exactly those that were not deleted are left in it
   */
  public void deleteAll(Collection<K> keys) {
    try {
      writer.deleteAll(keys);
    } catch (RuntimeException e) {
      throw asWriterException("deleteAll", e);
    }
  }

  /** Returns the application's object, to be closed with the cache. */
  public Object unwrap() {
    return writer;
  }

  /** The writer's own type parameters are wider than ours; it only reads what it is given. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <A, B> Collection<Cache.Entry<? extends A, ? extends B>> narrow(
      Collection entries) {
    return entries;
  }

  private static CacheWriterException asWriterException(String call, RuntimeException e) {
    return e instanceof CacheWriterException already
        ? already
        : new CacheWriterException("the writer failed in " + call + ": " + e, e);
  }

  /**
   * An entry as a writer sees it.
   *
   * @param getKey the key
   * @param getValue the value
   */
  public record WrittenEntry<K, V>(K getKey, V getValue) implements Cache.Entry<K, V> {
    @Override
    public <T> T unwrap(Class<T> type) {
      if (type.isInstance(this)) {
        return type.cast(this);
      }
      throw new IllegalArgumentException("cannot unwrap a written entry to " + type.getName());
    }
  }
}
