package io.klepto.archive.jdbc;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.jdbc.Batches.Item;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VersionClock;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The calls for many keys: batches of some hundred rows, each a transaction.
 *
 * <p>A batch of puts is first tried as if all its keys were new; if they are not, the rows that are
 * there are read, and replaced by their versions. If the last batch found most of its keys there,
 * the next reads first. Safe for use by many threads.
 */
final class BulkStatements {
  private final Database database;
  private final Dialect dialect;
  private final OpenTable open;
  private final VersionClock versions;
  private volatile boolean keysAreNew = true; // a guess that costs a statement if wrong

  BulkStatements(Database database, OpenTable open, VersionClock versions) {
    this.database = database;
    this.dialect = database.dialect();
    this.open = open;
    this.versions = versions;
  }

  /**
   * Reads records.
   *
   * @param getOne reads one
   */
  BulkOutcome<StoreRecord> getAll(Collection<KeyBytes> keys, Function<Item, StoreRecord> getOne) {
    Batches<StoreRecord> batches = new Batches<>(items(keys));
    return batches.run(
        dialect.batchRows(),
        batch -> {
          Map<ByteBuffer, Row> rows = rowsOf(batch);
          for (Item item : batch) {
            try {
              StoreRecord record =
                  open.recordOf(rows.get(ByteBuffer.wrap(item.hash())), item.key());
              if (record != null) {
                batches.done(item, record);
              }
            } catch (DamagedRecordException e) {
              batches.failed(item, e);
            }
          }
          return List.of();
        },
        getOne);
  }

  /**
   * Writes records.
   *
   * @param putOne writes one, whatever is there
   */
  BulkOutcome<Long> putAll(Map<KeyBytes, RecordContent> contents, Function<Item, Long> putOne) {
    List<Item> items =
        contents.entrySet().stream().map(e -> Item.of(e.getKey(), e.getValue())).toList();
    Batches<Long> batches = new Batches<>(items);
    return batches.run(dialect.batchRows(), batch -> put(batch, batches), putOne);
  }

  private List<Item> put(List<Item> batch, Batches<Long> batches) {
    if (keysAreNew && insertAll(batch, batches)) {
      return List.of();
    }
    Found found = find(batch);
    keysAreNew = found.absent.size() >= found.present.size();
    List<Item> left = new ArrayList<>(found.damaged);
    if (!found.absent.isEmpty() && !insertAll(found.absent, batches)) {
      left.addAll(found.absent);
    }
    left.addAll(updateAll(found, batches));
    return left;
  }

  /** What lies under the keys of a batch; expected holds the versions of those present. */
  private record Found(
      List<Item> absent, List<Item> present, List<Long> expected, List<Item> damaged) {
    long[] versions() {
      return expected.stream().mapToLong(Long::longValue).toArray();
    }
  }

  private Found find(List<Item> batch) {
    Map<ByteBuffer, Row> rows = rowsOf(batch);
    Found found =
        new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Item item : batch) {
      try {
        StoreRecord old = open.recordOf(rows.get(ByteBuffer.wrap(item.hash())), item.key());
        if (old == null) {
          found.absent.add(item);
        } else {
          found.present.add(item);
          found.expected.add(old.version());
        }
      } catch (DamagedRecordException e) {
        found.damaged.add(item);
      }
    }
    return found;
  }

  private static List<Item> items(Collection<KeyBytes> keys) {
    return new HashSet<>(keys).stream().map(key -> Item.of(key, null)).toList();
  }

  private Map<ByteBuffer, Row> rowsOf(List<Item> items) {
    List<byte[]> hashes = items.stream().map(Item::hash).toList();
    List<Row> rows =
        database.read("read", named(items), c -> dialect.selectAll(c, open.table(), hashes));
    Map<ByteBuffer, Row> byHash = new HashMap<>();
    rows.forEach(row -> byHash.put(ByteBuffer.wrap(row.hash()), row));
    return byHash;
  }

  private static Object named(List<Item> items) {
    return items.size() == 1 ? items.get(0).key() : items.size() + " keys";
  }

  /** Inserts all or none, and returns whether it did. */
  private boolean insertAll(List<Item> items, Batches<Long> batches) {
    long[] given = new long[items.size()];
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      given[i] = versions.next(Store.ABSENT);
      rows.add(rowOf(items.get(i), given[i]));
    }
    boolean inserted =
        database.transact(
            "write",
            named(items),
            c ->
                dialect.insertAll(c, open.table(), rows)
                    ? Database.Outcome.commit(true)
                    : Database.Outcome.rollback(false));
    for (int i = 0; inserted && i < given.length; i++) {
      batches.done(items.get(i), given[i]);
    }
    return inserted;
  }

  private Row rowOf(Item item, long version) {
    return open.format().rowOf(new StoreRecord(item.key(), version, item.content()), item.hash());
  }

  /** Replaces rows by their versions; returns the items whose rows had changed meanwhile. */
  private List<Item> updateAll(Found found, Batches<Long> batches) {
    List<Item> items = found.present;
    if (items.isEmpty()) {
      return List.of();
    }
    long[] given = new long[items.size()];
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      given[i] = versions.next(found.expected.get(i));
      rows.add(rowOf(items.get(i), given[i]));
    }
    boolean[] updated =
        database.transact(
            "write",
            named(items),
            c ->
                Database.Outcome.commit(
                    dialect.updateAll(c, open.table(), rows, found.versions())));
    List<Item> left = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      if (updated[i]) {
        batches.done(items.get(i), given[i]);
      } else {
        left.add(items.get(i));
      }
    }
    return left;
  }

  /**
   * Removes records.
   *
   * @param removeOne removes one, whatever is there
   */
  BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys, Function<Item, Boolean> removeOne) {
    Batches<Boolean> batches = new Batches<>(items(keys));
    return batches.run(dialect.batchRows(), batch -> remove(batch, batches), removeOne);
  }

  private List<Item> remove(List<Item> batch, Batches<Boolean> batches) {
    Found found = find(batch);
    found.absent.forEach(item -> batches.done(item, false));
    List<Item> left = new ArrayList<>(found.damaged);
    if (!found.present.isEmpty()) {
      List<byte[]> hashes = found.present.stream().map(Item::hash).toList();
      boolean[] removed =
          database.transact(
              "remove",
              named(found.present),
              c ->
                  Database.Outcome.commit(
                      dialect.deleteAll(c, open.table(), hashes, found.versions())));
      for (int i = 0; i < removed.length; i++) {
        if (removed[i]) {
          batches.done(found.present.get(i), true);
        } else {
          left.add(found.present.get(i));
        }
      }
    }
    return left;
  }
}
