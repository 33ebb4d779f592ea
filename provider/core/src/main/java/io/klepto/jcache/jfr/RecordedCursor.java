package io.klepto.jcache.jfr;

import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.ArchiveException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * A walk that is told when it is closed, once. As safe for many threads as the walk itself.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class RecordedCursor<K, V> implements ArchiveCursor<K, V> {
  private final RecordedArchive<K, V> source;
  private final ArchiveCursor<K, V> cursor;
  private final ArchiveLoadEvent eventOrNull;
  private final LongAdder entries = new LongAdder();
  private final AtomicBoolean closed = new AtomicBoolean();

  RecordedCursor(
      RecordedArchive<K, V> source, ArchiveCursor<K, V> cursor, ArchiveLoadEvent eventOrNull) {
    this.source = source;
    this.cursor = cursor;
    this.eventOrNull = eventOrNull;
  }

  @Override
  public ArchiveEntry<K, V> next() {
    try {
      ArchiveEntry<K, V> entry = cursor.next();
      if (entry != null) {
        entries.increment();
      }
      return entry;
    } catch (ArchiveException e) {
      throw source.failed("walk", null, 1, e);
    }
  }

  @Override
  public boolean isShareable() {
    return cursor.isShareable();
  }

  @Override
  public void close() {
    cursor.close();
    if (eventOrNull != null && closed.compareAndSet(false, true)) {
      eventOrNull.end(source, "walk", entries.sum());
    }
  }
}
