package io.klepto.archive.hdf5;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.stamp.StampedStore;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What one namespace was told since the last compaction: a record or its removal under each key,
 * kept in a store of its own, whose versions are not those of our records.
 *
 * <pre>
 * payload in the journal, big-endian
 *     1  1 record, 0 removal
 *     8  version of the record, or of the one that was removed
 *     p  payload of the record; codec and times are those of the journal's record
 * </pre>
 *
 * <p>Safe for use by many threads.
 */
final class Journal {
  private static final byte REMOVAL = 0;
  private static final byte RECORD = 1;
  private static final int HEADER_BYTES = 1 + Long.BYTES;

  private final Store store;

  Journal(Store store) {
    this.store = store;
  }

  /**
   * What was told of a key last.
   *
   * @param record the record, null if it was removed
   * @param version the version of the record, or of the one that was removed
   * @param journalVersion what the journal tells its own records apart by
   */
  record Told(StoreRecord record, long version, long journalVersion) {}

  Store store() {
    return store;
  }

  /** Makes known that records have changed of which the journal was not told. */
  void moveAllStamps() {
    if (store instanceof StampedStore stamped) {
      stamped.moveAllStamps();
    }
  }

  /** Returns what was told of a key, or null if nothing was. */
  Told get(KeyBytes key) {
    StoreRecord logged = store.get(key);
    return logged == null ? null : told(logged);
  }

  /** Returns what was told of each of some keys. */
  BulkOutcome<Told> getAll(Collection<KeyBytes> keys) {
    BulkOutcome<StoreRecord> found = store.getAll(keys);
    Map<KeyBytes, Told> done = new HashMap<>();
    Map<KeyBytes, ArchiveException> failed = new HashMap<>(found.failed());
    found
        .done()
        .forEach(
            (key, logged) -> {
              try {
                done.put(key, told(logged));
              } catch (DamagedRecordException e) {
                failed.put(key, e);
              }
            });
    return new BulkOutcome<>(done, failed);
  }

  private Told told(StoreRecord logged) {
    RecordContent content = logged.content();
    byte[] payload = content.payload();
    if (payload.length < HEADER_BYTES || payload[0] < REMOVAL || payload[0] > RECORD) {
      throw HdfErrors.damaged(
          store.name(), logged.key(), "a record or a removal", payload.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(payload, 1, payload.length - 1);
    long version = in.getLong();
    if (payload[0] == REMOVAL) {
      return new Told(null, version, logged.version());
    }
    byte[] own = new byte[in.remaining()];
    in.get(own);
    StoreRecord record =
        new StoreRecord(
            logged.key(),
            version,
            new RecordContent(content.codecId(), content.codecVersion(), content.times(), own));
    return new Told(record, version, logged.version());
  }

  /** Returns what is put into the journal for a record. */
  static RecordContent contentOf(long version, RecordContent content) {
    byte[] payload = content.payload();
    ByteBuffer out = ByteBuffer.allocate(Math.addExact(HEADER_BYTES, payload.length));
    out.put(RECORD).putLong(version).put(payload);
    return new RecordContent(
        content.codecId(), content.codecVersion(), content.times(), out.array());
  }

  /** Returns what is put into the journal for a removal. */
  static RecordContent removalOf(long version) {
    byte[] payload = ByteBuffer.allocate(HEADER_BYTES).put(REMOVAL).putLong(version).array();
    return new RecordContent(0, 0, RecordTimes.eternal(0), payload);
  }

  /**
   * Returns the keys of which something was told; those of damaged records are not among them.
   *
   * @param damages takes what is wrong with those
   */
  List<KeyBytes> keys(List<DamagedRecordException> damages) {
    return Keys.of(store.scan(), damages);
  }

  /** Returns whether what was told of a key last can't be read any more. */
  boolean isDamaged(KeyBytes key) {
    try {
      get(key);
      return false;
    } catch (DamagedRecordException e) {
      return true;
    }
  }

  /**
   * Returns whether the journal does not know any more of which keys it was told: then it refuses
   * even one that nobody has.
   */
  boolean isInDoubt() {
    UUID nobodys = UUID.randomUUID();
    return isDamaged(KeyBytes.of(nobodys.toString().getBytes(US_ASCII)));
  }
}
