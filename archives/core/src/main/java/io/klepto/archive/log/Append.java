package io.klepto.archive.log;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.VersionClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Records on their way to the end of a log: written first, told to everybody by {@link #commit}.
 *
 * <p>Until then nobody sees them, and an append that is given up needs no undoing: the next one
 * begins at the same place. A segment that is full is sealed by a footer on the way.
 *
 * <p>Used by the holder of the archive's lock.
 */
final class Append {
  private final LogFile log;
  private final VersionClock clock;
  private final boolean forced;
  private final ByteBuffer buffer;
  private final List<LogEntry> entries = new ArrayList<>();
  private long written;
  private long end;
  private long lastStamp;
  private long segmentStart;
  private long lastFooter;
  private int sealedEntries = -1;

  /**
   * Starts at the end of a log.
   *
   * @param forced whether the caller will force the file before it calls the records committed
   */
  Append(LogFile log, VersionClock clock, boolean forced) {
    this.log = log;
    this.clock = clock;
    this.forced = forced;
    this.buffer = log.buffer();
    LogState state = log.state();
    this.end = state.end();
    this.written = end;
    this.lastStamp = state.lastStamp();
    this.segmentStart = state.segmentStart();
    this.lastFooter = state.lastFooter();
  }

  /**
   * Adds a record under a new stamp.
   *
   * @param more whether another record follows, which is to be there exactly if this one is
   */
  LogEntry add(RecordHeader header, RecordBody body, boolean more) throws IOException {
    sealIfFull(false);
    return write(header.withStamp(clock.next(lastStamp), more), body);
  }

  /** Adds a record under the stamp that it has. */
  LogEntry copy(RecordHeader header, RecordBody body) throws IOException {
    sealIfFull(true);
    return write(header.withStamp(header.stamp(), false), body);
  }

  private void sealIfFull(boolean copying) throws IOException {
    List<LogEntry> sealed = log.state().segment();
    int count = sealedEntries < 0 ? sealed.size() + entries.size() : entries.size() - sealedEntries;
    if (count < FooterV1.MOST_ENTRIES && end - segmentStart < FooterV1.MOST_BYTES) {
      return;
    }
    List<LogEntry> all = new ArrayList<>(count);
    if (sealedEntries < 0) {
      all.addAll(sealed);
    }
    all.addAll(entries.subList(Math.max(0, sealedEntries), entries.size()));
    RecordBody body = RecordBody.of(new FooterV1(segmentStart, lastFooter, all).encode());
    RecordHeader header = RecordHeader.of(RecordType.FOOTER, 0, KeyHash.NONE, body);
    long stamp = copying ? lastStamp : clock.next(lastStamp);
    LogEntry footer = write(header.withStamp(stamp, true), body);
    sealedEntries = entries.size();
    segmentStart = footer.end();
    lastFooter = footer.offset();
  }

  private LogEntry write(RecordHeader header, RecordBody body) throws IOException {
    if (end + body.totalBytes() > Position.MAX_OFFSET) {
      throw new ArchiveException(
          "cannot write a record of %s: expected a file of at most %d bytes, found it full; use several archives"
              .formatted(log.errors().subject(), Position.MAX_OFFSET));
    }
    if (buffer.remaining() < RecordFormatV1.HEADER_BYTES) {
      flush();
    }
    RecordFormatV1.writeHeader(buffer, header, log.header().fileId(), end);
    for (ByteBuffer part : body.parts()) {
      write(part);
    }
    LogEntry entry = header.entryAt(end);
    entries.add(entry);
    end = entry.end();
    lastStamp = Math.max(lastStamp, header.stamp());
    return entry;
  }

  private void write(ByteBuffer part) throws IOException {
    if (part.remaining() > buffer.remaining()) {
      flush();
    }
    if (part.remaining() > buffer.remaining()) {
      log.data().write(part, written);
      written += part.remaining();
    } else {
      buffer.put(part.duplicate());
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    log.data().write(buffer, written);
    written += buffer.remaining();
    buffer.clear();
  }

  /** Writes what is left and tells everybody. */
  void commit() throws IOException {
    commit(null);
  }

  /**
   * Writes what is left and tells everybody.
   *
   * @param definition what the records that define a namespace say
   */
  void commit(Namespace.Definition definition) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    if (buffer.remaining() < RecordFormatV1.TERMINATOR_BYTES) {
      flush();
    }
    buffer.putLong(0);
    flush();
    log.publish(entries, definition, forced);
  }
}
