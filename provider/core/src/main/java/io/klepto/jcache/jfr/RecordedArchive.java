package io.klepto.jcache.jfr;

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
import io.klepto.keymap.KeyTransform;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

/**
 * An archive as its cache calls it: tells Java Flight Recorder of what a cache reads and writes,
 * and of what fails. The calls that no cache makes go to the archive untold.
 *
 * <p>While nobody records, a call costs a look at a flag more. Safe for use by many threads.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class RecordedArchive<K, V> implements Archive<K, V> {
  private final String cacheName;
  private final Archive<K, V> archive;

  /** Makes the archive of a cache one that tells. */
  public RecordedArchive(String cacheName, Archive<K, V> archive) {
    this.cacheName = cacheName;
    this.archive = archive;
  }

  String cacheName() {
    return cacheName;
  }

  /** Returns the archive itself. */
  public Archive<K, V> unwrap() {
    return archive;
  }

  private ArchiveException failed(String operation, Object keyOrNull, ArchiveException failure) {
    return failed(operation, keyOrNull, keyOrNull == null ? 0 : 1, failure);
  }

  /** Tells of a failure, and returns it. */
  ArchiveException failed(
      String operation, Object keyOrNull, long entries, ArchiveException failure) {
    if (FlightRecording.isInUse()) {
      ArchiveFailureEvent.emit(this, operation, keyOrNull, entries, failure);
    }
    return failure;
  }

  private ArchiveOutcome<K> told(String operation, ArchiveOutcome<K> outcome) {
    if (!outcome.failed().isEmpty()) {
      Map.Entry<K, ArchiveException> first = outcome.failed().entrySet().iterator().next();
      failed(operation, first.getKey(), outcome.failed().size(), first.getValue());
    }
    return outcome;
  }

  @Override
  public ArchiveEntry<K, V> entry(K key) {
    ArchiveLoadEvent event = FlightRecording.load();
    try {
      ArchiveEntry<K, V> entry = archive.entry(key);
      if (event != null) {
        event.end(this, "entry", entry == null ? 0 : 1);
      }
      return entry;
    } catch (ArchiveException e) {
      throw failed("entry", key, e);
    }
  }

  @Override
  public Map<K, ArchiveEntry<K, V>> entries(Set<? extends K> keys) {
    ArchiveLoadEvent event = FlightRecording.load();
    try {
      Map<K, ArchiveEntry<K, V>> entries = archive.entries(keys);
      if (event != null) {
        event.end(this, "entries", entries.size());
      }
      return entries;
    } catch (ArchiveException e) {
      throw failed("entries", null, keys.size(), e);
    }
  }

  @Override
  public ArchiveCursor<K, V> cursor() {
    ArchiveLoadEvent event = FlightRecording.load();
    try {
      ArchiveCursor<K, V> cursor = archive.cursor();
      return FlightRecording.isInUse() ? new RecordedCursor<>(this, cursor, event) : cursor;
    } catch (ArchiveException e) {
      throw failed("walk", null, e);
    }
  }

  @Override
  public boolean contains(K key) {
    try {
      return archive.contains(key);
    } catch (ArchiveException e) {
      throw failed("contains", key, e);
    }
  }

  @Override
  public long nowMillis() {
    try {
      return archive.nowMillis();
    } catch (ArchiveException e) {
      throw failed("nowMillis", null, e);
    }
  }

  @Override
  public long put(K key, V value, RecordTimes times) {
    ArchiveDumpEvent event = FlightRecording.dump();
    try {
      long version = archive.put(key, value, times);
      if (event != null) {
        event.end(this, "put", 1);
      }
      return version;
    } catch (ArchiveException e) {
      throw failed("put", key, e);
    }
  }

  @Override
  public ArchiveOutcome<K> putAllEntries(Map<? extends K, TimedValue<V>> entries) {
    ArchiveDumpEvent event = FlightRecording.dump();
    try {
      ArchiveOutcome<K> outcome = archive.putAllEntries(entries);
      if (event != null) {
        event.end(this, "putAll", outcome.done().size());
      }
      return told("putAll", outcome);
    } catch (ArchiveException e) {
      throw failed("putAll", null, entries.size(), e);
    }
  }

  @Override
  public OptionalLong compareAndSet(K key, long expectedVersion, V value, RecordTimes times) {
    ArchiveDumpEvent event = FlightRecording.dump();
    try {
      OptionalLong version = archive.compareAndSet(key, expectedVersion, value, times);
      if (event != null) {
        event.end(this, "compareAndSet", version.isPresent() ? 1 : 0);
      }
      return version;
    } catch (ArchiveException e) {
      throw failed("compareAndSet", key, e);
    }
  }

  @Override
  public boolean compareAndRemove(K key, long expectedVersion) {
    try {
      return archive.compareAndRemove(key, expectedVersion);
    } catch (ArchiveException e) {
      throw failed("compareAndRemove", key, e);
    }
  }

  @Override
  public boolean touch(K key, long expectedVersion, RecordTimes times) {
    try {
      return archive.touch(key, expectedVersion, times);
    } catch (ArchiveException e) {
      throw failed("touch", key, e);
    }
  }

  @Override
  public boolean remove(K key) {
    try {
      return archive.remove(key);
    } catch (ArchiveException e) {
      throw failed("remove", key, e);
    }
  }

  @Override
  public ArchiveOutcome<K> removeAll(Set<? extends K> keys) {
    try {
      return told("removeAll", archive.removeAll(keys));
    } catch (ArchiveException e) {
      throw failed("removeAll", null, keys.size(), e);
    }
  }

  @Override
  public void clear() {
    try {
      archive.clear();
    } catch (ArchiveException e) {
      throw failed("clear", null, e);
    }
  }

  @Override
  public String name() {
    return archive.name();
  }

  @Override
  public V get(K key) {
    return archive.get(key);
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    return archive.getAll(keys);
  }

  @Override
  public void put(K key, V value) {
    archive.put(key, value);
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> entries) {
    archive.putAll(entries);
  }

  @Override
  public void putTogether(Map<? extends K, ? extends V> entries) {
    archive.putTogether(entries);
  }

  @Override
  public Set<K> keys() {
    return archive.keys();
  }

  @Override
  public long sweep() {
    return archive.sweep();
  }

  @Override
  public long size() {
    return archive.size();
  }

  @Override
  public ConcurrentMap<K, V> asMap() {
    return archive.asMap();
  }

  @Override
  public KeyBytes keyBytes(K key) {
    return archive.keyBytes(key);
  }

  @Override
  public Optional<KeyTransform> keyTransform() {
    return archive.keyTransform();
  }

  @Override
  public void sync() {
    archive.sync();
  }

  @Override
  public VerifyReport verify(boolean repair) {
    return archive.verify(repair);
  }

  @Override
  public Store store() {
    return archive.store();
  }

  @Override
  public void close() {
    archive.close();
  }

  @Override
  public void drop() {
    archive.drop();
  }
}
