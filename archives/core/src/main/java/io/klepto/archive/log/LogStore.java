package io.klepto.archive.log;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.lock.KeyLocks;
import io.klepto.archive.stamp.StampHealing;
import io.klepto.archive.stamp.StampedStore;
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
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One namespace of an append-only log in one file; {@link LogEngine} tells how its calls travel.
 *
 * <p>Every change is a record at the end of the log; what it replaces stays where it is until a
 * compaction, damaged or not. So a write looks at nothing but the index; only the conditional calls
 * read the record that they judge. A bulk write is one append, seen as a whole or not at all.
 *
 * <p>Cost: a read is one step in the file, two for a record whose times were changed. A write is
 * one step, and the lock. {@code clear} is one record. {@code size} is a look at the index. {@code
 * scan} begins with a copy of the hashes, 16 bytes each. {@code verify} reads everything.
 */
final class LogStore implements Store, StampedStore {
  private final Engines.Lease lease;
  private final LogEngine engine;
  private final LogErrors errors;
  private final boolean forced;
  private final int compactAt;
  private final int number;
  private final LogChanges changes;
  private final KeyLocks keyLocks;
  private final OpenGate gate;
  private volatile StampHealing healing;

  private LogStore(
      Engines.Lease lease,
      LogErrors errors,
      boolean forced,
      int compactAt,
      int number,
      KeyLocks keyLocks) {
    this.lease = lease;
    this.engine = lease.engine();
    this.errors = errors;
    this.forced = forced;
    this.compactAt = compactAt;
    this.number = number;
    this.changes = new LogChanges(engine, errors, forced, number);
    this.keyLocks = keyLocks;
    this.gate = new OpenGate(errors.subject());
  }

  /** Opens a namespace, making it if it is missing. */
  static LogStore open(Engines.Lease lease, StoreOptions options, LogErrors errors, int compactAt) {
    boolean forced = options.durability().filter(Durability.SYNC::equals).isPresent();
    Namespace.Definition asked = new Namespace.Definition(options.namespace(), options.identity());
    int number = new NamespaceOpening(lease.engine(), errors).open(asked);
    KeyLocks keyLocks =
        new KeyLocks(
            errors.subject(),
            Folders.beside(lease.path(), ".keys"),
            options.namespace(),
            Files::createFile);
    return new LogStore(lease, errors, forced, compactAt, number, keyLocks);
  }

