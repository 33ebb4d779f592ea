package io.klepto.archive.testkit.attack;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import io.klepto.archive.testkit.attack.ToyFrame.Kind;
import io.klepto.keymap.KeyBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * A store of one file and one process, as somebody might write it in an afternoon, with a {@link
 * Flaw} that the attacks must find. Everything is in memory; what changes is appended to the file,
 * which is read when the store is opened.
 *
 * <p>Safe for use by many threads, under its own monitor.
 */
final class ToyStore implements Store {
  private static final int BUFFERED = 8;
  private static final RecordContent NOTHING =
      new RecordContent(0, 0, RecordTimes.eternal(0), new byte[0]);
  private static final KeyBytes NO_KEY = KeyBytes.of(new byte[0]);

  private final Map<KeyBytes, StoreRecord> records = new TreeMap<>();
  private final ByteArrayOutputStream buffered = new ByteArrayOutputStream();
  private final ToyFile file;
  private final Flaw flaw;
  private final Durability durability;
  private int writes;

  ToyStore(Path path, Flaw flaw, Durability durability) {
    this.file = new ToyFile(path, flaw, durability == Durability.SYNC);
    this.flaw = flaw;
    this.durability = durability;
    try {
      replay(file.read());
    } catch (IOException e) {
      throw new ArchiveException("cannot open " + path + ": " + e, e);
    }
  }

  private void replay(byte[] bytes) throws IOException {
    int offset = 0;
    while (ToyFrame.endOf(bytes, offset) <= bytes.length) {
      if (flaw == Flaw.HAS_NO_CHECKSUM || ToyFrame.isSound(bytes, offset)) {
        apply(ToyFrame.decode(bytes, offset));
      } else if (flaw != Flaw.PASSES_OVER_DAMAGE) {
        break; // taken for what a writer began that was killed
      }
      offset = (int) ToyFrame.endOf(bytes, offset);
    }
    file.cutTo(offset);
  }

  private void apply(ToyFrame frame) {
    KeyBytes key = frame.record().key();
    switch (frame.kind()) {
      case PUT -> {
        StoreRecord old = records.get(key);
        boolean older = old != null && old.version() > frame.record().version();
        if (!older || flaw != Flaw.TRUSTS_THE_CLOCK) {
          records.put(key, frame.record());
        }
      }
      case REMOVED -> records.remove(key);
      case CLEARED -> records.clear();
    }
  }

  private void write(Kind kind, StoreRecord record) {
    ToyFrame frame = new ToyFrame(kind, record);
    buffered.writeBytes(frame.encode());
    writes++;
    if (flaw != Flaw.BUFFERS_WRITES || writes % BUFFERED == 0) {
      try {
        file.append(buffered.toByteArray());
      } catch (IOException e) {
        throw new ArchiveException("cannot write: " + e, e);
      } finally {
        buffered.reset();
      }
    }
    apply(frame);
    if (flaw == Flaw.SWALLOWS_INTERRUPTS) {
      Thread.interrupted();
    }
  }

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.PERSISTENT, Capability.COMPARE_AND_SET);
  }

  @Override
  public Durability durability() {
    return durability;
  }

  @Override
  public synchronized StoreRecord get(KeyBytes key) {
    return records.get(key);
  }

  @Override
  public boolean contains(KeyBytes key) {
    return get(key) != null;
  }

  @Override
  public BulkOutcome<StoreRecord> getAll(Collection<KeyBytes> keys) {
    return BulkOutcome.ofEach(keys, this::get);
  }

  @Override
  public synchronized long put(KeyBytes key, RecordContent content) {
    StoreRecord old = records.get(key);
    long version = System.currentTimeMillis() * 1_000;
    if (old != null && flaw != Flaw.TRUSTS_THE_CLOCK) {
      version = Math.max(version, old.version() + 1);
    }
    write(Kind.PUT, new StoreRecord(key, version, content));
    return version;
  }

  @Override
  public BulkOutcome<Long> putAll(Map<KeyBytes, RecordContent> contents) {
    return BulkOutcome.ofEach(contents.keySet(), key -> put(key, contents.get(key)));
  }

  @Override
  public synchronized boolean remove(KeyBytes key) {
    boolean there = records.containsKey(key);
    if (there) {
      write(Kind.REMOVED, new StoreRecord(key, 1, NOTHING));
    }
    return there;
  }

  @Override
  public BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys) {
    return BulkOutcome.ofEach(keys, this::remove);
  }

  @Override
  public synchronized OptionalLong compareAndSet(
      KeyBytes key, long expectedVersion, RecordContent content) {
    StoreRecord old = records.get(key);
    long found = old == null ? ABSENT : old.version();
    return found == expectedVersion ? OptionalLong.of(put(key, content)) : OptionalLong.empty();
  }

  @Override
  public synchronized boolean compareAndRemove(KeyBytes key, long expectedVersion) {
    StoreRecord old = records.get(key);
    return old != null && old.version() == expectedVersion && remove(key);
  }

  @Override
  public synchronized boolean touch(KeyBytes key, long expectedVersion, RecordTimes times) {
    StoreRecord old = records.get(key);
    if (old == null || old.version() != expectedVersion) {
      return false;
    }
    write(Kind.PUT, new StoreRecord(key, expectedVersion, old.content().withTimes(times)));
    return true;
  }

  @Override
  public synchronized RecordCursor scan() {
    List<StoreRecord> all = List.copyOf(records.values());
    int listed = flaw == Flaw.LISTS_TOO_LITTLE ? Math.max(0, all.size() - 1) : all.size();
    Iterator<StoreRecord> left = all.subList(0, listed).iterator();
    return new RecordCursor() {
      @Override
      public StoreRecord next() {
        return left.hasNext() ? left.next() : null;
      }

      @Override
      public void close() {
        // holds nothing
      }
    };
  }

  @Override
  public synchronized long size() {
    return records.size();
  }

  @Override
  public synchronized void clear() {
    write(Kind.CLEARED, new StoreRecord(NO_KEY, 1, NOTHING));
  }

  @Override
  public void sync() {
    // each write is where it is to be
  }

  @Override
  public synchronized void compact() {
    if (flaw == Flaw.LEAVES_HALF_RECORDS) {
      return; // or it would mend what it left
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    records.values().forEach(record -> all.writeBytes(new ToyFrame(Kind.PUT, record).encode()));
    try {
      file.replace(all.toByteArray());
    } catch (IOException e) {
      throw new ArchiveException("cannot compact: " + e, e);
    }
  }

  @Override
  public synchronized VerifyReport verify(boolean repair) {
    return new VerifyReport(records.size(), List.of(), List.of());
  }

  @Override
  public void close() {
    // holds nothing open
  }

  @Override
  public synchronized void destroy() {
    clear();
  }
}
