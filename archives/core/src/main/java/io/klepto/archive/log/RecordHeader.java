package io.klepto.archive.log;

import io.klepto.archive.store.RecordContent;

/**
 * What stands before the body of a record. {@link RecordFormatV1} draws it.
 *
 * @param type what the record says
 * @param more whether the append that wrote it goes on with the next record
 * @param codecId which codec wrote the payload, 0 where there is none
 * @param codecVersion the version of that codec's format
 * @param stamp greater than that of every record before it; the version of what is put
 * @param hash the hash of the key
 * @param namespace the number of the namespace
 * @param keyBytes the length of the key
 * @param payloadBytes the length of the payload
 * @param bodyCrc the checksum of the body
 */
record RecordHeader(
    RecordType type,
    boolean more,
    int codecId,
    int codecVersion,
    long stamp,
    KeyHash hash,
    int namespace,
    int keyBytes,
    int payloadBytes,
    int bodyCrc) {
  /** Starts the header of a record without codec. */
  static RecordHeader of(RecordType type, int namespace, KeyHash hash, RecordBody body) {
    return new RecordHeader(
        type, false, 0, 0, 0, hash, namespace, body.keyBytes(), body.payloadBytes(), body.crc());
  }

  /** Starts the header of a value. */
  static RecordHeader ofPut(int namespace, KeyHash hash, RecordContent content, RecordBody body) {
    return new RecordHeader(
        RecordType.PUT,
        false,
        content.codecId(),
        content.codecVersion(),
        0,
        hash,
        namespace,
        body.keyBytes(),
        body.payloadBytes(),
        body.crc());
  }

  RecordHeader withBody(RecordBody body) {
    return new RecordHeader(
        type,
        more,
        codecId,
        codecVersion,
        stamp,
        hash,
        namespace,
        body.keyBytes(),
        body.payloadBytes(),
        body.crc());
  }

  RecordHeader withStamp(long newStamp, boolean newMore) {
    return new RecordHeader(
        type,
        newMore,
        codecId,
        codecVersion,
        newStamp,
        hash,
        namespace,
        keyBytes,
        payloadBytes,
        bodyCrc);
  }

  /** Returns the length of the body before its padding. */
  long contentBytes() {
    return (type.hasTimes() ? RecordFormatV1.TIMES_BYTES : 0L) + keyBytes + payloadBytes;
  }

  /** Returns the length of the whole record. */
  long totalBytes() {
    return RecordFormatV1.totalBytes(contentBytes());
  }

  LogEntry entryAt(long offset) {
    return new LogEntry(type, namespace, hash, stamp, offset, totalBytes());
  }
}
