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
 * <p>A batch of puts is one statement, or a batch of one, that writes over what is there. If a
 * record has a version ahead of this clock, nothing of the batch is written, and it is done key by
 * key. Safe for use by many threads.
 */
final class BulkStatements {
  private final Database database;
  private final Dialect dialect;
  private final OpenTable open;
  private final VersionClock versions;
  private final long mostBytes;

  /**
   * Creates the calls for one table.
   *
   * @param mostBytes how many bytes a statement may have
   */
  BulkStatements(Database database, OpenTable open, VersionClock versions, long mostBytes) {
    this.mostBytes = mostBytes;
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
        mostBytes,
        batch -> {
          Map<ByteBuffer, Row> rows = rowsOf(batch);
          for (Item item : batch) {
            try {
              StoreRecord record = open.recordOf(rows.get(ByteBuffer.wrap(item.id())), item.key());
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
    return batches.run(dialect.batchRows(), mostBytes, batch -> put(batch, batches), putOne);
  }

  private List<Item> put(List<Item> batch, Batches<Long> batches) {
    long[] given = new long[batch.size()];
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      given[i] = versions.next(Store.ABSENT);
      rows.add(rowOf(batch.get(i), given[i]));
    }
    boolean written =
        database.transactIf("write", named(batch), c -> dialect.upsertAll(c, open.table(), rows));
    if (!written) {
      return batch;
    }
    for (int i = 0; i < given.length; i++) {
      batches.done(batch.get(i), given[i]);
    }
    return List.of();
  }

  private Row rowOf(Item item, long version) {
    Row row = open.format().rowOf(new StoreRecord(item.key(), version, item.content()), item.id());
    database.requireFits(row, item.key(), mostBytes);
    return row;
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
        StoreRecord old = open.recordOf(rows.get(ByteBuffer.wrap(item.id())), item.key());
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
    List<byte[]> ids = items.stream().map(Item::id).toList();
    List<Row> rows =
        database.read("read", named(items), c -> dialect.selectAll(c, open.table(), ids));
    Map<ByteBuffer, Row> byId = new HashMap<>(2 * rows.size());
    rows.forEach(row -> byId.put(ByteBuffer.wrap(row.id()), row));
    return byId;
  }

  private static Object named(List<Item> items) {
    return items.size() == 1 ? items.get(0).key() : items.size() + " keys";
  }

  /**
   * Removes records.
   *
   * @param removeOne removes one, whatever is there
   */
  BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys, Function<Item, Boolean> removeOne) {
    Batches<Boolean> batches = new Batches<>(items(keys));
    return batches.run(dialect.batchRows(), mostBytes, batch -> remove(batch, batches), removeOne);
  }

  private List<Item> remove(List<Item> batch, Batches<Boolean> batches) {
    Found found = find(batch);
    found.absent.forEach(item -> batches.done(item, false));
    List<Item> left = new ArrayList<>(found.damaged);
    if (!found.present.isEmpty()) {
      List<byte[]> ids = found.present.stream().map(Item::id).toList();
      boolean[] removed =
          database.transact(
              "remove",
              named(found.present),
              c ->
                  Database.Outcome.commit(
                      dialect.deleteAll(c, open.table(), ids, found.versions())));
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
