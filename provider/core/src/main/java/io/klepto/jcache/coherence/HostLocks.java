package io.klepto.jcache.coherence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.Archive;
import io.klepto.archive.store.KeyHold;
import io.klepto.keymap.KeyBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.cache.CacheException;

/**
 * Locks of keys in the attached archive, one user among all of the host's at a time.
 *
 * <p>There are two kinds for each key, which don't wait for each other: one to change the entry,
 * one to compute it. Computing takes long, and a change need not wait for it. A thread may change
 * what it computes, so the lock to compute comes first, then the key's lock in this process, then
 * the lock to change; who holds a lock to change never asks for one to compute.
 *
 * <p>The lock of a process that dies is free at once.
 *
 * @param <K> the type of the keys
 */
public final class HostLocks<K> {
  /** How many keys one change holds at once: each held lock makes the next one dearer. */
  public static final int MOST_AT_ONCE = 256;

  /** Behind the bytes of a key: no canonical key ends like this and begins with another whole. */
  private static final byte[] COMPUTE = "klepto computes this key".getBytes(UTF_8);

  private final Supplier<? extends Archive<K, ?>> attached;
  private final Duration patience;
  private final boolean toCompute;

  private HostLocks(
      Supplier<? extends Archive<K, ?>> attached, Duration patience, boolean toCompute) {
    this.attached = attached;
    this.patience = patience;
    this.toCompute = toCompute;
  }

  /** Returns the locks to change entries. */
  public static <K> HostLocks<K> toChange(
      Supplier<? extends Archive<K, ?>> attached, Duration patience) {
    return new HostLocks<>(attached, patience, false);
  }

  /** Returns the locks to compute entries. */
  public static <K> HostLocks<K> toCompute(
      Supplier<? extends Archive<K, ?>> attached, Duration patience) {
    return new HostLocks<>(attached, patience, true);
  }

  /**
   * Takes the lock of a key, having waited for it; null if no archive is attached.
   *
   * @throws CacheException if somebody else kept it for too long
   */
  public KeyHold hold(K key) {
    Archive<K, ?> archive = attached.get();
    if (archive == null) {
      return null;
    }
    return hold(archive, key, archive.keyBytes(key));
  }

  private KeyHold hold(Archive<K, ?> archive, K key, KeyBytes bytes) {
    return archive
        .store()
        .lockKey(toCompute ? computing(bytes) : bytes, patience)
        .orElseThrow(
            () ->
                new CacheException(
                    "key %s: expected its lock in archive %s within %s, found that another process, which may be suspended, or another cache kept it; nothing was changed"
                        .formatted(key, archive.name(), patience)));
  }

  /** Takes the lock of a key, having waited for it; null if somebody else kept it, too. */
  public KeyHold holdOrNull(K key) {
    Archive<K, ?> archive = attached.get();
    if (archive == null) {
      return null;
    }
    KeyBytes bytes = archive.keyBytes(key);
    return archive.store().lockKey(toCompute ? computing(bytes) : bytes, patience).orElse(null);
  }

  /**
   * Takes the locks of several keys, in the order of their bytes, so that no two callers wait for
   * each other; null if no archive is attached.
   *
   * @throws CacheException if somebody else kept one of them for too long; none is held then
   */
  public KeyHold holdAll(Collection<K> keys) {
    Archive<K, ?> archive = attached.get();
    if (archive == null) {
      return null;
    }
    TreeMap<KeyBytes, K> ordered = new TreeMap<>();
    keys.forEach(key -> ordered.put(archive.keyBytes(key), key));
    List<KeyHold> held = new ArrayList<>();
    try {
      ordered.forEach((bytes, key) -> held.add(hold(archive, key, bytes)));
    } catch (Throwable e) {
      held.forEach(KeyHold::close);
      throw e;
    }
    return () -> held.forEach(KeyHold::close);
  }

  private static KeyBytes computing(KeyBytes key) {
    byte[] bytes = Arrays.copyOf(key.bytes(), key.length() + COMPUTE.length);
    System.arraycopy(COMPUTE, 0, bytes, key.length(), COMPUTE.length);
    return KeyBytes.of(bytes);
  }
}
