package io.klepto.archive.jdbc;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.OpenGate;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import io.klepto.archive.store.VersionClock;
import io.klepto.keymap.KeyBytes;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A table of records, which many threads, and processes where the engine allows them, use at once;
 * {@link RowFormat} draws a row.
 *
 * <p>Whatever changes a row is one statement that names the version it replaces, so that no write
 * is lost: of two at once, the second finds another version and goes on from there. A put says only
 * that its own version must be the greater, and reads what is there if it is not.
 *
 * <p>A put takes the place of a damaged row as of any other: its user gave a new value, and reading
 * each old row before would halve the rate of batches. A removal reads the row whole before, and
 * sets it aside if it is damaged, as do {@code clear} and {@code verify}.
 *
 * <p>Cost: a put is one statement; a removal and the conditional calls are two. {@code clear} and
 * {@code verify} read everything.
 */
final class JdbcStore implements Store {
  private final Database database;
  private final OpenTable open;
  private final JdbcTable table;
  private final Durability durability;
  private final Runnable destroying;
  private final Runnable compacting;
  private final Maintenance maintenance;
  private final VersionClock versions = new VersionClock();
  private final long mostBytes;
  private final BulkStatements bulk;
  private final OpenGate gate;

  /**
   * Opens a store.
   *
   * @param destroying removes the table
   * @param compacting removes what crashed users left
   */
  JdbcStore(
      Database database,
      OpenTable open,
      Durability durability,
      Runnable destroying,
      Runnable compacting) {
    this.database = database;
    this.open = open;
    this.table = open.table();
    this.durability = durability;
    this.destroying = destroying;
    this.compacting = compacting;
    this.maintenance = new Maintenance(database, open);
    this.mostBytes =
        database.read("ask", "the largest statement", database.dialect()::mostStatementBytes);
    this.bulk = new BulkStatements(database, open, versions, mostBytes);
    this.gate = new OpenGate(database.store());
  }

  @Override
  public String name() {
    return database.store();
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.copyOf(database.dialect().capabilities());
    if (open.format() instanceof NativeRows) {
      all.add(Capability.FOREIGN_READABLE);
    }
    return all;
  }

  @Override
  public Durability durability() {
    return durability;
  }

  @Override
  public StoreRecord get(KeyBytes key) {
    requireNonNull(key, "key");
    return gate.call(() -> open.recordOf(rowOf(key), key));
  }

  private Row rowOf(KeyBytes key) {
    byte[] id = RowFormat.idOf(key);
    return database.read("read", key, c -> table.select(c, id));
  }

  @Override
  public boolean contains(KeyBytes key) {
    return get(key) != null;
  }

  @Override
  public BulkOutcome<StoreRecord> getAll(Collection<KeyBytes> keys) {
    return gate.call(() -> bulk.getAll(keys, item -> open.recordOf(rowOf(item.key()), item.key())));
  }

  @Override
  public long put(KeyBytes key, RecordContent content) {
    requireNonNull(key, "key");
    requireNonNull(content, "content");
    return gate.call(() -> putOne(key, content));
  }

  private long putOne(KeyBytes key, RecordContent content) {
    byte[] id = RowFormat.idOf(key);
    long fresh = versions.next(ABSENT);
    if (upsert(key, id, new StoreRecord(key, fresh, content))) {
      return fresh;
    }
    while (true) {
      StoreRecord old = wholeOrSetAside(key, id); // of a version ahead of the clock, or damaged
      long expected = old == null ? ABSENT : old.version();
      long version = versions.next(expected);
      StoreRecord record = new StoreRecord(key, version, content);
      if (old == null ? insert(key, id, record) : update(key, id, record, expected)) {
        return version;
      }
    }
  }

  private Row rowOf(StoreRecord record, byte[] id) {
    Row row = open.format().rowOf(record, id);
    database.requireFits(row, record.key(), mostBytes);
    return row;
  }

  private boolean upsert(KeyBytes key, byte[] id, StoreRecord record) {
    List<Row> rows = List.of(rowOf(record, id));
    return database.write("write", key, c -> database.dialect().upsertAll(c, table, rows));
  }

  private boolean insert(KeyBytes key, byte[] id, StoreRecord record) {
    Row row = rowOf(record, id);
    return database.write("write", key, c -> database.dialect().insertIfAbsent(c, table, row));
  }

  private boolean update(KeyBytes key, byte[] id, StoreRecord record, long expectedVersion) {
    Row row = rowOf(record, id);
    return database.write("write", key, c -> table.update(c, row, expectedVersion));
  }