  @Override
  public String name() {
    return errors.subject();
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.MANY_PROCESSES,
        Capability.COMPARE_AND_SET,
        Capability.ATOMIC_BATCH,
        Capability.STAMPS,
        Capability.KEY_LOCK,
        Capability.PERSISTENT);
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
          KeyHash hash = KeyHash.of(key);
          StampHealing reader = healing;
          if (reader != null) {
            reader.look(key);
          }
          return engine.read(log -> log.read(changes.namespaceIn(log), hash, key, errors));
        });
  }

  @Override
  public boolean contains(KeyBytes key) {
    return get(key) != null;
  }

  @Override
  public BulkOutcome<StoreRecord> getAll(Collection<KeyBytes> keys) {
    return gate.call(() -> BulkOutcome.ofEach(keys, this::get));
  }

  @Override
  public long put(KeyBytes key, RecordContent content) {
    requireNonNull(key, "key");
    requireNonNull(content, "content");
    return gate.call(
        () -> {
          KeyHash hash = KeyHash.of(key);
          RecordBody body = bodyOf(key, content);
          return write(body.totalBytes(), log -> changes.append(log, hash, content, body));
        });
  }

  private RecordBody bodyOf(KeyBytes key, RecordContent content) {
    return RecordBody.of(key, content.times(), content.payload()).requireWritable(key, name());
  }

  @Override
  public BulkOutcome<Long> putAll(Map<KeyBytes, RecordContent> contents) {
    return gate.call(
        () -> {
          List<LogChanges.Put> puts = new ArrayList<>(contents.size());
          long bytes = 0;
          for (Map.Entry<KeyBytes, RecordContent> entry : contents.entrySet()) {
            KeyBytes key = entry.getKey();
            RecordContent content = entry.getValue();
            RecordBody body = RecordBody.of(key, content.times(), content.payload());
            RecordHeader header = RecordHeader.ofPut(number, KeyHash.of(key), content, body);
            puts.add(new LogChanges.Put(key, header, body));
            bytes += body.totalBytes();
          }
          return asOne(contents.keySet(), bytes, log -> changes.appendAll(log, puts));
        });
  }

  @Override
  public boolean remove(KeyBytes key) {
    requireNonNull(key, "key");
    return removeAll(List.of(key)).orThrow().get(key);
  }

  @Override
  public BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys) {
    return gate.call(
        () -> {
          Set<KeyBytes> distinct = new LinkedHashSet<>(keys);
          return asOne(distinct, 0, log -> changes.removeFrom(log, distinct));
        });
  }

  @Override
  public OptionalLong compareAndSet(KeyBytes key, long expectedVersion, RecordContent content) {
    requireNonNull(key, "key");
    requireNonNull(content, "content");
    return gate.call(
        () -> {
          KeyHash hash = KeyHash.of(key);
          RecordBody body = bodyOf(key, content);
          return write(
              body.totalBytes(),
              log ->
                  changes.versionIn(log, hash, key) == expectedVersion
                      ? OptionalLong.of(changes.append(log, hash, content, body))
                      : OptionalLong.empty());
        });
  }

  @Override
  public boolean compareAndRemove(KeyBytes key, long expectedVersion) {
    requireNonNull(key, "key");
    return changeIf(key, expectedVersion, changes::appendRemoval);
  }

  @Override
  public boolean touch(KeyBytes key, long expectedVersion, RecordTimes times) {
    requireNonNull(key, "key");
    requireNonNull(times, "times");
    return changeIf(key, expectedVersion, (log, hash) -> changes.appendTouch(log, hash, times));
  }

  /** A change of a record that is there. */
  private interface Change {
    void append(LogFile log, KeyHash hash) throws IOException;
  }

  /** Makes a change if the record has the expected version, and returns whether it has. */
  private boolean changeIf(KeyBytes key, long expectedVersion, Change change) {
    return gate.call(
        () -> {
          KeyHash hash = KeyHash.of(key);
          return write(
              0,
              log -> {
                boolean found =
                    changes.versionIn(log, hash, key) == expectedVersion
                        && expectedVersion != ABSENT;
                if (found) {
                  change.append(log, hash);
                }
                return found;
              });
        });
  }

  @Override
  public RecordCursor scan() {
    return gate.call(() -> new LogCursor(gate, engine, errors, number));
  }

  @Override
  public long size() {
    return gate.call(
        () -> engine.read(log -> log.ask(state -> (long) changes.namespaceIn(log).index().size())));
  }

  @Override
  public void clear() {
    gate.run(
        () ->
            write(
                0,
                log -> {
                  changes.namespaceIn(log);
                  changes.appendOne(log, RecordType.CLEAR);
                  return null;
                }));
  }

  @Override
  public void sync() {
    gate.run(engine::sync);
  }

  @Override
  public void compact() {
    gate.run(engine.compactor()::compact);
  }

  @Override
  public VerifyReport verify(boolean repair) {
    return gate.call(() -> new Verification(engine, errors, number).run(repair));
  }

  @Override
  public Stamps stamps(long entries) {
    return gate.call(
        () -> {
          Stamps stamps = engine.stamps(number, entries);
          healing = new StampHealing(stamps, stripe -> engine.tryToHeal());
          return stamps;
        });
  }

  @Override
  public void moveAllStamps() {
    gate.run(engine::moveAllStamps);
  }

  @Override
  public Optional<KeyHold> lockKey(KeyBytes key, Duration patience) {
    return keyLocks.lock(key, patience);
  }

  @Override
  public void close() {
    if (gate.close()) {
      letGo();
    }
  }

  private void letGo() {
    try {
      keyLocks.close();
    } finally {
      lease.close();
    }
  }

  @Override
  public void destroy() {
    if (!gate.close()) {
      throw OpenGate.closed(name());
    }
    try {
      write(
          0,
          log -> {
            Namespace namespace = log.namespace(number);
            if (namespace != null && !namespace.isDestroyed()) {
              changes.appendOne(log, RecordType.DESTROY);
            }
            new Quarantine(engine.path()).destroy(number);
            return null;
          });
    } finally {
      letGo();
    }
  }

  private <T> T write(long bytes, LogEngine.Reading<T> writing) {
    T result = engine.write(forced, writing);
    engine.compactor().afterWrite(bytes, compactAt);
    return result;
  }

  /** Makes a bulk write that happens as a whole; if it fails, it fails for all keys. */
  private <T> BulkOutcome<T> asOne(
      Set<KeyBytes> keys, long bytes, LogEngine.Reading<Map<KeyBytes, T>> writing) {
    if (keys.isEmpty()) {
      return new BulkOutcome<>(Map.of(), Map.of());
    }
    try {
      return new BulkOutcome<>(write(bytes, writing), Map.of());
    } catch (DamagedRecordException e) {
      throw e;
    } catch (ArchiveException e) {
      Map<KeyBytes, ArchiveException> failed = new HashMap<>();
      keys.forEach(key -> failed.put(key, e));
      return new BulkOutcome<>(Map.of(), failed);
    }
  }
}
