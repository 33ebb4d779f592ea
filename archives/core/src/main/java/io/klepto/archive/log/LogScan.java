package io.klepto.archive.log;

import io.klepto.archive.DamagedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;

/**
 * Brings a {@link LogState} up to date with the file, without reading values.
 *
 * <p>Sealed segments are taken from their footers, which point back to each other; where one is
 * damaged, and behind the last, headers are read one after the other. A damaged header is replaced
 * by its second copy in the journal or in the footer; the walk goes on where it ends, or else at
 * the next header that fits its place. What neither knows is lost: then every older record is in
 * doubt, as any of them may have been overtaken there.
 *
 * <p>Used by one thread at a time, with the state to itself.
 */
final class LogScan {
  /** From the first of so many parts of the footers it is guessed how large the indexes become. */
  private static final int SAMPLE = 16;

  private final DataFile data;
  private final HeadV1 head;
  private final LogState state;
  private final RecordReader reader;
  private final HeaderWindow window;
  private final LogErrors errors;
  private NavigableMap<Long, LogEntry> journal;

  LogScan(
      DataFile data,
      HeadV1 head,
      long fileId,
      LogState state,
      RecordReader reader,
      LogErrors errors) {
    this.data = data;
    this.head = head;
    this.state = state;
    this.reader = reader;
    this.errors = errors;
    this.window = new HeaderWindow(data, fileId);
  }

  private record Footer(FooterV1 content, LogEntry entry) {}

  /** Takes what the footers before an offset tell, as far as they are whole. */
  void readFooters(long limit) throws IOException {
    Deque<Long> offsets = new ArrayDeque<>();
    long offset = head.lastFooter().orElse(0);
    window.restart(Long.MAX_VALUE);
    while (offset != 0) {
      RecordHeader header = window.headerAt(offset);
      if (header == null || header.type() != RecordType.FOOTER) {
        noteDamagedFooter(offset, limit);
        return; // the walk reads the headers instead
      }
      if (offset + header.totalBytes() <= limit) {
        offsets.push(offset);
      }
      long previous = previousOf(offset);
      offset = previous < offset ? previous : 0;
    }
    int sample = offsets.size() / SAMPLE;
    int read = 0;
    for (long whole : offsets) {
      if (++read == sample) {
        state.reserve(SAMPLE);
      }
      Footer footer = footerAt(whole);
      if (footer == null || footer.content().start() != state.end()) {
        noteDamagedFooter(whole, limit);
        return;
      }
      for (LogEntry entry : footer.content().entries()) {
        settle(entry);
      }
      settle(footer.entry());
    }
    state.trim();
  }

  private void noteDamagedFooter(long offset, long limit) {
    if (offset < limit) {
      state.addScar("the footer at byte %d is damaged".formatted(offset));
    }
  }

  /** Returns where the footer before one lies, not verified. */
  private long previousOf(long offset) throws IOException {
    byte[] word = new byte[Long.BYTES];
    int count = data.read(word, 0, word.length, offset + FooterV1.PREVIOUS_AT);
    return count < word.length ? 0 : ByteBuffer.wrap(word).getLong();
  }

  /** Returns the footer at an offset, or null if there is none that is whole. */
  private Footer footerAt(long offset) throws IOException {
    try {
      WholeRecord record = reader.whole(offset, 1 << 16, errors);
      if (record.header().type() != RecordType.FOOTER) {
        return null;
      }
      FooterV1 content = FooterV1.decode(record.payload(), offset);
      return content == null ? null : new Footer(content, record.header().entryAt(offset));
    } catch (DamagedRecordException e) {
      return null; // the headers are read instead
    }
  }

  /** Takes all records from the end of the state up to an offset below which all is written. */
  void walk(long to) throws IOException {
    window.restart(to);
    journal = null;
    List<LogEntry> pending = new ArrayList<>();
    long offset = state.end();
    while (offset < to) {
      RecordHeader header = window.headerAt(offset);
      LogEntry entry = header == null ? null : header.entryAt(offset);
      if (entry == null || entry.end() > to) {
        entry = insteadOfDamage(offset, to);
      }
      pending.add(entry);
      if (entry.type() == RecordType.FOOTER) {
        for (LogEntry known : withSecondCopies(pending)) {
          settle(known);
        }
        pending.clear();
      }
      offset = entry.end();
    }
    for (LogEntry entry : pending) {
      settle(entry);
    }
  }

