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
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A table of records, which many threads, and processes where the engine allows them, use at once;
 * {@link RowFormat} draws a row.
 *
 * <p>Whatever changes a row is one statement that names the version it replaces, so that no write
 * is lost: of two at once, the second finds another version and goes on from there. Writes over and
 * removals of a row read it whole before, as damaged rows are to be set aside, not written over.
 *
 * <p>Cost: a put of a new key is one statement, over an old one two, with a third for the first of
 * a series, as a put tries what the last one needed; a removal and the conditional calls are two.
 * {@code clear} and {@code verify} read everything.
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
  private final BulkStatements bulk;
  private final OpenGate gate;
  private volatile boolean keysAreNew = true; // a guess that costs a statement if wrong

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
    this.bulk = new BulkStatements(database, open, versions);
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
    byte[] hash = key.sha256();
    return database.read("read", key, c -> table.select(c, hash));
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
    byte[] hash = key.sha256();
    boolean lookFirst = !keysAreNew;
    while (true) {
      if (!lookFirst) {
        long version = versions.next(ABSENT);
        if (insert(key, hash, new StoreRecord(key, version, content))) {
          keysAreNew = true;
          return version;
        }
      }
      lookFirst = false;
      StoreRecord old = wholeOrSetAside(key, hash);
      if (old != null) {
        keysAreNew = false;
        long version = versions.next(old.version());
        if (update(key, hash, new StoreRecord(key, version, content), old.version())) {
          return version;
        }
        lookFirst = true;
      }
    }
  }

  private boolean insert(KeyBytes key, byte[] hash, StoreRecord record) {
    Row row = open.format().rowOf(record, hash);
    return database.write("write", key, c -> database.dialect().insertIfAbsent(c, table, row));
  }

  private boolean update(KeyBytes key, byte[] hash, StoreRecord record, long expectedVersion) {
    Row row = open.format().rowOf(record, hash);
    return database.write("write", key, c -> table.update(c, row, expectedVersion));
  }

  /** Returns the record of a key, null if there is none, or none any more as it was damaged. */
  private StoreRecord wholeOrSetAside(KeyBytes key, byte[] hash) {
    try {
      return open.recordOf(rowOf(key), key);
    } catch (DamagedRecordException e) {
      maintenance.setAside(hash);
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
    byte[] hash = key.sha256();
    while (true) {
      Row row = rowOf(key);
      try {
        StoreRecord old = open.recordOf(row, key);
        if (old == null) {
          return false;
        } else if (database.write("remove", key, c -> table.delete(c, hash, old.version()))) {
          return true;
        }
      } catch (DamagedRecordException e) {
        if (maintenance.setAside(hash)) {
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
          byte[] hash = key.sha256();
          long version = versions.next(expectedVersion);
          StoreRecord fresh = new StoreRecord(key, version, content);
          if (expectedVersion != ABSENT) {
            return ifDone(
                isWhole(key, expectedVersion, () -> update(key, hash, fresh, expectedVersion)),
                version);
          }
          boolean inserted = insert(key, hash, fresh);
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
                        "remove", key, c -> table.delete(c, key.sha256(), expectedVersion))));
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
