package io.klepto.archive.dir;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.lock.KeyLocks;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.KeyHold;
import io.klepto.archive.store.MappedRecord;
import io.klepto.archive.store.OpenGate;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Stamps;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import io.klepto.archive.store.VersionClock;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A folder of files, one per record, that many threads and processes use at once; {@link DirLayout}
 * draws it.
 *
 * <p>A write makes a temporary file and renames it over the old one: a reader, who takes no lock,
 * sees the old record or the new, and a crash leaves one of them. Whoever changes a record holds
 * the lock of its key (see {@link KeyFileLocks}) from reading the old version to the rename, so
 * that no write is lost. Changing times rewrites the record by the same way.
 *
 * <p>A record that is found damaged where a new one is to be written, or where it is to be removed,
 * goes into quarantine. Therefore writes read the whole old record; {@code contains} does so too,
 * since damage anywhere must show.
 *
 * <p>Cost: one file made and renamed for a write, one opened for a read. {@code size} lists 256
 * folders. {@code clear} and {@code verify} read everything. {@code sync} forces what this store
 * changed since the last one; every record of the namespace, some 0.1 ms each, where others have
 * changed some and not synced. A bulk write forces its files together.
 */
final class DirStore implements Store {
  private final DirLayout layout;
  private final DirErrors errors;
  private final KeyFileLocks locks;
  private final RecordFileFormat format;
  private final boolean forced;
  private final DirRecords records;
  private final DirListing listing;
  private final Unsynced unsynced;
  private final DirChanges changes;
  private final ForcedBatches batches;
  private final DirSync syncing;
  private final DirVerification verification;
  private final DirMaintenance maintenance;
  private final VersionClock versions = new VersionClock();
  private final KeyLocks keyLocks;
  private final DirStamps stamps;
  private final OpenGate gate;

  DirStore(
      DirLayout layout,
      StoreOptions options,
      RecordFiles files,
      RecordFileFormat format,
      DirErrors errors,
      KeyFileLocks locks) {
    this.layout = layout;
    this.errors = errors;
    this.locks = locks;
    this.format = format;
    this.forced = options.durability().filter(Durability.SYNC::equals).isPresent();
    this.records = new DirRecords(layout, format, errors);
    this.listing = new DirListing(layout, files, errors);
    String mark = DirLayout.tempName(locks.writer(), locks.nextWrite());
    this.unsynced = new Unsynced(layout.unsynced(), mark, files);
    this.stamps = new DirStamps(layout, files, errors, locks);
    this.changes = new DirChanges(layout, files, format, errors, locks, unsynced, stamps, forced);
    DirContext context =
        new DirContext(layout, files, errors, locks, records, changes, listing, stamps);
    this.batches = new ForcedBatches(context, versions);
    this.syncing = new DirSync(context, unsynced);
    this.verification = new DirVerification(context);
    this.maintenance = new DirMaintenance(context);
    this.keyLocks =
        new KeyLocks(errors.store(), layout.keyFile(), options.namespace(), files::makeFile);
    this.gate = new OpenGate(errors.store());
  }

  @Override
  public String name() {
    return errors.store();
  }

  @Override
  public Set<Capability> capabilities() {
    EnumSet<Capability> all =
        EnumSet.of(
            Capability.MANY_PROCESSES,
            Capability.COMPARE_AND_SET,
            Capability.STAMPS,
            Capability.KEY_LOCK,
            Capability.PERSISTENT);
    all.addAll(format.capabilities());
    return all;
  }

  @Override
  public Durability durability() {
    return forced ? Durability.SYNC : Durability.OS;
  }

  @Override
  public StoreRecord get(KeyBytes key) {
    requireNonNull(key, "key");
    return gate.call(
        () -> {
          stamps.look(key);
          return records.read(layout.record(key.sha256Hex()), key);
        });
  }

  @Override
  public MappedRecord map(KeyBytes key) {
    requireNonNull(key, "key");
    return gate.call(() -> records.map(layout.record(key.sha256Hex()), key));
  }

  @Override
  public boolean contains(KeyBytes key) {
    requireNonNull(key, "key");
    return gate.call(() -> records.check(layout.record(key.sha256Hex()), key) != ABSENT);
  }

  @Override
  public BulkOutcome<StoreRecord> getAll(Collection<KeyBytes> keys) {
    return gate.call(() -> BulkOutcome.ofEach(keys, this::get));
  }

