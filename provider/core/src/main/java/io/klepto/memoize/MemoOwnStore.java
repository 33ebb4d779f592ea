package io.klepto.memoize;

import io.klepto.archive.Archive;
import io.klepto.jcache.CacheInfo;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.store.Hits;
import java.util.Optional;
import java.util.function.Function;

/**
 * A cache of the function's own, so that a key in memory is no more than that of the call, with the
 * function's {@linkplain MemoArchive part} of an archive behind it.
 *
 * <p>The monitor guards which archive is attached; calls of the function never take it.
 */
final class MemoOwnStore implements MemoStore {
  private final MemoIdentity identity;
  private final KleptoCache<Object, Object> cache;
  private Archive<Object, Object> whole; // guarded by this

  MemoOwnStore(MemoIdentity identity, KleptoCache<Object, Object> cache) {
    this.identity = identity;
    this.cache = cache;
  }

  @Override
  public Hits hitsOrNull() {
    return cache.unwrap(Hits.class);
  }

  @Override
  public Object getOrCompute(Object callKey, Function<Object, Object> function) {
    return cache.getOrCompute(callKey, function);
  }

  @Override
  public Object lookup(Object callKey) {
    return cache.lookup(callKey);
  }

  @Override
  public CacheInfo info() {
    return cache.info();
  }

  @Override
  public void load() {
    cache.load();
  }

  @Override
  public void dump() {
    cache.dump();
  }

  @Override
  public void clear() {
    cache.evictAll(false);
  }

  @Override
  public void clearAll() {
    cache.clear();
  }

  @Override
  public synchronized Optional<Archive<Object, Object>> archive() {
    return cache.archived() ? Optional.of(whole) : Optional.empty();
  }

  @Override
  public synchronized void archive(Archive<Object, Object> archive) {
    cache.archive(new MemoArchive(archive, identity));
    whole = archive;
  }

  @Override
  public boolean archived() {
    return cache.archived();
  }

  @Override
  public synchronized void archived(boolean on) {
    cache.archived(on);
  }

  @Override
  public long prune() {
    return archive().map(archive -> new MemoArchive(archive, identity).prune()).orElse(0L);
  }

  @Override
  public Object note(Object key) {
    return archive().map(archive -> archive.get(key)).orElse(null);
  }

  @Override
  public void keepNote(Object key, Object note) {
    archive().ifPresent(archive -> archive.put(key, note));
  }

  @Override
  public void close() {
    cache.close();
  }
}
