package io.klepto.archive.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A walk over the rows of a table in the order of their ids, a few megabytes at a time. Between two
 * steps nothing is held open: no transaction, no lock, no connection.
 *
 * <p>A step reads the places of the next rows, with their sizes, then as many of the rows as fit. A
 * row that is there all the time is seen once; one that is written or removed meanwhile is seen
 * once or not at all. Used by one thread.
 */
final class RowWalk {
  private static final int PLACES = 1_024;
  private static final int ROWS = 256;
  private static final long BYTES = 4L << 20;

  private final Database database;
  private final JdbcTable table;
  private final Deque<JdbcTable.Place> ahead = new ArrayDeque<>();
  private byte[] last;
  private boolean ended;

  RowWalk(Database database, JdbcTable table) {
    this.database = database;
    this.table = table;
  }

  /**
   * A step of the walk.
   *
   * @param from the first id that it covers
   * @param to the last id that it covers
   * @param rows the rows from one to the other that are still there, in order
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Step(byte[] from, byte[] to, List<Row> rows) {}

  /** Returns the next step, null after the last. */
  Step next() {
    if (ahead.isEmpty() && !ended) {
      List<JdbcTable.Place> places =
          database.read("walk over", "its records", c -> table.places(c, last, PLACES));
      ended = places.size() < PLACES;
      ahead.addAll(places);
    }
    if (ahead.isEmpty()) {
      return null;
    }
    List<byte[]> ids = new ArrayList<>();
    long bytes = 0;
    while (!ahead.isEmpty()
        && ids.size() < ROWS
        && (ids.isEmpty() || bytes + ahead.peek().bytes() <= BYTES)) {
      bytes += ahead.peek().bytes();
      ids.add(ahead.remove().id());
    }
    last = ids.get(ids.size() - 1);
    List<Row> rows =
        new ArrayList<>(
            database.read(
                "walk over", "its records", c -> database.dialect().selectAll(c, table, ids)));
    rows.sort(Comparator.comparing(Row::id, Arrays::compareUnsigned));
    return new Step(ids.get(0), last, rows);
  }

  /** Ends the walk. */
  void end() {
    ahead.clear();
    ended = true;
  }
}
