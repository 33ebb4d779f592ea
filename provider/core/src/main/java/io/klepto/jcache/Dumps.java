package io.klepto.jcache;

import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.ArchiveOutcome;
import io.klepto.archive.TimedValue;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.through.ArchiveCalls;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * klepto's verbs between memory and archive: load ({@link Loads}), dump, sync.
 *
 * <p>An entry is dumped under the lock of its key, and only if it differs from the archive's. Many
 * are dumped in batches; a batch takes the locks that are free and leaves the keys that are being
 * worked on to the end, so that it never waits while it holds something. If dumping fails for some,
 * the others are dumped all the same, and the first failure is thrown then. Loading fills memory up
 * to its bound and never over it; an entry that memory has newer than the archive stays.
 *
 * <p>Deviation: klepto's {@code load} overfills a bounded cache, and overwrites what is newer.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Dumps<K, V> {
  /** How many entries make a batch, at most. */
  static final int BATCH = 128;

  /** How many bytes make a batch, as far as values tell without being encoded. */
  private static final long BATCH_BYTES = 8L << 20;

  private static final int BYTES_IF_UNKNOWN = 256;

  private final String cacheName;
  private final Tiers<K, V> tiers;
  private final Changes<K, V> changes;
  private final long maxEntries;

  Dumps(String cacheName, Tiers<K, V> tiers, long maxEntries) {
    this.cacheName = cacheName;
    this.tiers = tiers;
    this.changes = new Changes<>(tiers);
    this.maxEntries = maxEntries;
  }

  private LongWork work(Progress.Verb verb, ProgressListener listener) {
    return new LongWork(cacheName, verb, listener);
  }

  /** Brings entries of the archive into memory until memory is full. */
  void load(ProgressListener listener) {
    try (Loads<K, V> loads = new Loads<>(tiers, changes, maxEntries);
        ArchiveCursor<K, V> cursor = tiers.place.cursor()) {
      if (cursor != null) {
        work(Progress.Verb.LOAD, listener)
            .run(
                OptionalLong.empty(),
                cursor.isShareable(),
                () -> loads.piece(cursor),
                loads::finish);
      }
    }
  }

  /** Brings the entries of these keys into memory, those that the archive has. */
  void load(Set<? extends K> keys, ProgressListener listener) {
    Iterator<? extends K> rest = keys.iterator();
    try (Loads<K, V> loads = new Loads<>(tiers, changes, maxEntries)) {
      work(Progress.Verb.LOAD, listener)
          .run(OptionalLong.of(keys.size()), true, () -> loads.piece(rest), loads::finish);
    }
  }

  /** Writes every entry of memory to the archive that differs from it there; waits for a queue. */
  void dump(ProgressListener listener) {
    FirstFailure failure = new FirstFailure();
    dump(tiers.memory.nodes(), OptionalLong.of(tiers.memory.size()), listener, failure);
    failure.attempt(tiers.place::flush);
    failure.throwIfAny();
  }

  /** Writes every entry of memory to the archive that differs from it there, or into its queue. */
  void dumpAll() {
    FirstFailure failure = new FirstFailure();
    dump(tiers.memory.nodes(), OptionalLong.empty(), ProgressListener.NONE, failure);
    failure.throwIfAny();
  }

  /** Writes the entries of these keys to the archive, those that memory has. */
  void dump(Set<? extends K> keys, ProgressListener listener) {
    FirstFailure failure = new FirstFailure();
    Iterator<Node> nodes =
        keys.stream()
            .map(key -> tiers.memory.find(tiers.keys.lookup(key)))
            .filter(Objects::nonNull)
            .iterator();
    dump(nodes, OptionalLong.of(keys.size()), listener, failure);
    failure.attempt(tiers.place::flush);
    failure.throwIfAny();
  }

  private void dump(
      Iterator<Node> nodes, OptionalLong total, ProgressListener listener, FirstFailure failure) {
    Queue<Object> busy = new ConcurrentLinkedQueue<>();
    work(Progress.Verb.DUMP, listener)
        .run(
            total,
            true,
            () -> dumpNext(nodes, busy, failure),
            () -> busy.forEach(lookup -> attempt(failure, () -> dumpLocking(lookup))));
  }

  private static void attempt(FirstFailure failure, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      synchronized (failure) {
        failure.add(e);
      }
    }
  }

  /** Dumps the next batch of a walk, which is shared; returns how many nodes were passed. */
  private int dumpNext(Iterator<Node> nodes, Queue<Object> busy, FirstFailure failure) {
    List<Node> batch = new ArrayList<>(BATCH);
    int passed = 0;
    synchronized (nodes) {
      long bytes = 0;
      while (batch.size() < BATCH && bytes < BATCH_BYTES && nodes.hasNext()) {
        Node node = nodes.next();
        passed++;
        Object value = node.value();
        // Seen without the lock; a change that came before this call is seen with its value.
        if (value != null && (!isArchived(node) || node.isDeadlineMoved())) {
          batch.add(node);
          bytes += bytesOf(value);
        }
      }
    }
    if (!batch.isEmpty()) {
      attempt(failure, () -> dumpFree(batch, busy, failure));
    }
    return passed == 0 ? -1 : passed;
  }

  /** Returns the size of plain values, which may be large, and a guess for all others. */
  private static long bytesOf(Object value) {
    Class<?> component = value.getClass().getComponentType();
    if (component != null && component.isPrimitive()) {
      return (long) Array.getLength(value) * (component == byte.class ? 1 : Long.BYTES);
    }
    return value instanceof CharSequence text ? text.length() : BYTES_IF_UNKNOWN;
  }

  /** Dumps the entries whose locks are free, as one batch; notes the keys of the others. */
  private void dumpFree(List<Node> nodes, Queue<Object> busy, FirstFailure failure) {
    List<Node> locked = new ArrayList<>(nodes.size());
    List<V> befores = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      if (node.tryLock()) {
        locked.add(node);
        befores.add(tiers.raw(node));
      } else {
        busy.add(node.key());
      }
    }
    try {
      Map<K, Node> unwritten = new LinkedHashMap<>();
      for (Node node : locked) {
        if (isToBeWritten(node)) {
          Node other = unwritten.putIfAbsent(keyOf(node), node);
          if (other != null) { // another entry under an equal key object
            busy.add(node.key());
          }
        } else {
          attempt(failure, () -> dump(node));
        }
      }
      writeAll(unwritten, failure);
    } finally {
      tiers.memory.releaseAll(locked, befores);
    }
  }

  private boolean isToBeWritten(Node node) {
    return tiers.live(node) != null && !isArchived(node);
  }

  private void writeAll(Map<K, Node> nodes, FirstFailure failure) {
    if (nodes.isEmpty()) {
      return;
    }
    Map<K, TimedValue<V>> entries = new LinkedHashMap<>();
    nodes.forEach(
        (key, node) -> {
          entries.put(key, new TimedValue<>(tiers.raw(node), timesOf(node)));
          tiers.flights.changed(node.key());
        });
    int attachment = tiers.place.attachmentNumber();
    ArchiveOutcome<K> outcome = tiers.place.writeAll(entries);
    for (K key : outcome.done()) {
      nodes.get(key).setArchived(attachment, outcome.version(key));
      changes.restamp(nodes.get(key));
    }
    tiers.statistics.dumped(outcome.done().size());
    Collection<ArchiveException> failures = outcome.failed().values();
    failures.forEach(
        each ->
            attempt(
                failure,
                () -> {
                  throw ArchiveCalls.writerException(each);
                }));
  }

  private void dumpLocking(Object lookup) {
    Node node = tiers.memory.lockPresent(lookup);
    if (node != null) {
      V before = tiers.raw(node);
      try {
        dump(node);
      } finally {
        tiers.memory.release(node, before);
      }
    }
  }

  /**
   * Writes an entry to the archive if it differs from it there, or removes it there if it is over;
   * the caller holds the key's lock.
   */
  void dump(Node node) {
    V value = tiers.raw(node);
    if (value == null) {
      return;
    }
    if (tiers.isExpired(node)) {
      changes.removeExpired(node);
    } else if (!isArchived(node)) {
      tiers.flights.changed(node.key());
      int attachment = tiers.place.attachmentNumber();
      long version = tiers.place.write(keyOf(node), value, timesOf(node));
      node.setArchived(version == Store.ABSENT ? 0 : attachment, version);
      changes.restamp(node);
      tiers.statistics.dumped(1);
    } else if (node.isDeadlineMoved()) {
      tiers.place.touch(keyOf(node), node.archivedVersion(), timesOf(node));
      node.setArchived(node.archivedIn(), node.archivedVersion());
    }
  }

  private K keyOf(Node node) {
    return tiers.keys.give(node.key());
  }

  private RecordTimes timesOf(Node node) {
    return changes.timesFor(node.deadlineNanos());
  }

  private boolean isArchived(Node node) {
    return node.archivedIn() == tiers.place.attachmentNumber();
  }

  /** Loads, then dumps. */
  void sync(boolean clearArchiveFirst, ProgressListener listener) {
    if (clearArchiveFirst) {
      changes.keepInMemory();
      tiers.place.clear();
    }
    load(listener);
    dump(listener);
  }
}
