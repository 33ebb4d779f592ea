package io.klepto.archive.store;

import static java.util.Objects.requireNonNull;

import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;

/**
 * One record whose payload is read where it lies: in a mapped file, or in memory if it is small.
 *
 * @param key the canonical bytes of its key
 * @param version the version of the record
 * @param codecId which codec wrote the payload
 * @param codecVersion the version of that codec's format
 * @param times creation, duration, deadline
 * @param payload from position to limit; verified when the record was read, and not to be changed.
 *     While the buffer or a view of it is reachable, the file that it lies in is held, under its
 *     name or, once replaced or removed, without one
 */
public record MappedRecord(
    KeyBytes key,
    long version,
    int codecId,
    int codecVersion,
    RecordTimes times,
    ByteBuffer payload) {
  /** Requires what must not be null. */
  public MappedRecord {
    requireNonNull(key, "key");
    requireNonNull(times, "times");
    requireNonNull(payload, "payload");
  }

  /** Returns a record with its payload in memory. */
  public static MappedRecord of(StoreRecord record) {
    RecordContent content = record.content();
    return new MappedRecord(
        record.key(),
        record.version(),
        content.codecId(),
        content.codecVersion(),
        content.times(),
        ByteBuffer.wrap(content.payload()));
  }
}