  /** Returns the record of a key, null if there is none, or none any more as it was damaged. */
  private StoreRecord wholeOrSetAside(KeyBytes key, byte[] id) {
    try {
      return open.recordOf(rowOf(key), key);
    } catch (DamagedRecordException e) {
      maintenance.setAside(id);
      return null;
    }
  }

  @Override
  public BulkOutcome<Long> putAll(Map<KeyBytes, RecordContent> contents) {
    return gate.call(() -> bulk.putAll(contents, item -> putOne(item.key(), item.content())));
  }

  @Override
  public boolean remove(KeyBytes key) {
    requireNonNull(key, "key");
    return gate.call(() -> removeOne(key));
  }

  private boolean removeOne(KeyBytes key) {
    byte[] id = RowFormat.idOf(key);
    while (true) {
      Row row = rowOf(key);
      try {
        StoreRecord old = open.recordOf(row, key);
        if (old == null) {
          return false;
        } else if (database.write("remove", key, c -> table.delete(c, id, old.version()))) {
          return true;
        }
      } catch (DamagedRecordException e) {
        if (maintenance.setAside(id)) {
          return true;
        }
      }
    }
  }

  @Override
  public BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys) {
    return gate.call(() -> bulk.removeAll(keys, item -> removeOne(item.key())));
  }

  @Override
  public OptionalLong compareAndSet(KeyBytes key, long expectedVersion, RecordContent content) {
    requireNonNull(key, "key");
    requireNonNull(content, "content");
    return gate.call(
        () -> {
          byte[] id = RowFormat.idOf(key);
          long version = versions.next(expectedVersion);
          StoreRecord fresh = new StoreRecord(key, version, content);
          if (expectedVersion != ABSENT) {
            return ifDone(
                isWhole(key, expectedVersion, () -> update(key, id, fresh, expectedVersion)),
                version);
          }
          boolean inserted = insert(key, id, fresh);
          if (!inserted) {
            open.recordOf(rowOf(key), key); // throws if what is there is damaged
          }
          return ifDone(inserted, version);
        });
  }

  private static OptionalLong ifDone(boolean done, long version) {
    return done ? OptionalLong.of(version) : OptionalLong.empty();
  }

  /** Makes a change if the record is there, whole, in the version expected. */
  private boolean isWhole(KeyBytes key, long expectedVersion, BooleanSupplier change) {
    StoreRecord old = open.recordOf(rowOf(key), key);
    return old != null && old.version() == expectedVersion && change.getAsBoolean();
  }

  @Override
  public boolean compareAndRemove(KeyBytes key, long expectedVersion) {
    requireNonNull(key, "key");
    return gate.call(
        () ->
            isWhole(
                key,
                expectedVersion,
                () ->
                    database.write(
                        "remove",
                        key,
                        c -> table.delete(c, RowFormat.idOf(key), expectedVersion))));
  }

  @Override
  public boolean touch(KeyBytes key, long expectedVersion, RecordTimes times) {
    requireNonNull(key, "key");
    requireNonNull(times, "times");
    return gate.call(
        () -> {
          Row row = rowOf(key);
          StoreRecord old = open.recordOf(row, key);
          if (old == null || old.version() != expectedVersion) {
            return false;
          }
          Row touched = open.format().touched(old, row, times);
          return database.write("touch", key, c -> table.touch(c, touched, expectedVersion));
        });
  }

  @Override
  public RecordCursor scan() {
    return gate.call(() -> new JdbcCursor(gate, database, open));
  }

  @Override
  public long size() {
    return gate.call(() -> database.read("count", "records", table::count));
  }

  @Override
  public void clear() {
    gate.run(maintenance::clear);
  }

  @Override
  public void sync() {
    gate.run(
        () ->
            database.write(
                "force to disk",
                "what was written",
                c -> {
                  database.dialect().sync(c);
                  return null;
                }));
  }

  @Override
  public void compact() {
    gate.run(
        () -> {
          compacting.run();
          database.write(
              "compact",
              "table " + table.name(),
              c -> {
                database.dialect().compact(c, table.quotedName());
                return null;
              });
        });
  }

  @Override
  public VerifyReport verify(boolean repair) {
    return gate.call(() -> maintenance.verify(repair));
  }

  @Override
  public void close() {
    if (gate.close()) {
      database.close();
    }
  }

  @Override
  public void destroy() {
    if (!gate.close()) {
      throw OpenGate.closed(name());
    }
    try {
      destroying.run();
    } finally {
      database.close();
    }
  }
}
