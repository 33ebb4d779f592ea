package io.klepto.jcache;

import io.klepto.archive.ArchiveException;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.store.UnencodableKeyException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;

/**
 * A cache with {@link Failure#BYPASS}: a call whose key can't be encoded, or for which the archive
 * can't be read, is a miss that stores nothing; it is counted, and logged the first time. Where
 * there is a loader, {@code get} and {@code getAll} give what it loads. A bulk call passes over the
 * keys that it fails for, and does the others: a change that has to read first, and can't, changes
 * nothing. Failed writes throw.
 *
 * <p>Entry processors are the exception: they must run exactly once on an entry, so {@code invoke}
 * throws. So does the iterator for an entry that can't be read; it goes on behind it. And so does
 * {@code removeAll()}, which must not leave what it was told to remove without a word.
 *
 * <p>Source: klepto's safe caches. Works with every policy and every archive. Any number of threads
 * may call.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class SafeCache<K, V> extends TieredCache<K, V> {
  private final AtomicBoolean logged = new AtomicBoolean();

  SafeCache(
      String name,
      KleptoCacheManager manager,
      KleptoConfiguration<K, V> configuration,
      ClassLoader classLoader) {
    super(name, manager, configuration, classLoader);
  }

  private <R> R safely(Supplier<R> call, Supplier<R> ifBypassed) {
    try {
      return call.get();
    } catch (UnencodableKeyException e) {
      bypassed(e);
    } catch (CacheLoaderException e) {
      requireOfArchive(e);
      bypassed(e);
    }
    return ifBypassed.get();
  }

  /** Tries the keys of a bulk call one by one, each for itself, if it fails for some of them. */
  private <R> R safelyInBulk(Supplier<R> call, Supplier<R> oneByOne) {
    try {
      return call.get();
    } catch (UnencodableKeyException e) {
      return oneByOne.get();
    } catch (CacheLoaderException e) {
      requireOfArchive(e);
      return oneByOne.get();
    }
  }

  /** The failures of the application's loader are its own. */
  private static void requireOfArchive(CacheException e) {
    if (!(e.getCause() instanceof ArchiveException)) {
      throw e;
    }
  }

  private void bypassed(CacheException e) {
    lifecycle().tiers().statistics.bypassed();
    if (logged.compareAndSet(false, true)) {
      System.getLogger(SafeCache.class.getName())
          .log(Level.WARNING, this + " takes a failed call for a miss; not logged again", e);
    }
  }

  private void countMiss() {
    Counting statistics = lifecycle().tiers().statistics;
    statistics.miss(statistics.startGet());
  }

  private boolean safely(Supplier<Boolean> call) {
    return safely(call, () -> false);
  }

  private V loadOnly(K key) {
    Tiers<K, V> tiers = lifecycle().tiers();
    countMiss();
    return tiers.readThrough ? tiers.loader.load(key) : null;
  }

  @Override
  public V get(K key) {
    return safely(() -> super.get(key), () -> loadOnly(key));
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    return safelyInBulk(() -> super.getAll(keys), () -> getOneByOne(keys));
  }

  /**
   * Also gives what was computed if it can't be kept: the function may have worked for hours, and a
   * cache that is safe is there for its sake.
   */
  @Override
  public V getOrCompute(K key, Function<? super K, ? extends V> function) {
    Computation<K, V> computation = new Computation<>(function);
    try {
      return super.getOrCompute(key, computation);
    } catch (UnencodableKeyException | CacheLoaderException | CacheWriterException e) {
      computation.rethrowIfFailed(e);
      if (!(e instanceof UnencodableKeyException)) {
        requireOfArchive(e);
      }
      bypassed(e);
      countMiss();
      return computation.resultFor(key);
    }
  }

  /** One call of a function, which remembers what came of it. For one thread. */
  private static final class Computation<K, V> implements Function<K, V> {
    private final Function<? super K, ? extends V> function;
    private boolean done;
    private V result;
    private Throwable failure;

    Computation(Function<? super K, ? extends V> function) {
      this.function = function;
    }

    @Override
    public V apply(K key) {
      try {
        result = function.apply(key);
        done = true;
        return result;
      } catch (Throwable e) {
        failure = e;
        throw e;
      }
    }

    /** Throws what is the function's own failure. */
    void rethrowIfFailed(CacheException e) {
      if (failure == e) {
        throw e;
      }
    }

    V resultFor(K key) {
      return done ? result : function.apply(key);
    }
  }

  private Map<K, V> getOneByOne(Set<? extends K> keys) {
    Map<K, V> found = new HashMap<>();
    for (K key : keys) {
      V value = get(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  @Override
  public boolean containsKey(K key) {
    return safely(() -> super.containsKey(key));
  }

  @Override
  public void put(K key, V value) {
    safely(
        () -> {
          super.put(key, value);
          return true;
        });
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    safelyInBulk(
        () -> {
          super.putAll(map);
          return true;
        },
        () -> {
          map.forEach(this::put);
          return true;
        });
  }

  @Override
  public V getAndPut(K key, V value) {
    return safely(() -> super.getAndPut(key, value), () -> null);
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    return safely(() -> super.putIfAbsent(key, value));
  }

  @Override
  public boolean remove(K key) {
    return safely(() -> super.remove(key));
  }

  @Override
  public boolean remove(K key, V oldValue) {
    return safely(() -> super.remove(key, oldValue));
  }

  @Override
  public V getAndRemove(K key) {
    return safely(() -> super.getAndRemove(key), () -> null);
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    return safely(() -> super.replace(key, oldValue, newValue));
  }

  @Override
  public boolean replace(K key, V value) {
    return safely(() -> super.replace(key, value));
  }

  @Override
  public V getAndReplace(K key, V value) {
    return safely(() -> super.getAndReplace(key, value), () -> null);
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    safelyInBulk(
        () -> {
          super.removeAll(keys);
          return true;
        },
        () -> {
          keys.forEach(this::remove);
          return true;
        });
  }

  @Override
  void loadNow(Set<K> keys, boolean replaceExistingValues) {
    safelyInBulk(
        () -> {
          super.loadNow(keys, replaceExistingValues);
          return true;
        },
        () -> {
          keys.forEach(key -> loadOneNow(key, replaceExistingValues));
          return true;
        });
  }

  private void loadOneNow(K key, boolean replaceExistingValues) {
    safely(
        () -> {
          super.loadNow(Set.of(key), replaceExistingValues);
          return true;
        });
  }

  @Override
  public V lookup(K key) {
    return safely(() -> super.lookup(key), () -> null);
  }

  @Override
  public void load(ProgressListener listener) {
    safely(
        () -> {
          super.load(listener);
          return true;
        });
  }

  @Override
  public void load(Set<? extends K> keys) {
    safelyInBulk(
        () -> {
          super.load(keys);
          return true;
        },
        () -> {
          keys.forEach(this::loadOne);
          return true;
        });
  }

  private void loadOne(K key) {
    safely(
        () -> {
          super.load(Set.of(key));
          return true;
        });
  }
}
