package io.klepto.memoize;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.Archive;
import io.klepto.jcache.CacheInfo;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.store.Hits;
import io.klepto.jcache.through.Fetched;
import io.klepto.jcache.through.Flight;
import io.klepto.jcache.through.Flights;
import io.klepto.jcache.through.Flights.Claim;
import io.klepto.jcache.through.StackReserve;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.cache.Cache;

/**
 * A cache that was made elsewhere, of any provider, which functions share among each other and with
 * whatever else lies in it.
 *
 * <p>One of our caches has everything: what is said of memory, archive and counters is said of the
 * whole cache then. Any other provider's gets and puts, and this class sees to it that a result is
 * computed once at a time in this JVM; what such a provider does not know is refused by name.
 */
final class MemoSharedStore implements MemoStore {
  private final MemoIdentity identity;
  private final Cache<Object, Object> cache;
  private final Optional<KleptoCache<Object, Object>> klepto;
  private final Flights<Object> flights = new Flights<>();

  MemoSharedStore(MemoIdentity identity, Cache<Object, Object> cache) {
    this.identity = identity;
    this.cache = requireNonNull(cache, "cache");
    this.klepto = kleptoOf(cache);
  }

  @SuppressWarnings("unchecked") // the types of a cache do not change when it is unwrapped
  private static Optional<KleptoCache<Object, Object>> kleptoOf(Cache<Object, Object> cache) {
    return cache instanceof KleptoCache<?, ?>
        ? Optional.of((KleptoCache<Object, Object>) cache)
        : Optional.empty();
  }

  private KleptoCache<Object, Object> klepto(String verb) {
    return klepto.orElseThrow(
        () ->
            new UnsupportedOperationException(
                "function %s, %s: expected a cache of Klepto, found %s of %s, which has no such thing"
                    .formatted(
                        identity.function(), verb, cache.getName(), cache.getClass().getName())));
  }

  /** Returns null: keys are lists here, and the cache may be anybody's. */
  @Override
  public Hits hitsOrNull() {
    return null;
  }

  @Override
  public Object getOrCompute(Object callKey, Function<Object, Object> function) {
    Object key = identity.key(callKey);
    if (klepto.isPresent()) {
      return klepto.get().getOrCompute(key, full -> function.apply(callKey));
    }
    Object found = cache.get(key);
    return found == null ? compute(key, () -> function.apply(callKey)) : found;
  }

  private Object compute(Object key, Supplier<Object> function) {
    StackReserve.require();
    Claim<Object> claim = flights.claim(key);
    Flight<Object> flight = claim.flight();
    if (!claim.mine()) {
      return flight.await().value();
    }
    try {
      Object arrived = cache.get(key);
      Object result = arrived == null ? function.get() : arrived;
      flight.complete(Fetched.loaded(result));
      if (arrived == null && !flight.isSuperseded()) {
        cache.put(key, result);
      }
      return result;
    } catch (Throwable e) {
      flight.fail(e);
      throw e;
    } finally {
      flights.land(key, flight);
    }
  }

  @Override
  public Object lookup(Object callKey) {
    Object key = identity.key(callKey);
    return klepto.isPresent() ? klepto.get().lookup(key) : cache.get(key);
  }

  @Override
  public CacheInfo info() {
    return klepto("info").info();
  }

  @Override
  public void load() {
    klepto("load").load();
  }

  @Override
  public void dump() {
    klepto("dump").dump();
  }

  /** Where there is an archive, memory is emptied of all; nothing is lost by that. */
  @Override
  public void clear() {
    if (klepto.isPresent() && klepto.get().archived()) {
      klepto.get().evictAll(false);
    } else {
      remove(identity::ownsAnyVersion);
    }
  }

  @Override
  public void clearAll() {
    remove(identity::ownsAnyVersion);
  }

  private long remove(Predicate<Object> unwanted) {
    flights.supersedeAll();
    Set<Object> keys = new HashSet<>();
    cache.forEach(
        entry -> {
          if (unwanted.test(entry.getKey())) {
            keys.add(entry.getKey());
          }
        });
    cache.removeAll(keys);
    return keys.size();
  }

  @Override
  public Optional<Archive<Object, Object>> archive() {
    return klepto("archive").archive();
  }

  @Override
  public void archive(Archive<Object, Object> archive) {
    klepto("archive").archive(archive);
  }

  @Override
  public boolean archived() {
    return klepto("archived").archived();
  }

  @Override
  public void archived(boolean on) {
    klepto("archived").archived(on);
  }

  @Override
  public long prune() {
    return remove(identity::ownsOtherVersion);
  }

  @Override
  public Object note(Object key) {
    return cache.get(key);
  }

  @Override
  public void keepNote(Object key, Object note) {
    cache.put(key, note);
  }

  /** Does nothing: the cache is closed by who made it. */
  @Override
  public void close() {}
}
