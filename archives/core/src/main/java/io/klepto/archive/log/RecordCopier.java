package io.klepto.archive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.DamagedRecordException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Goes through the records of one file and copies into another those that still mean something.
 *
 * <p>Used by one thread at a time.
 */
final class RecordCopier {
  private static final long LEAST_RECORD_BYTES = RecordFormatV1.totalBytes(0);

  private final LogEngine engine;
  private final LogFile source;
  private final LogFile target;
  private final long startEnd;
  private final HeaderWindow window;
  private final Set<Integer> defined = new HashSet<>();
  private long position = HeadV1.BYTES;
  private Append append;

  /**
   * Starts with the first record.
   *
   * @param startEnd where the source ended when the indexes of both files were equal: of removals
   *     before, nothing is left to be told
   */
  RecordCopier(LogEngine engine, LogFile source, LogFile target, long startEnd) {
    this.engine = engine;
    this.source = source;
    this.target = target;
    this.startEnd = startEnd;
    this.window = new HeaderWindow(source.data(), source.header().fileId());
  }

  /** Returns where the first record begins that was not looked at yet. */
  long position() {
    return position;
  }

  /** Goes on up to an end, or until the budget is used up, and returns how much was written. */
  long copy(long end, long budgetBytes) throws IOException {
    window.extend(end);
    long before = target.state().end();
    long stop = Math.min(end, budgetBytes > end - position ? end : position + budgetBytes);
    append = target.append(engine.versions(), true);
    while (position < stop) {
      RecordHeader header = window.headerAt(position);
      if (header == null || position + header.totalBytes() > end) {
        if (position >= startEnd) {
          // It may be the removal of a value that was copied: a new start knows better.
          throw source
              .errors()
              .damaged(position, "a header, found none; the compaction that met it is given up");
        }
        long next = window.nextHeader(position + 1, end);
        setAside(position, next - position);
        position = next;
      } else {
        copy(header, header.entryAt(position));
        position += header.totalBytes();
      }
    }
    append.commit();
    return target.state().end() - before;
  }

  private void copy(RecordHeader header, LogEntry entry) throws IOException {
    Namespace namespace = source.namespace(entry.namespace());
    boolean since = entry.offset() >= startEnd;
    switch (entry.type()) {
      case PUT, TOUCH, DAMAGED -> copyValue(namespace, entry, since);
      case REMOVE, CLEAR, DESTROY -> {
        if (since) {
          RecordBody body = RecordBody.empty();
          append.copy(header.withBody(body), body);
        }
      }
      case NAMESPACE -> {
        if (!namespace.isDestroyed() && defined.add(entry.namespace())) {
          copyDefinition(entry);
        }
      }
      case FOOTER, SETTLED, LOST -> {
        // the target has its own
      }
    }
  }

  private void copyValue(Namespace namespace, LogEntry entry, boolean since) throws IOException {
    try {
      WholeRecord record = source.reader().whole(entry.offset(), entry.bytes(), source.errors());
      long newest = source.ask(state -> namespace.index().get(entry.hash()));
      if (newest == 0) {
        return;
      }
      boolean isNewest = Position.offsetOf(newest) == entry.offset();
      if (entry.type() == RecordType.TOUCH) {
        if (isNewest && since) {
          copyTouch(namespace, record);
        }
      } else if (isNewest) {
        append.copy(record.header(), RecordBody.copyOf(record));
      } else if (Position.isTouch(newest)) {
        copyTouched(record, Position.offsetOf(newest));
      }
    } catch (DamagedRecordException e) {
      setAside(entry.offset(), entry.bytes());
    }
  }

  /** Copies a value whose times may have been changed, with the new times if that was long ago. */
  private void copyTouched(WholeRecord value, long touchOffset) throws IOException {
    WholeRecord touch = source.reader().whole(touchOffset, LEAST_RECORD_BYTES, source.errors());
    if (touch.valueOffset() != value.offset()) {
      return;
    }
    if (touchOffset >= startEnd) {
      append.copy(value.header(), RecordBody.copyOf(value));
      return;
    }
    RecordBody merged = RecordBody.of(value.key(), touch.times(), value.payload());
    append.copy(value.header().withBody(merged), merged);
  }

  private void copyTouch(Namespace namespace, WholeRecord touch) throws IOException {
    append.commit();
    append = target.append(engine.versions(), true);
    Namespace copied = target.namespace(namespace.number());
    long value = copied == null ? 0 : copied.index().get(touch.header().hash());
    if (value != 0) {
      long offset = target.reader().valueOffset(value, target.errors());
      RecordBody body = RecordBody.ofTouch(touch.times(), offset);
      append.copy(touch.header().withBody(body), body);
    }
  }

  private void copyDefinition(LogEntry entry) throws IOException {
    Namespace.Definition definition = source.namespace(entry.namespace()).definition();
    if (definition == null) {
      throw source.errors().damaged(entry.offset(), "the definition of a namespace, found none");
    }
    append.commit();
    append = target.append(engine.versions(), true);
    for (RecordBody body : definition.copies()) {
      append.copy(
          RecordHeader.of(RecordType.NAMESPACE, entry.namespace(), KeyHash.NONE, body)
              .withStamp(entry.stamp(), false),
          body);
    }
    append.commit(definition);
    append = target.append(engine.versions(), true);
  }

  /** Sets damaged bytes aside, and says so in the place of the newest records among them. */
  private void setAside(long offset, long bytes) throws IOException {
    List<LogEntry> known = new ArrayList<>();
    source.ask(
        state -> {
          for (Namespace namespace : state.namespaces()) {
            namespace
                .index()
                .forEach(
                    (hash, newest) -> {
                      long at = Position.offsetOf(newest);
                      if (at >= offset && at < offset + bytes) {
                        known.add(
                            new LogEntry(
                                RecordType.DAMAGED, namespace.number(), hash, 0, at, bytes));
                      }
                    });
          }
          return null;
        });
    int owner = known.isEmpty() ? 0 : known.get(0).namespace();
    String copy = new Quarantine(engine.path()).keep(source, owner, offset, bytes).toString();
    for (LogEntry entry : known) {
      RecordBody body = RecordBody.of(copy.getBytes(UTF_8));
      append.copy(RecordHeader.of(RecordType.DAMAGED, entry.namespace(), entry.hash(), body), body);
    }
  }
}
