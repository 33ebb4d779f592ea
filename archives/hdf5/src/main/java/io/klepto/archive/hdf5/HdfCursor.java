package io.klepto.archive.hdf5;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.OpenGate;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A walk over the keys that the journal held when it began, then over the rows of the file in the
 * order of their prefixes, without those keys. Between two calls it holds nothing open; if another
 * file took the place of the one it walks over, it goes on there behind the last prefix.
 *
 * <p>So a record that is there all the time is met once: if the journal did not hold it at the
 * beginning, each file since has it, in the same place of the order.
 */
final class HdfCursor implements RecordCursor {
  private static final int ROWS_AT_ONCE = 64;
  private static final long BYTES_AT_ONCE = 1 << 20;

  private final OpenGate gate;
  private final Journal journal;
  private final BaseFile base;
  private final Set<KeyBytes> told;
  private final Set<Long> toldPrefixes = new HashSet<>();
  private final Deque<KeyBytes> keys;
  private final Deque<DamagedRecordException> damages;
  private final Deque<Row> rows = new ArrayDeque<>();
  private long prefix;
  private int met;
  private boolean ended;

  HdfCursor(OpenGate gate, Journal journal, BaseFile base) {
    this.gate = gate;
    this.journal = journal;
    this.base = base;
    List<DamagedRecordException> found = new ArrayList<>();
    this.told = new HashSet<>(journal.keys(found));
    this.keys = new ArrayDeque<>(told);
    this.damages = new ArrayDeque<>(found);
    told.forEach(key -> toldPrefixes.add(Directory.prefixOf(key)));
  }

  /**
   * A row of the file.
   *
   * @param prefix its first column
   * @param met how many rows with this prefix the walk has met with this one
   * @param found what is there
   */
  private record Row(long prefix, int met, BaseFile.Found found) {}

  @Override
  public StoreRecord next() {
    return gate.call(this::nextRecord);
  }

  private StoreRecord nextRecord() {
    if (!damages.isEmpty()) {
      throw damages.poll();
    }
    while (!keys.isEmpty()) {
      KeyBytes key = keys.poll();
      Journal.Told last = journal.get(key);
      StoreRecord record = last == null ? base.read(key) : last.record();
      if (record != null) {
        return record;
      }
    }
    for (Row row = nextRow(); row != null; row = nextRow()) {
      StoreRecord record = recordOf(row);
      if (record != null) {
        return record;
      }
    }
    return null;
  }

  /** Returns what is there now where the row was; null if it is gone, or was met before. */
  private StoreRecord recordOf(Row row) {
    DamagedRecordException damage = row.found().damage();
    if (damage != null && !toldPrefixes.contains(row.prefix())) {
      throw damage;
    }
    if (damage != null || told.contains(row.found().record().key())) {
      return null;
    }
    Journal.Told last = journal.get(row.found().record().key());
    return last == null ? row.found().record() : last.record();
  }

  private Row nextRow() {
    if (rows.isEmpty() && !ended) {
      try {
        rows.addAll(base.use(this::moreRows));
      } catch (DamagedRecordException e) {
        ended = true; // of the file as a whole: told once
        throw e;
      }
      ended = rows.isEmpty();
    }
    Row row = rows.poll();
    if (row != null) {
      prefix = row.prefix();
      met = row.met();
    }
    return row;
  }

  private List<Row> moreRows(BaseFile.View view, BaseFormatV1.ByteSource source)
      throws IOException {
    Directory directory = view.directory();
    List<Row> more = new ArrayList<>();
    int row = directory.firstFrom(prefix);
    long last = prefix;
    int count = 0;
    long bytes = 0;
    while (row < directory.rows() && more.size() < ROWS_AT_ONCE && bytes < BYTES_AT_ONCE) {
      count = directory.prefix(row) == last ? count + 1 : 1;
      last = directory.prefix(row);
      if (last != prefix || count > met) {
        more.add(new Row(last, count, base.find(directory, row, source)));
        bytes += directory.length(row);
      }
      row++;
    }
    return more;
  }

  @Override
  public void close() {
    damages.clear();
    keys.clear();
    rows.clear();
    ended = true;
  }
}
