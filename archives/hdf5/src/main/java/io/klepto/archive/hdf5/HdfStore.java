package io.klepto.archive.hdf5;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.hdf5.BatchChanges.Step;
import io.klepto.archive.hdf5.OldRecords.Old;
import io.klepto.archive.lock.KeyLocks;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.KeyHold;
import io.klepto.archive.store.OpenGate;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Stamps;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import io.klepto.archive.store.VersionClock;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * One HDF5 file with a log beside it, which many threads and processes use at once; {@link
 * HdfLayout} draws it.
 *
 * <p>A write goes into the log ({@link Journal}), under the lock of its key, held from reading the
 * old record to the write, so that no write is lost. A read looks into the log first, then into the
 * file, without a lock: compaction puts a file with the records of the log into the old one's place
 * before it takes them out of the log, so that what is in neither is not there. A removal stands in
 * the log until compaction has written a file without the record. A crash between those steps
 * leaves records in both, which are the same.
 *
 * <p>Compaction runs on {@code compact} and on {@code close}. HDF5 files can't be changed by jhdf,
 * so each writes all of the file anew: as long as it takes to copy it, and some 40 µs a record.
 *
 * <p>A record of the file that is found damaged where a new one is to be written, or where it is to
 * be removed, is set aside.
 */
final class HdfStore implements Store {
  private static final System.Logger LOG = System.getLogger(HdfStore.class.getName());

  private final HdfContext context;
  private final Journal journal;
  private final HdfMaintenance maintenance;
  private final OldRecords olds;
  private final KeyLocking locking;
  private final BatchChanges batches;
  private final VersionClock versions = new VersionClock();
  private final KeyLocks keyLocks;
  private final OpenGate gate;

  HdfStore(HdfContext context) {
    this.context = context;
    this.journal = context.journal();
    this.maintenance = new HdfMaintenance(context);
    this.olds = new OldRecords(journal, context.base());
    this.locking = context.locking();
    this.batches = new BatchChanges(context, olds);
    this.keyLocks =
        new KeyLocks(name(), context.layout().keyFile(), context.namespace(), Files::createFile);
    this.gate = new OpenGate(name());
  }