  private LogEntry insteadOfDamage(long offset, long to) throws IOException {
    if (journal == null) {
      journal = head.readJournal();
    }
    LogEntry copy = journal.get(offset);
    if (copy != null && copy.bytes() > 0 && copy.end() <= to) {
      if (copy.type() != RecordType.LOST) {
        state.addScar("the header at byte %d is damaged".formatted(offset));
      }
      return copy;
    }
    long next = window.nextHeader(offset + 1, Math.min(to, Math.max(offset + 1, data.size())));
    if (next >= data.size()) {
      next = to;
    }
    Long known = journal.higherKey(offset);
    if (known != null) {
      next = Math.min(next, known);
    }
    boolean footer = head.lastFooter().orElse(0) == offset;
    if (footer) {
      state.addScar("the footer at byte %d is damaged".formatted(offset));
    }
    RecordType type = footer ? RecordType.FOOTER : RecordType.LOST;
    return new LogEntry(type, 0, KeyHash.NONE, 0, offset, next - offset);
  }

  /** Replaces what was lost before a footer by what the footer knows. */
  private List<LogEntry> withSecondCopies(List<LogEntry> walked) throws IOException {
    LogEntry last = walked.get(walked.size() - 1);
    Footer footer =
        walked.stream().anyMatch(entry -> entry.type() == RecordType.LOST)
            ? footerAt(last.offset())
            : null;
    if (footer == null) {
      return walked;
    }
    long start = footer.content().start();
    long first = walked.get(0).offset();
    List<LogEntry> known = new ArrayList<>();
    boolean lost = false;
    for (LogEntry entry : walked) {
      if (entry.offset() >= start) {
        lost |= entry.type() == RecordType.LOST;
      } else if (entry.offset() == footer.content().previous()) {
        state.addScar("the footer at byte %d is damaged".formatted(entry.offset()));
        known.add(
            new LogEntry(
                RecordType.FOOTER, 0, KeyHash.NONE, 0, entry.offset(), start - entry.offset()));
      } else {
        known.add(entry);
      }
    }
    for (LogEntry entry : lost ? footer.content().entries() : walked) {
      if (entry.offset() >= Math.max(start, first) && !entry.equals(last)) {
        known.add(entry);
      }
    }
    if (lost) {
      state.addScar("headers between byte %d and %d are damaged".formatted(start, last.offset()));
    }
    known.add(last);
    return known;
  }

  /**
   * Takes the records that follow the end of the state without a flaw, body and all, and returns
   * where they end: what a writer completed without telling anybody. An append of several records
   * is taken as a whole or not at all.
   */
  void walkBeyond() throws IOException {
    long size = data.size();
    window.restart(size);
    List<LogEntry> append = new ArrayList<>();
    long offset = state.end();
    long stamp = state.lastStamp();
    while (true) {
      RecordHeader header = window.headerAt(offset);
      if (header == null || header.stamp() <= stamp || !isWhole(offset, header)) {
        return;
      }
      append.add(header.entryAt(offset));
      if (!header.more()) {
        for (LogEntry entry : append) {
          settle(entry);
        }
        append.clear();
      }
      stamp = header.stamp();
      offset += header.totalBytes();
    }
  }

  /** Returns where the last record ends whose header is whole, searching all of the file. */
  long endOfHeaders(long size) throws IOException {
    window.restart(size);
    long end = HeadV1.BYTES;
    long offset = window.nextHeader(end, size);
    while (offset < size) {
      end = Math.min(RecordFormatV1.aligned(size), offset + window.headerAt(offset).totalBytes());
      offset = window.nextHeader(end, size);
    }
    return end;
  }

  private boolean isWhole(long offset, RecordHeader header) throws IOException {
    try {
      reader.whole(offset, header.totalBytes(), errors);
      return true;
    } catch (DamagedRecordException e) {
      return false; // a write that was not completed
    }
  }

  private void settle(LogEntry entry) throws IOException {
    Namespace.Definition definition = null;
    if (entry.type() == RecordType.NAMESPACE) {
      definition = definitionAt(entry.offset());
    }
    state.apply(entry, definition);
  }

  private Namespace.Definition definitionAt(long offset) throws IOException {
    try {
      return Namespace.Definition.decode(reader.whole(offset, 1 << 10, errors).payload());
    } catch (DamagedRecordException e) {
      state.addScar("a definition of a namespace: " + e.getMessage());
      return null;
    }
  }
}
