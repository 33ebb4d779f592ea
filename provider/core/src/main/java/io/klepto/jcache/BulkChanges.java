package io.klepto.jcache;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.ArchiveOutcome;
import io.klepto.archive.TimedValue;
import io.klepto.archive.store.KeyHold;
import io.klepto.archive.store.Store;
import io.klepto.jcache.coherence.HostLocks;
import io.klepto.jcache.coherence.Stamp;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.expiry.ExpiryRules;
import io.klepto.jcache.through.ArchiveCalls;
import io.klepto.jcache.through.UserWriter.WrittenEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import javax.cache.Cache;

/**
 * Changes of many entries at once: one batch at the application's writer, one at the archive.
 *
 * <p>All keys are locked for the whole of it, so that writer, archive and memory see the changes of
 * a key in the same order. If writer, archive or a listener fail for some keys, the others are done
 * to the end, and the first failure is thrown after that.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class BulkChanges<K, V> {
  private final Tiers<K, V> tiers;
  private final Changes<K, V> changes;

  BulkChanges(Tiers<K, V> tiers, Changes<K, V> changes) {
    this.tiers = tiers;
    this.changes = changes;
  }

  /** One key of a bulk change. */
  private static final class Item<K, V> {
    final K key;
    final V value;
    Node node;
    V before;
    V old;
    V kept;
    long deadlineNanos;
    boolean endsAtOnce;
    Stamp stamp;
    long version;

    Item(K key, V value) {
      this.key = key;
      this.value = value;
    }
  }

  /** Puts entries; returns how many are there afterwards. */
  int putAll(Map<? extends K, ? extends V> entries) {
    if (tiers.coherent == null || entries.size() <= HostLocks.MOST_AT_ONCE) {
      return putTogether(entries);
    }
    List<Map.Entry<? extends K, ? extends V>> all = List.copyOf(entries.entrySet());
    return inParts(
        all.size(),
        (from, to) -> {
          Map<K, V> part = new LinkedHashMap<>();
          all.subList(from, to).forEach(entry -> part.put(entry.getKey(), entry.getValue()));
          return putTogether(part);
        });
  }

  /** In a coherent cache, so many at once as may be locked in the archive; all are tried. */
  private static int inParts(int size, IntBinaryOperator part) {
    FirstFailure failure = new FirstFailure();
    AtomicInteger done = new AtomicInteger();
    for (int from = 0; from < size; from += HostLocks.MOST_AT_ONCE) {
      int first = from;
      int end = Math.min(size, from + HostLocks.MOST_AT_ONCE);
      failure.attempt(() -> done.addAndGet(part.applyAsInt(first, end)));
    }
    failure.throwIfAny();
    return done.get();
  }

  private int putTogether(Map<? extends K, ? extends V> entries) {
    Map<Object, Item<K, V>> items = new LinkedHashMap<>();
    entries.forEach((key, value) -> items.put(tiers.keys.lookup(key), new Item<>(key, value)));
    FirstFailure failure = new FirstFailure();
    lock(items);
    int put = 0;
    KeyHold hold = null;
    try {
      hold = tiers.holdAll(keysOf(items));
      for (Item<K, V> item : items.values()) {
        prepare(item);
      }
      Collection<Item<K, V>> written = writeAll(items, failure);
      for (Item<K, V> item : archiveAll(written, failure)) {
        failure.attempt(
            () -> changes.install(item.node, item.kept, item.stamp, item.old, item.deadlineNanos));
        put++;
      }
    } catch (RuntimeException e) {
      failure.add(e);
    } finally {
      Tiers.letGo(hold);
      failure.attempt(() -> release(items.values()));
    }
    failure.throwIfAny();
    return put;
  }

  private void prepare(Item<K, V> item) {
    item.old = changes.beforePut(item.node, item.key);
    if (item.old == null) {
      tiers.keys.begin(item.node.key(), item.key);
    }
    item.kept = tiers.keep(item.value);
    long duration = changes.durationOf(item.old);
    item.endsAtOnce = duration == ExpiryRules.AT_ONCE;
    item.deadlineNanos =
        duration == ExpiryRules.UNCHANGED
            ? item.node.deadlineNanos()
            : tiers.deadlineAfter(duration);
  }

  private Collection<Item<K, V>> writeAll(Map<Object, Item<K, V>> items, FirstFailure failure) {
    if (tiers.writer == null) {
      return items.values();
    }
    IdentityHashMap<Object, Item<K, V>> byEntry = new IdentityHashMap<>();
    List<Cache.Entry<? extends K, ? extends V>> unwritten = new ArrayList<>();
    for (Item<K, V> item : items.values()) {
      WrittenEntry<K, V> entry = new WrittenEntry<>(item.key, item.value);
      byEntry.put(entry, item);
      unwritten.add(entry);
    }
    try {
      tiers.writer.writeAll(unwritten);
      return items.values();
    } catch (RuntimeException e) {
      failure.add(e);
      unwritten.forEach(byEntry::remove);
      return byEntry.values();
    }
  }

  private Collection<Item<K, V>> archiveAll(Collection<Item<K, V>> items, FirstFailure failure) {
    Map<K, Item<K, V>> living = new LinkedHashMap<>();
    for (Item<K, V> item : items) {
      if (item.endsAtOnce) {
        failure.attempt(() -> changes.endAtOnce(item.node, item.key, item.old));
      } else {
        living.put(tiers.keys.original(item.node.key(), item.key), item);
      }
    }
    if (tiers.place == null) {
      return living.values();
    }
    if (!tiers.place.takesWrites()) {
      living.values().forEach(item -> item.node.setArchived(0, Store.ABSENT));
      return living.values();
    }
    int attachment = tiers.archive.attachmentNumber();
    Map<K, TimedValue<V>> records = new LinkedHashMap<>();
    for (Item<K, V> item : living.values()) {
      records.put(
          tiers.keys.original(item.node.key(), item.key),
          new TimedValue<>(item.kept, changes.timesFor(item.deadlineNanos)));
      item.stamp = tiers.stampOf(item.key);
    }
    Collection<Item<K, V>> archived = done(living, () -> tiers.archive.writeAll(records), failure);
    archived.forEach(item -> item.node.setArchived(attachment, item.version));
    if (tiers.coherent != null) {
      boolean written = tiers.archive.archive() != null;
      archived.forEach(item -> item.stamp = item.stamp.afterOwnChange(written));
    }
    return archived;
  }

  /** Settles memory for what the archive did not do, and returns the items that it did. */
  private Collection<Item<K, V>> done(
      Map<K, Item<K, V>> items, Supplier<ArchiveOutcome<K>> batch, FirstFailure failure) {
    ArchiveOutcome<K> outcome;
    try {
      outcome = batch.get();
    } catch (RuntimeException e) {
      items.values().forEach(item -> changes.unarchived(item.node));
      throw e;
    }
    outcome.versions().forEach((key, version) -> items.get(key).version = version);
    for (Map.Entry<K, ArchiveException> failed : outcome.failed().entrySet()) {
      failure.add(ArchiveCalls.writerException(failed.getValue()));
      changes.unarchived(items.remove(failed.getKey()).node);
    }
    return items.values();
  }

  /** Removes entries, and tells the application's writer first; returns how many there were. */
  int removeAll(Set<? extends K> keys) {
    if (tiers.coherent == null || keys.size() <= HostLocks.MOST_AT_ONCE) {
      return removeTogether(keys);
    }
    List<K> all = List.copyOf(keys);
    return inParts(
        all.size(), (from, to) -> removeTogether(new LinkedHashSet<>(all.subList(from, to))));
  }

  private int removeTogether(Set<? extends K> keys) {
    Map<Object, Item<K, V>> items = new LinkedHashMap<>();
    for (K key : keys) {
      items.put(tiers.keys.lookup(key), new Item<>(key, null));
    }
    FirstFailure failure = new FirstFailure();
    lock(items);
    int removed = 0;
    KeyHold hold = null;
    try {
      hold = tiers.holdAll(keysOf(items));
      Map<K, Item<K, V>> byKey = new LinkedHashMap<>();
      for (Item<K, V> item : items.values()) {
        item.old = changes.presentOrDamaged(item.node, item.key);
        byKey.put(item.key, item);
      }
      deleteAll(byKey, failure);
      if (tiers.archive != null) {
        Set<K> archived = new LinkedHashSet<>(byKey.keySet());
        done(byKey, () -> tiers.archive.removeAll(archived), failure);
      }
      for (Item<K, V> item : byKey.values()) {
        failure.attempt(() -> changes.removed(item.node, item.old));
        removed += item.old == null ? 0 : 1;
      }
    } catch (RuntimeException e) {
      failure.add(e);
    } finally {
      Tiers.letGo(hold);
      failure.attempt(() -> release(items.values()));
    }
    failure.throwIfAny();
    return removed;
  }

  private void deleteAll(Map<K, Item<K, V>> byKey, FirstFailure failure) {
    if (tiers.writer == null || byKey.isEmpty()) {
      return;
    }
    List<K> undeleted = new ArrayList<>(byKey.keySet());
    try {
      tiers.writer.deleteAll(undeleted);
    } catch (RuntimeException e) {
      failure.add(e);
      undeleted.forEach(byKey::remove);
    }
  }

  private static <K, V> List<K> keysOf(Map<Object, Item<K, V>> items) {
    return items.values().stream().map(item -> item.key).toList();
  }

  private void lock(Map<Object, Item<K, V>> items) {
    items.keySet().forEach(tiers::checkNotLoading);
    List<Node> nodes = tiers.memory.lockAll(items.keySet());
    int next = 0;
    for (Item<K, V> item : items.values()) {
      item.node = nodes.get(next++);
      item.before = tiers.raw(item.node);
    }
  }

  private void release(Collection<Item<K, V>> items) {
    List<Node> locked = new ArrayList<>();
    List<V> befores = new ArrayList<>();
    for (Item<K, V> item : items) {
      locked.add(item.node);
      befores.add(item.before);
    }
    tiers.memory.releaseAll(locked, befores);
  }
}
