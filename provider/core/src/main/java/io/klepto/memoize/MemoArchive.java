package io.klepto.memoize;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.ArchiveOutcome;
import io.klepto.archive.TimedValue;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.VerifyReport;
import io.klepto.keymap.KeyBytes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * The part of an archive that holds the results of one function in one version: the second tier of
 * the function's own cache, which knows nothing of the other functions beside it.
 *
 * <p>The archive stays its opener's: closing the part does nothing. Walks go over the whole
 * archive. As safe for many threads as the archive.
 */
final class MemoArchive implements Archive<Object, Object> {
  private final Archive<Object, Object> whole;
  private final MemoIdentity identity;

  MemoArchive(Archive<Object, Object> whole, MemoIdentity identity) {
    this.whole = whole;
    this.identity = identity;
  }

  private ArchiveEntry<Object, Object> own(ArchiveEntry<Object, Object> entry) {
    return entry == null
        ? null
        : new ArchiveEntry<>(
            MemoIdentity.callKey(entry.key()), entry.value(), entry.version(), entry.times());
  }

  private Set<Object> keysOf(Set<?> callKeys) {
    Set<Object> keys = new LinkedHashSet<>();
    callKeys.forEach(key -> keys.add(identity.key(key)));
    return keys;
  }

  private static <V> Map<Object, V> byCallKeys(Map<Object, V> map) {
    Map<Object, V> own = new LinkedHashMap<>();
    map.forEach((key, value) -> own.put(MemoIdentity.callKey(key), value));
    return own;
  }

  private static ArchiveOutcome<Object> byCallKeys(ArchiveOutcome<Object> outcome) {
    Set<Object> done = new LinkedHashSet<>();
    outcome.done().forEach(key -> done.add(MemoIdentity.callKey(key)));
    Map<Object, ArchiveException> failed = byCallKeys(outcome.failed());
    return new ArchiveOutcome<>(done, failed, byCallKeys(outcome.versions()));
  }

  @Override
  public String name() {
    return whole.name() + ", function " + identity.function();
  }

  @Override
  public Object get(Object key) {
    return whole.get(identity.key(key));
  }

  @Override
  public ArchiveEntry<Object, Object> entry(Object key) {
    return own(whole.entry(identity.key(key)));
  }

  @Override
  public Map<Object, ArchiveEntry<Object, Object>> entries(Set<? extends Object> keys) {
    Map<Object, ArchiveEntry<Object, Object>> own = new LinkedHashMap<>();
    whole
        .entries(keysOf(keys))
        .forEach((key, entry) -> own.put(MemoIdentity.callKey(key), own(entry)));
    return own;
  }

  @Override
  public Map<Object, Object> getAll(Set<? extends Object> keys) {
    return byCallKeys(whole.getAll(keysOf(keys)));
  }

  @Override
  public boolean contains(Object key) {
    return whole.contains(identity.key(key));
  }

  @Override
  public void put(Object key, Object value) {
    whole.put(identity.key(key), value);
  }

  @Override
  public long put(Object key, Object value, RecordTimes times) {
    return whole.put(identity.key(key), value, times);
  }

  @Override
  public void putAll(Map<? extends Object, ? extends Object> entries) {
    Map<Object, Object> all = new LinkedHashMap<>();
    entries.forEach((key, value) -> all.put(identity.key(key), value));
    whole.putAll(all);
  }

  @Override
  public ArchiveOutcome<Object> putAllEntries(Map<? extends Object, TimedValue<Object>> entries) {
    Map<Object, TimedValue<Object>> all = new LinkedHashMap<>();
    entries.forEach((key, value) -> all.put(identity.key(key), value));
    return byCallKeys(whole.putAllEntries(all));
  }

  @Override
  public boolean remove(Object key) {
    return whole.remove(identity.key(key));
  }

  @Override
  public ArchiveOutcome<Object> removeAll(Set<? extends Object> keys) {
    return byCallKeys(whole.removeAll(keysOf(keys)));
  }

  @Override
  public OptionalLong compareAndSet(
      Object key, long expectedVersion, Object value, RecordTimes times) {
    return whole.compareAndSet(identity.key(key), expectedVersion, value, times);
  }

  @Override
  public boolean compareAndRemove(Object key, long expectedVersion) {
    return whole.compareAndRemove(identity.key(key), expectedVersion);
  }

  @Override
  public boolean touch(Object key, long expectedVersion, RecordTimes times) {
    return whole.touch(identity.key(key), expectedVersion, times);
  }

  @Override
  public ArchiveCursor<Object, Object> cursor() {
    ArchiveCursor<Object, Object> all = whole.cursor();
    return new ArchiveCursor<>() {
      @Override
      public ArchiveEntry<Object, Object> next() {
        ArchiveEntry<Object, Object> entry = all.next();
        while (entry != null && !identity.owns(entry.key())) {
          entry = all.next();
        }
        return own(entry);
      }

      @Override
      public boolean isShareable() {
        return all.isShareable();
      }

      @Override
      public void close() {
        all.close();
      }
    };
  }

  @Override
  public Set<Object> keys() {
    Set<Object> own = new LinkedHashSet<>();
    select(identity::owns).forEach(key -> own.add(MemoIdentity.callKey(key)));
    return own;
  }

  @Override
  public long size() {
    return select(identity::owns).size();
  }

  /** Removes the results of the function, those of other versions too. */
  @Override
  public void clear() {
    remove(identity::ownsAnyVersion);
  }

  /** Removes the results of the function in other versions, and returns how many there were. */
  long prune() {
    return remove(identity::ownsOtherVersion);
  }

  private Set<Object> select(Predicate<Object> wanted) {
    Set<Object> keys = new LinkedHashSet<>(whole.keys());
    keys.removeIf(wanted.negate());
    return keys;
  }

  private long remove(Predicate<Object> unwanted) {
    ArchiveOutcome<Object> outcome = whole.removeAll(select(unwanted));
    outcome.orThrow();
    return outcome.done().size();
  }

  /** Refused: a map over one function's part would have to walk over everybody's at each call. */
  @Override
  public ConcurrentMap<Object, Object> asMap() {
    throw new UnsupportedOperationException(
        name() + ": expected a call of the part itself, found asMap; use that of the archive");
  }

  @Override
  public long nowMillis() {
    return whole.nowMillis();
  }

  @Override
  public KeyBytes keyBytes(Object key) {
    return whole.keyBytes(identity.key(key));
  }

  @Override
  public void sync() {
    whole.sync();
  }

  @Override
  public VerifyReport verify(boolean repair) {
    return whole.verify(repair);
  }

  @Override
  public Store store() {
    return whole.store();
  }

  /** Does nothing: the archive is closed by who opened it. */
  @Override
  public void close() {}

  /** Removes the results of the function; the archive stays. */
  @Override
  public void drop() {
    clear();
  }
}