  @Override
  public long put(KeyBytes key, RecordContent content) {
    requireNonNull(content, "content");
    return changing(
        key,
        (file, old) -> {
          long version = versions.next(old.version());
          changes.write(file, new StoreRecord(key, version, content), old.isDamaged());
          return version;
        });
  }

  @Override
  public BulkOutcome<Long> putAll(Map<KeyBytes, RecordContent> contents) {
    return gate.call(
        () ->
            forced
                ? batches.putAll(contents, key -> put(key, contents.get(key)))
                : BulkOutcome.ofEach(contents.keySet(), key -> put(key, contents.get(key))));
  }

  @Override
  public boolean remove(KeyBytes key) {
    return changing(
        key,
        (file, old) -> {
          if (old.isDamaged()) {
            changes.setAside(file);
          } else if (old.isThere()) {
            changes.remove(file);
          }
          return old.isThere();
        });
  }

  @Override
  public BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys) {
    return gate.call(
        () -> forced ? batches.removeAll(keys) : BulkOutcome.ofEach(keys, this::remove));
  }

  @Override
  public OptionalLong compareAndSet(KeyBytes key, long expectedVersion, RecordContent content) {
    requireNonNull(content, "content");
    return changing(
        key,
        (file, old) -> {
          if (old.wholeVersion() != expectedVersion) {
            return OptionalLong.empty();
          }
          long version = versions.next(expectedVersion);
          changes.write(file, new StoreRecord(key, version, content), false);
          return OptionalLong.of(version);
        });
  }

  @Override
  public boolean compareAndRemove(KeyBytes key, long expectedVersion) {
    return changing(
        key,
        (file, old) -> {
          boolean removed = old.wholeVersion() == expectedVersion && expectedVersion != ABSENT;
          if (removed) {
            changes.remove(file);
          }
          return removed;
        });
  }

  @Override
  public boolean touch(KeyBytes key, long expectedVersion, RecordTimes times) {
    requireNonNull(times, "times");
    return changing(
        key,
        (file, old) -> {
          boolean touched = old.wholeVersion() == expectedVersion && expectedVersion != ABSENT;
          if (touched) {
            RecordContent content = records.read(file, key).content().withTimes(times);
            changes.write(file, new StoreRecord(key, expectedVersion, content), false);
          }
          return touched;
        });
  }

  @Override
  public RecordCursor scan() {
    return gate.call(() -> new DirCursor(gate, records, listing));
  }

  @Override
  public long size() {
    return gate.call(
        () -> listing.folders().stream().mapToLong(f -> listing.recordsIn(f).size()).sum());
  }

  @Override
  public void clear() {
    gate.run(maintenance::clear);
  }

  @Override
  public void sync() {
    gate.run(syncing::sync);
  }

  @Override
  public void compact() {
    gate.run(maintenance::compact);
  }

  @Override
  public VerifyReport verify(boolean repair) {
    return gate.call(() -> verification.verify(repair));
  }

  @Override
  public Stamps stamps(long entries) {
    return gate.call(() -> stamps.open(entries));
  }

  @Override
  public Optional<KeyHold> lockKey(KeyBytes key, Duration patience) {
    return keyLocks.lock(key, patience);
  }

  @Override
  public void close() {
    if (gate.close()) {
      try {
        unsynced.leave();
      } catch (IOException e) {
        throw errors.refused("leave the mark of what is not synced", layout.unsynced(), e);
      } finally {
        closeLocks();
      }
    }
  }

  @Override
  public void destroy() {
    if (!gate.close()) {
      throw OpenGate.closed(name());
    }
    try {
      maintenance.destroy();
    } finally {
      closeLocks();
    }
  }

  private void closeLocks() {
    stamps.close();
    keyLocks.close();
    try {
      locks.close();
    } catch (IOException e) {
      throw errors.refused("close the lock file", layout.lockFile(), e);
    }
  }

  /** Holds the lock of a key while its record is read and a change is made by what was found. */
  private <T> T changing(KeyBytes key, BiFunction<Path, OldRecord, T> change) {
    requireNonNull(key, "key");
    return gate.call(
        () -> {
          String hex = key.sha256Hex();
          Path file = layout.record(hex);
          return locks.whileHolding(
              layout.keyLock(hex), () -> change.apply(file, records.old(file, key)));
        });
  }
}
