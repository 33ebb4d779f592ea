package io.klepto.archive;

import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * An iterator of a map view: a walk over the live records, each decoded when it is asked for.
 *
 * <p>Weakly consistent. What the walk holds open is let go of after the last record; of an iterator
 * that was left halfway, when the garbage collector finds it. Used by one thread.
 *
 * @param <T> the type of the elements
 */
final class RecordIterator<T> implements Iterator<T> {
  private static final Cleaner CLEANER = Cleaner.create();

  private final StoreArchive<?, ?> archive;
  private final LiveRecords records;
  private final Function<StoreRecord, T> decoder;
  private final Cleaner.Cleanable closing;
  private StoreRecord ahead;
  private boolean atEnd;
  private KeyBytes returned;

  RecordIterator(StoreArchive<?, ?> archive, Function<StoreRecord, T> decoder) {
    this.archive = archive;
    this.records = archive.liveRecords();
    this.decoder = decoder;
    this.closing = CLEANER.register(this, records::close);
  }

  /**
   * Returns whether there is another record.
   *
   * @throws DamagedRecordException if it can't be read; the walk goes on behind it
   */
  @Override
  public boolean hasNext() {
    if (ahead == null && !atEnd) {
      try {
        ahead = records.next();
      } finally {
        // Keeps the cleaner from closing the walk under the call, should this be the last use.
        Reference.reachabilityFence(this);
      }
      if (ahead == null) {
        atEnd = true;
        closing.clean();
      }
    }
    return ahead != null;
  }

  /**
   * Returns the next element.
   *
   * @throws ArchiveException if it can't be read or decoded; the walk goes on behind it
   */
  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the walk is at its end");
    }
    StoreRecord record = ahead;
    ahead = null;
    returned = record.key();
    return decoder.apply(record);
  }

  @Override
  public void remove() {
    if (returned == null) {
      throw new IllegalStateException("remove: expected a call of next before, found none");
    }
    archive.remove(returned);
    returned = null;
  }
}
