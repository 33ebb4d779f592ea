package io.klepto.archive.memory;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.ArchiveException;
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
import io.klepto.keymap.KeyBytes;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A store in the memory of this process. Safe for use by many threads; each call is atomic. */
final class DictStore implements Store {
  private final String name;
  private final DictRecords records;
  private final Runnable forget;
  private volatile boolean closed;

  /**
   * Opens the records.
   *
   * @param forget takes them out of where others find them by name
   */
  DictStore(String name, DictRecords records, Runnable forget) {
    this.name = name;
    this.records = records;
    this.forget = forget;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.COMPARE_AND_SET);
  }

  @Override
  public Durability durability() {
    return Durability.MEMORY;
  }

  @Override
  public StoreRecord get(KeyBytes key) {
    return open().get(requireNonNull(key, "key"));
  }

  @Override
  public boolean contains(KeyBytes key) {
    return open().containsKey(requireNonNull(key, "key"));
  }

  @Override
  public BulkOutcome<StoreRecord> getAll(Collection<KeyBytes> keys) {
    open();
    return BulkOutcome.ofEach(keys, this::get);
  }

  @Override
  public long put(KeyBytes key, RecordContent content) {
    requireNonNull(key, "key");
    requireNonNull(content, "content");
    return open().compute(key, (same, old) -> successor(key, old, content)).version();
  }

  @Override
  public BulkOutcome<Long> putAll(Map<KeyBytes, RecordContent> contents) {
    open();
    return BulkOutcome.ofEach(contents.keySet(), key -> put(key, contents.get(key)));
  }

  @Override
  public boolean remove(KeyBytes key) {
    return open().remove(requireNonNull(key, "key")) != null;
  }

  @Override
  public BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys) {
    open();
    return BulkOutcome.ofEach(keys, this::remove);
  }

  @Override
  public OptionalLong compareAndSet(KeyBytes key, long expectedVersion, RecordContent content) {
    requireNonNull(key, "key");
    requireNonNull(content, "content");
    OptionalLong[] written = {OptionalLong.empty()};
    open()
        .compute(
            key,
            (same, old) -> {
              if (versionOf(old) != expectedVersion) {
                return old;
              }
              StoreRecord fresh = successor(key, old, content);
              written[0] = OptionalLong.of(fresh.version());
              return fresh;
            });
    return written[0];
  }

  @Override
  public boolean compareAndRemove(KeyBytes key, long expectedVersion) {
    requireNonNull(key, "key");
    boolean[] removed = {false};
    open()
        .computeIfPresent(
            key,
            (same, old) -> {
              removed[0] = old.version() == expectedVersion;
              return removed[0] ? null : old;
            });
    return removed[0];
  }

  @Override
  public boolean touch(KeyBytes key, long expectedVersion, RecordTimes times) {
    requireNonNull(key, "key");
    requireNonNull(times, "times");
    boolean[] touched = {false};
    open()
        .computeIfPresent(
            key,
            (same, old) -> {
              touched[0] = old.version() == expectedVersion;
              return touched[0]
                  ? new StoreRecord(old.key(), old.version(), old.content().withTimes(times))
                  : old;
            });
    return touched[0];
  }

  @Override
  public RecordCursor scan() {
    Iterator<StoreRecord> all = open().values().iterator();
    return new RecordCursor() {
      @Override
      public StoreRecord next() {
        open();
        return all.hasNext() ? all.next() : null;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long size() {
    return open().mappingCount();
  }

  @Override
  public void clear() {
    open().clear();
  }

  @Override
  public void sync() {
    open();
  }

  @Override
  public void compact() {
    open();
  }

  @Override
  public VerifyReport verify(boolean repair) {
    return new VerifyReport(open().mappingCount(), List.of(), List.of());
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public void destroy() {
    if (closed) {
      throw OpenGate.closed(name);
    }
    closed = true;
    forget.run();
    records.destroy();
  }

  private StoreRecord successor(KeyBytes key, StoreRecord old, RecordContent content) {
    return new StoreRecord(key, records.versions().next(versionOf(old)), content);
  }

  private static long versionOf(StoreRecord record) {
    return record == null ? ABSENT : record.version();
  }

  private ConcurrentHashMap<KeyBytes, StoreRecord> open() {
    if (closed) {
      throw OpenGate.closed(name);
    }
    if (records.isDestroyed()) {
      throw new ArchiveException(
          "store "
              + name
              + ": expected its namespace, found it destroyed by another user; open it again");
    }
    return records.byKey();
  }
}
