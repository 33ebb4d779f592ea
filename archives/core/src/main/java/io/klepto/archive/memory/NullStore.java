package io.klepto.archive.memory;

import static java.util.Objects.requireNonNull;

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
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A store that is always empty: each write is acknowledged and forgotten at once.
 *
 * <p>Deviation from the contract, and its purpose: there is no round trip. What expects absence
 * succeeds, what expects a version finds none. Safe for use by many threads.
 */
final class NullStore implements Store {
  private final String name;
  private final VersionClock versions = new VersionClock();
  private volatile boolean closed;

  NullStore(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public Durability durability() {
    return Durability.MEMORY;
  }

  @Override
  public StoreRecord get(KeyBytes key) {
    requireOpenAnd(key);
    return null;
  }

  @Override
  public boolean contains(KeyBytes key) {
    requireOpenAnd(key);
    return false;
  }

  @Override
  public BulkOutcome<StoreRecord> getAll(Collection<KeyBytes> keys) {
    requireOpen();
    return BulkOutcome.ofEach(keys, this::get);
  }

  @Override
  public long put(KeyBytes key, RecordContent content) {
    requireOpenAnd(key);
    requireNonNull(content, "content");
    return versions.next(ABSENT);
  }

  @Override
  public BulkOutcome<Long> putAll(Map<KeyBytes, RecordContent> contents) {
    requireOpen();
    return BulkOutcome.ofEach(contents.keySet(), key -> put(key, contents.get(key)));
  }

  @Override
  public boolean remove(KeyBytes key) {
    requireOpenAnd(key);
    return false;
  }

  @Override
  public BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys) {
    requireOpen();
    return BulkOutcome.ofEach(keys, this::remove);
  }

  @Override
  public OptionalLong compareAndSet(KeyBytes key, long expectedVersion, RecordContent content) {
    requireOpenAnd(key);
    requireNonNull(content, "content");
    return expectedVersion == ABSENT
        ? OptionalLong.of(versions.next(ABSENT))
        : OptionalLong.empty();
  }

  @Override
  public boolean compareAndRemove(KeyBytes key, long expectedVersion) {
    requireOpenAnd(key);
    return false;
  }

  @Override
  public boolean touch(KeyBytes key, long expectedVersion, RecordTimes times) {
    requireOpenAnd(key);
    requireNonNull(times, "times");
    return false;
  }

  @Override
  public RecordCursor scan() {
    requireOpen();
    return new RecordCursor() {
      @Override
      public StoreRecord next() {
        requireOpen();
        return null;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long size() {
    requireOpen();
    return 0;
  }

  @Override
  public void clear() {
    requireOpen();
  }

  @Override
  public void sync() {
    requireOpen();
  }

  @Override
  public void compact() {
    requireOpen();
  }

  @Override
  public VerifyReport verify(boolean repair) {
    requireOpen();
    return new VerifyReport(0, List.of(), List.of());
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public void destroy() {
    requireOpen();
    closed = true;
  }

  private void requireOpenAnd(KeyBytes key) {
    requireOpen();
    requireNonNull(key, "key");
  }

  private void requireOpen() {
    if (closed) {
      throw OpenGate.closed(name);
    }
  }
}