  @Override
  public String name() {
    return context.errors().store();
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.MANY_PROCESSES,
        Capability.COMPARE_AND_SET,
        Capability.FOREIGN_READABLE,
        Capability.STAMPS,
        Capability.KEY_LOCK,
        Capability.PERSISTENT);
  }

  @Override
  public Durability durability() {
    return journal.store().durability();
  }

  @Override
  public StoreRecord get(KeyBytes key) {
    requireNonNull(key, "key");
    return gate.call(() -> read(key));
  }

  private StoreRecord read(KeyBytes key) {
    Journal.Told told = journal.get(key);
    return told == null ? context.base().read(key) : told.record();
  }

  @Override
  public boolean contains(KeyBytes key) {
    return get(key) != null;
  }

  @Override
  public BulkOutcome<StoreRecord> getAll(Collection<KeyBytes> keys) {
    return gate.call(
        () -> {
          BulkOutcome<Journal.Told> told = journal.getAll(keys);
          Map<KeyBytes, StoreRecord> done = new HashMap<>();
          Map<KeyBytes, ArchiveException> failed = new HashMap<>(told.failed());
          List<KeyBytes> untold = new ArrayList<>();
          for (KeyBytes key : keys) {
            if (!told.done().containsKey(key)) {
              untold.add(key);
            } else if (told.done().get(key).record() != null) {
              done.put(key, told.done().get(key).record());
            }
          }
          untold.removeAll(failed.keySet());
          BulkOutcome<StoreRecord> rest = context.base().findAll(untold, BaseFile.Found::whole);
          done.putAll(rest.done());
          failed.putAll(rest.failed());
          return new BulkOutcome<>(done, failed);
        });
  }

  @Override
  public long put(KeyBytes key, RecordContent content) {
    requireNonNull(content, "content");
    return changing(key, old -> put(key, old, content));
  }

  private long put(KeyBytes key, Old old, RecordContent content) {
    long version = versions.next(old.version());
    context.setAside().old(key, old);
    journal.store().put(key, Journal.contentOf(version, content));
    return version;
  }

  @Override
  public BulkOutcome<Long> putAll(Map<KeyBytes, RecordContent> contents) {
    contents.forEach(
        (key, content) -> {
          requireNonNull(key, "key");
          requireNonNull(content, "content");
        });
    return gate.call(
        () ->
            batches.make(
                contents.keySet(),
                (key, old) -> {
                  long version = versions.next(old.version());
                  return new Step<>(Journal.contentOf(version, contents.get(key)), version);
                }));
  }

  @Override
  public boolean remove(KeyBytes key) {
    return changing(key, old -> remove(key, old));
  }

  private boolean remove(KeyBytes key, Old old) {
    if (old.isNothing()) {
      return false;
    }
    context.setAside().old(key, old);
    journal.store().put(key, Journal.removalOf(old.version()));
    return true;
  }

  @Override
  public BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys) {
    keys.forEach(key -> requireNonNull(key, "key"));
    return gate.call(
        () ->
            batches.make(
                keys,
                (key, old) ->
                    old.isNothing()
                        ? new Step<>(null, false)
                        : new Step<>(Journal.removalOf(old.version()), true)));
  }

  @Override
  public OptionalLong compareAndSet(KeyBytes key, long expectedVersion, RecordContent content) {
    requireNonNull(content, "content");
    return changing(
        key,
        old ->
            old.requireWhole().recordVersion() == expectedVersion
                ? OptionalLong.of(put(key, old, content))
                : OptionalLong.empty());
  }

  @Override
  public boolean compareAndRemove(KeyBytes key, long expectedVersion) {
    return changing(
        key,
        old ->
            old.requireWhole().recordVersion() == expectedVersion
                && expectedVersion != ABSENT
                && remove(key, old));
  }

  @Override
  public boolean touch(KeyBytes key, long expectedVersion, RecordTimes times) {
    requireNonNull(times, "times");
    return changing(
        key,
        old -> {
          boolean touched =
              old.requireWhole().recordVersion() == expectedVersion && expectedVersion != ABSENT;
          if (touched) {
            RecordContent content = read(key).content().withTimes(times);
            journal.store().put(key, Journal.contentOf(expectedVersion, content));
          }
          return touched;
        });
  }

  @Override
  public RecordCursor scan() {
    return gate.call(() -> new HdfCursor(gate, journal, context.base()));
  }

  @Override
  public long size() {
    return gate.call(maintenance::size);
  }

  @Override
  public void clear() {
    gate.run(
        () -> {
          context.base().use((view, source) -> view); // a damaged file is no empty one
          List<DamagedRecordException> damages = new ArrayList<>();
          List<KeyBytes> keys = Keys.of(new HdfCursor(gate, journal, context.base()), damages);
          batches
              .make(
                  keys,
                  (key, old) ->
                      new Step<>(old.isNothing() ? null : Journal.removalOf(old.version()), true))
              .orThrow();
          if (!damages.isEmpty()) {
            maintenance.verify(true); // sets them aside
          }
        });
  }

  @Override
  public void sync() {
    gate.run(journal.store()::sync);
  }

  @Override
  public void compact() {
    gate.run(maintenance::compact);
  }

  @Override
  public VerifyReport verify(boolean repair) {
    return gate.call(() -> maintenance.verify(repair));
  }

  /**
   * {@inheritDoc}
   *
   * <p>They are those of the log, which each change goes into; compaction moves those of what it
   * takes out of the log, though no record changes.
   */
  @Override
  public Stamps stamps(long entries) {
    return gate.call(() -> journal.store().stamps(entries));
  }

  @Override
  public Optional<KeyHold> lockKey(KeyBytes key, Duration patience) {
    return keyLocks.lock(key, patience);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Brings the log into the file before, unless {@code compact-on-close} is off; if that can't
   * be done, the log is kept, a warning is logged, and the next user goes on with both.
   */
  @Override
  public void close() {
    if (gate.close()) {
      try {
        if (context.settings().compactOnClose()) {
          maintenance.compactIfTold();
        }
      } catch (ArchiveException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "could not compact " + name() + " at close; what its log holds stays there",
            e);
      } finally {
        closeFiles();
      }
    }
  }

  @Override
  public void destroy() {
    if (!gate.close()) {
      throw OpenGate.closed(name());
    }
    try {
      context
          .locks()
          .whileHolding(
              HdfLayout.LIFECYCLE_LOCK,
              () -> {
                maintenance.destroy();
                return null;
              });
    } finally {
      closeFiles();
    }
  }

  private void closeFiles() {
    try {
      journal.store().close();
    } finally {
      closeLocks();
    }
  }

  private void closeLocks() {
    keyLocks.close();
    try {
      context.locks().close();
    } catch (IOException e) {
      throw context.errors().refused("close the lock file", context.layout().lockFile(), e);
    }
  }

  /** Holds the lock of a key while its record is read and a change is made by what was found. */
  private <T> T changing(KeyBytes key, Function<Old, T> change) {
    requireNonNull(key, "key");
    return gate.call(() -> locking.whileHolding(List.of(key), () -> change.apply(olds.of(key))));
  }
}
