package io.klepto.archive;

import io.klepto.archive.memory.DictStoreProvider;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store in memory that does what a test tells it: fails for some keys, has damaged records,
 * counts its batches and open walks. For one thread, but for the walks.
 */
final class BreakableStore implements Store {
  private final Store memory =
      new DictStoreProvider()
          .open(URI.create("dict:/"), new StoreOptions("test", Optional.empty(), Map.of()));
  private final Set<KeyBytes> failing = new HashSet<>();
  private final Set<KeyBytes> damaged = new HashSet<>();
  final AtomicInteger openWalks = new AtomicInteger();
  final List<String> calls = new ArrayList<>();

  /** Makes each later call for a key fail. */
  void fail(Object key) {
    failing.add(CanonicalEncoder.standard().encode(key));
  }

  /** Makes the record of a key unreadable until it is written or removed. */
  void damage(Object key) {
    damaged.add(CanonicalEncoder.standard().encode(key));
  }

  /** Writes a record past the archive. */
  void putRecord(Object key, RecordContent content) {
    memory.put(CanonicalEncoder.standard().encode(key), content);
  }

  /** Returns a record past the archive. */
  StoreRecord record(Object key) {
    return memory.get(CanonicalEncoder.standard().encode(key));
  }

  private void readable(KeyBytes key) {
    writable(key);
    if (damaged.contains(key)) {
      throw new DamagedRecordException("damaged " + key);
    }
  }

  private void writable(KeyBytes key) {
    if (failing.contains(key)) {
      throw new ArchiveException("failing " + key);
    }
  }

  /** Splits a batch into the keys that work and those that fail. */
  private Map<KeyBytes, ArchiveException> failures(Collection<KeyBytes> keys, boolean reading) {
    Map<KeyBytes, ArchiveException> failures = new LinkedHashMap<>();
    for (KeyBytes key : keys) {
      try {
        if (reading) {
          readable(key);
        } else {
          writable(key);
        }
      } catch (ArchiveException e) {
        failures.put(key, e);
      }
    }
    return failures;
  }

  private static Set<KeyBytes> without(Collection<KeyBytes> keys, Set<KeyBytes> failed) {
    Set<KeyBytes> working = new HashSet<>(keys);
    working.removeAll(failed);
    return working;
  }

  @Override
  public String name() {
    return "breakable";
  }

  @Override
  public Set<Capability> capabilities() {
    return memory.capabilities();
  }

  @Override
  public Durability durability() {
    return memory.durability();
  }

  @Override
  public StoreRecord get(KeyBytes key) {
    calls.add("get");
    readable(key);
    return memory.get(key);
  }

  @Override
  public boolean contains(KeyBytes key) {
    readable(key);
    return memory.contains(key);
  }

  @Override
  public BulkOutcome<StoreRecord> getAll(Collection<KeyBytes> keys) {
    calls.add("getAll");
    Map<KeyBytes, ArchiveException> failed = failures(keys, true);
    return new BulkOutcome<>(memory.getAll(without(keys, failed.keySet())).done(), failed);
  }

  @Override
  public long put(KeyBytes key, RecordContent content) {
    calls.add("put");
    writable(key);
    damaged.remove(key);
    return memory.put(key, content);
  }

  @Override
  public BulkOutcome<Long> putAll(Map<KeyBytes, RecordContent> contents) {
    calls.add("putAll");
    Map<KeyBytes, ArchiveException> failed = failures(contents.keySet(), false);
    Map<KeyBytes, RecordContent> working = new LinkedHashMap<>(contents);
    working.keySet().removeAll(failed.keySet());
    return new BulkOutcome<>(memory.putAll(working).done(), failed);
  }

  @Override
  public boolean remove(KeyBytes key) {
    calls.add("remove");
    writable(key);
    damaged.remove(key);
    return memory.remove(key);
  }

  @Override
  public BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys) {
    calls.add("removeAll");
    Map<KeyBytes, ArchiveException> failed = failures(keys, false);
    return new BulkOutcome<>(memory.removeAll(without(keys, failed.keySet())).done(), failed);
  }

  @Override
  public OptionalLong compareAndSet(KeyBytes key, long expectedVersion, RecordContent content) {
    calls.add("compareAndSet");
    readable(key);
    return memory.compareAndSet(key, expectedVersion, content);
  }

  @Override
  public boolean compareAndRemove(KeyBytes key, long expectedVersion) {
    calls.add("compareAndRemove");
    readable(key);
    return memory.compareAndRemove(key, expectedVersion);
  }

  @Override
  public boolean touch(KeyBytes key, long expectedVersion, RecordTimes times) {
    calls.add("touch");
    readable(key);
    return memory.touch(key, expectedVersion, times);
  }

  @Override
  public RecordCursor scan() {
    RecordCursor records = memory.scan();
    openWalks.incrementAndGet();
    return new RecordCursor() {
      private boolean open = true;

      @Override
      public StoreRecord next() {
        StoreRecord record = records.next();
        if (record != null) {
          readable(record.key());
        }
        return record;
      }

      @Override
      public void close() {
        if (open) {
          open = false;
          openWalks.decrementAndGet();
        }
      }
    };
  }

  @Override
  public long size() {
    return memory.size();
  }

  @Override
  public void clear() {
    memory.clear();
  }

  @Override
  public void sync() {
    memory.sync();
  }

  @Override
  public void compact() {
    memory.compact();
  }

  @Override
  public VerifyReport verify(boolean repair) {
    return memory.verify(repair);
  }

  @Override
  public void close() {
    memory.close();
  }

  @Override
  public void destroy() {
    memory.destroy();
  }
}
