package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.store.MappedRecord;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import io.klepto.keymap.KeyBytes;
import io.klepto.keymap.KeyTransform;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

/**
 * The archive: an {@link EntryFormat} over a {@link Store}, and the judge of what has expired.
 *
 * <p><b>Expired records.</b> They are as if absent in every method. A call that only reads, or that
 * only would have changed times, leaves them where they are. A put replaces them like any other
 * record; {@code compareAndSet} with {@link Store#ABSENT} replaces one, and the removing calls
 * remove one, by its version: if it was meanwhile replaced, the newer record stays and is judged
 * anew. {@link #sweep} removes them all, each by its version. What is over is told by the {@link
 * HighWaterMark}, not by the wall clock alone.
 *
 * <p><b>Cost.</b> A blind {@code put} and the bulk calls are one call to the store. {@code remove}
 * and what takes an expected version read the record first, to see whether it has expired, and are
 * two; {@link #size}, {@link #keys} and {@link #cursor} walk.
 *
 * <p><b>Threads.</b> No state of its own but the mark; any number of threads may call at once.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class StoreArchive<K, V> implements Archive<K, V> {
  private final Store store;
  private final EntryFormat<K, V> format;
  private final InstantSource clock;
  private final HighWaterMark mark;
  private final BulkCalls<K, V> bulk;

  StoreArchive(Store store, EntryFormat<K, V> format, InstantSource clock) {
    this.store = store;
    this.format = format;
    this.clock = clock;
    this.mark = new HighWaterMark(store, clock);
    this.bulk = new BulkCalls<>(store, format, mark);
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public V get(K key) {
    MappedRecord record = liveOf(key);
    return record == null ? null : format.value(record);
  }

  @Override
  public ArchiveEntry<K, V> entry(K key) {
    MappedRecord record = liveOf(key);
    return record == null ? null : format.entryOf(key, record);
  }

  @Override
  public Map<K, ArchiveEntry<K, V>> entries(Set<? extends K> keys) {
    return bulk.read(keys, format::entry);
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    return bulk.read(keys, format::value);
  }

  @Override
  public boolean contains(K key) {
    return liveOf(key) != null;
  }

  @Override
  public void put(K key, V value) {
    put(key, value, eternalFromNow());
  }

  @Override
  public long put(K key, V value, RecordTimes times) {
    KeyBytes bytes = format.keyBytes(key);
    RecordContent content = format.content(key, bytes, value, times);
    mark.writing(times);
    return store.put(bytes, content);
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> entries) {
    bulk.write(entries, eternalFromNow());
  }

  @Override
  public void putTogether(Map<? extends K, ? extends V> entries) {
    bulk.writeTogether(entries, eternalFromNow());
  }

  @Override
  public ArchiveOutcome<K> putAllEntries(Map<? extends K, TimedValue<V>> entries) {
    return bulk.<TimedValue<V>>write(entries, TimedValue::value, TimedValue::times);
  }

  @Override
  public boolean remove(K key) {
    return remove(format.keyBytes(key));
  }

  /** Removes the entry of a key by the key's bytes, and returns whether there was one. */
  boolean remove(KeyBytes key) {
    while (true) {
      StoreRecord found;
      try {
        found = store.get(key);
      } catch (DamagedRecordException damaged) {
        // Whoever removes a key wants the damage out of the way; the store sets it aside.
        return store.remove(key);
      }
      if (found == null) {
        return false;
      }
      boolean wasLive = !isExpired(found);
      if (!wasLive) {
        mark.advance();
      }
      if (store.compareAndRemove(key, found.version())) {
        return wasLive;
      }
    }
  }

  @Override
  public ArchiveOutcome<K> removeAll(Set<? extends K> keys) {
    return bulk.remove(keys);
  }

  @Override
  public OptionalLong compareAndSet(K key, long expectedVersion, V value, RecordTimes times) {
    KeyBytes bytes = format.keyBytes(key);
    RecordContent content = format.content(key, bytes, value, times);
    mark.writing(times);
    if (expectedVersion == Store.ABSENT) {
      return setIfAbsent(bytes, content);
    }
    StoreRecord found = live(bytes);
    return found != null && found.version() == expectedVersion
        ? store.compareAndSet(bytes, expectedVersion, content)
        : OptionalLong.empty();
  }

  private OptionalLong setIfAbsent(KeyBytes key, RecordContent content) {
    while (true) {
      OptionalLong version = store.compareAndSet(key, Store.ABSENT, content);
      if (version.isPresent()) {
        return version;
      }
      StoreRecord found = store.get(key);
      if (found == null) {
        continue;
      }
      if (!isExpired(found)) {
        return OptionalLong.empty();
      }
      version = store.compareAndSet(key, found.version(), content);
      if (version.isPresent()) {
        return version;
      }
    }
  }

  @Override
  public boolean compareAndRemove(K key, long expectedVersion) {
    KeyBytes bytes = format.keyBytes(key);
    StoreRecord found = store.get(bytes);
    if (found == null || found.version() != expectedVersion) {
      return false;
    }
    boolean wasLive = !isExpired(found);
    if (!wasLive) {
      mark.advance();
    }
    return store.compareAndRemove(bytes, expectedVersion) && wasLive;
  }

  @Override
  public boolean touch(K key, long expectedVersion, RecordTimes times) {
    requireNonNull(times, "times");
    KeyBytes bytes = format.keyBytes(key);
    StoreRecord found = live(bytes);
    if (found == null || found.version() != expectedVersion) {
      return false;
    }
    mark.writing(times);
    return store.touch(bytes, expectedVersion, times);
  }

  @Override
  public ArchiveCursor<K, V> cursor() {
    return new EntryCursor<>(liveRecords(), format);
  }

  /** Starts a walk over the records that are not expired; the caller closes it. */
  LiveRecords liveRecords() {
    return new LiveRecords(store.scan(), mark);
  }

  @Override
  public Set<K> keys() {
    Set<K> keys = new HashSet<>();
    Failures failures = new Failures();
    try (LiveRecords records = liveRecords()) {
      boolean more = true;
      while (more) {
        StoreRecord record;
        try {
          record = records.next();
        } catch (DamagedRecordException e) {
          failures.add(e);
          continue;
        }
        more = record != null;
        if (more) {
          try {
            keys.add(format.key(record));
          } catch (ArchiveException e) {
            failures.add(e);
          }
        }
      }
    }
    failures.throwIfAny();
    return keys;
  }

  @Override
  public long size() {
    long size = 0;
    try (LiveRecords records = liveRecords()) {
      boolean more = true;
      while (more) {
        try {
          more = records.next() != null;
        } catch (DamagedRecordException damaged) {
          // Damage is no absence: the key has an entry, if an unreadable one.
          more = true;
        }
        if (more) {
          size++;
        }
      }
    }
    return size;
  }

  @Override
  public void clear() {
    store.clear();
    mark.cleared();
  }

  @Override
  public long sweep() {
    long swept = 0;
    try (RecordCursor records = store.scan()) {
      StoreRecord record = nextWhole(records);
      while (record != null) {
        if (!HighWaterMark.isMark(record) && isExpired(record)) {
          mark.advance();
          swept += store.compareAndRemove(record.key(), record.version()) ? 1 : 0;
        }
        record = nextWhole(records);
      }
    }
    return swept;
  }

  /** Returns the next record that can be read: damage is neither over nor in the way. */
  private static StoreRecord nextWhole(RecordCursor records) {
    while (true) {
      try {
        return records.next();
      } catch (DamagedRecordException damaged) {
        // The walk goes on behind it; whoever reads or verifies is told.
      }
    }
  }

  @Override
  public long nowMillis() {
    return mark.nowMillis();
  }

  @Override
  public ConcurrentMap<K, V> asMap() {
    return new ArchiveMap<>(this);
  }

  @Override
  public KeyBytes keyBytes(K key) {
    return format.keyBytes(key);
  }

  @Override
  public Optional<KeyTransform> keyTransform() {
    return format.keyTransform();
  }

  @Override
  public void sync() {
    store.sync();
  }

  @Override
  public VerifyReport verify(boolean repair) {
    if (repair) {
      mark.reset();
    }
    VerifyReport report = store.verify(repair);
    return new VerifyReport(report.records() - mark.records(), report.damages(), report.setAside());
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public void close() {
    try (store) {
      mark.close();
    }
  }

  @Override
  public void drop() {
    mark.cleared();
    store.destroy();
  }

  @Override
  public String toString() {
    return "archive " + name();
  }

  /** Returns the format of the entries here. */
  EntryFormat<K, V> format() {
    return format;
  }

  /** Returns the times of an entry that is written now and does not expire. */
  RecordTimes eternalFromNow() {
    return RecordTimes.eternal(clock.millis());
  }

  /** Returns the record of a key to be read where it lies, or null if it is not there. */
  private MappedRecord liveOf(K key) {
    KeyBytes bytes = format.keyBytes(key);
    try {
      MappedRecord record = store.map(bytes);
      return record == null || mark.isOver(record.times()) ? null : record;
    } catch (DamagedRecordException e) {
      throw format.damaged(key, bytes, e);
    }
  }

  private StoreRecord live(KeyBytes key) {
    StoreRecord record = store.get(key);
    return record == null || isExpired(record) ? null : record;
  }

  private boolean isExpired(StoreRecord record) {
    return mark.isOver(record.content().times());
  }
}
