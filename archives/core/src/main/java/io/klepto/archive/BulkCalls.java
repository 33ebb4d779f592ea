package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import io.klepto.keymap.KeyEncodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The calls of an archive that take many keys: each is one call to the store.
 *
 * <p>The whole batch is in memory at once, encoded. Keys that are the same by their canonical bytes
 * share a record; each of them gets its answer, and the last one's value is written. What fails for
 * one key does not keep the others from being done, a key or value of a wrong type apart: that is
 * thrown before anything happens.
 *
 * <p>Any number of threads may call at once.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class BulkCalls<K, V> {
  private final Store store;
  private final EntryFormat<K, V> format;
  private final HighWaterMark mark;

  BulkCalls(Store store, EntryFormat<K, V> format, HighWaterMark mark) {
    this.store = store;
    this.format = format;
    this.mark = mark;
  }

  /**
   * Returns what is there, each under the key that was asked for.
   *
   * @param decoder makes the answer from a record
   * @throws ArchiveException the first failure, the others suppressed in it
   */
  <T> Map<K, T> read(Set<? extends K> keys, Function<StoreRecord, T> decoder) {
    Batch<K> batch = new Batch<>(keys.size());
    for (K key : keys) {
      batch.encode(key, format);
    }
    BulkOutcome<StoreRecord> outcome = store.getAll(batch.records.keySet());
    Failures failures = new Failures();
    batch.failed.values().forEach(failures::add);
    Map<K, T> found = new LinkedHashMap<>(capacityFor(outcome.done().size()));
    batch.records.forEach(
        (bytes, sharing) -> {
          ArchiveException failure = outcome.failed().get(bytes);
          if (failure instanceof DamagedRecordException damage) {
            failures.add(format.damaged(sharing.get(0), bytes, damage));
            return;
          } else if (failure != null) {
            failures.add(failure);
            return;
          }
          StoreRecord record = outcome.done().get(bytes);
          if (record == null || mark.isOver(record.content().times())) {
            return;
          }
          try {
            for (K key : sharing) {
              found.put(key, decoder.apply(record));
            }
          } catch (ArchiveException e) {
            failures.add(e);
          }
        });
    failures.throwIfAny();
    return found;
  }

  /**
   * Writes entries.
   *
   * @param values the value in each element
   * @param times the times in each element
   */
  <T> ArchiveOutcome<K> write(
      Map<? extends K, ? extends T> entries,
      Function<T, ? extends V> values,
      Function<T, RecordTimes> times) {
    Batch<K> batch = new Batch<>(entries.size());
    Map<KeyBytes, RecordContent> contents = encode(entries, values, times, batch);
    contents.values().forEach(content -> mark.writing(content.times()));
    return batch.written(store.putAll(contents));
  }

  /**
   * Writes entries that all have the same times.
   *
   * @throws ArchiveException the first failure, the others suppressed in it; what can be written is
   */
  void write(Map<? extends K, ? extends V> entries, RecordTimes times) {
    Batch<K> batch = new Batch<>(entries.size());
    Map<KeyBytes, RecordContent> contents =
        this.<V>encode(entries, Function.identity(), value -> times, batch);
    mark.writing(times);
    batch.throwIfAny(store.putAll(contents));
  }

  /** Writes entries, or none if one of them can't be encoded; throws the first failure then. */
  void writeTogether(Map<? extends K, ? extends V> entries, RecordTimes times) {
    Batch<K> batch = new Batch<>(entries.size());
    Map<KeyBytes, RecordContent> contents =
        this.<V>encode(entries, Function.identity(), value -> times, batch);
    new ArchiveOutcome<>(Set.of(), batch.failed).orThrow();
    batch.outcome(store.putAll(contents)).orThrow();
  }

  private <T> Map<KeyBytes, RecordContent> encode(
      Map<? extends K, ? extends T> entries,
      Function<T, ? extends V> values,
      Function<T, RecordTimes> times,
      Batch<K> batch) {
    Map<KeyBytes, RecordContent> contents = new LinkedHashMap<>(capacityFor(entries.size()));
    entries.forEach(
        (key, element) -> {
          requireNonNull(element, "value");
          KeyBytes bytes = batch.encode(key, format);
          if (bytes == null) {
            return;
          }
          try {
            V value = values.apply(element);
            contents.put(bytes, format.content(key, bytes, value, times.apply(element)));
          } catch (ArchiveException e) {
            batch.refuse(bytes, key, e);
          }
        });
    return contents;
  }

  /** Removes entries. */
  ArchiveOutcome<K> remove(Set<? extends K> keys) {
    Batch<K> batch = new Batch<>(keys.size());
    for (K key : keys) {
      batch.encode(key, format);
    }
    return batch.outcome(store.removeAll(batch.records.keySet()));
  }

  /** Returns the capacity with which a map of so many entries never grows. */
  private static int capacityFor(int size) {
    return size + size / 2 + 1;
  }

  /** The keys of one call by the records that they share, and those that failed already. */
  private static final class Batch<K> {
    private final Map<KeyBytes, List<K>> records;
    private final Map<K, ArchiveException> failed = new LinkedHashMap<>();

    Batch(int size) {
      records = new LinkedHashMap<>(capacityFor(size));
    }

    /** Adds a key and returns its bytes, or null if it has none and has failed therefore. */
    KeyBytes encode(K key, EntryFormat<K, ?> format) {
      try {
        KeyBytes bytes = format.keyBytes(key);
        records.computeIfAbsent(bytes, absent -> new ArrayList<>(1)).add(key);
        return bytes;
      } catch (KeyEncodingException e) {
        failed.put(key, format.refused(e));
        return null;
      }
    }

    /** Takes back a key that was added last. */
    void refuse(KeyBytes bytes, K key, ArchiveException failure) {
      List<K> sharing = records.get(bytes);
      sharing.remove(sharing.size() - 1);
      if (sharing.isEmpty()) {
        records.remove(bytes);
      }
      failed.put(key, failure);
    }

    /** Returns the outcome of a write, with the versions. */
    ArchiveOutcome<K> written(BulkOutcome<Long> stored) {
      Map<K, Long> versions = new LinkedHashMap<>(capacityFor(records.size()));
      stored
          .done()
          .forEach((bytes, version) -> records.get(bytes).forEach(k -> versions.put(k, version)));
      ArchiveOutcome<K> outcome = outcome(stored);
      return new ArchiveOutcome<>(outcome.done(), outcome.failed(), versions);
    }

    /** Throws the first failure of a write, the others suppressed in it. */
    void throwIfAny(BulkOutcome<?> stored) {
      if (!failed.isEmpty() || !stored.failed().isEmpty()) {
        outcome(stored).orThrow();
      }
    }

    ArchiveOutcome<K> outcome(BulkOutcome<?> stored) {
      Set<K> done = new LinkedHashSet<>(capacityFor(records.size()));
      records.forEach(
          (bytes, sharing) -> {
            ArchiveException failure = stored.failed().get(bytes);
            if (failure == null) {
              done.addAll(sharing);
            } else {
              sharing.forEach(key -> failed.put(key, failure));
            }
          });
      return new ArchiveOutcome<>(done, failed);
    }
  }
}
