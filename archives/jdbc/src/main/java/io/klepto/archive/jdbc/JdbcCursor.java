package io.klepto.archive.jdbc;

import io.klepto.archive.store.OpenGate;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.StoreRecord;
import java.util.ArrayDeque;
import java.util.Deque;

/** A walk over the records of a table; it holds nothing open between two calls. */
final class JdbcCursor implements RecordCursor {
  private final OpenGate gate;
  private final OpenTable open;
  private final RowWalk walk;
  private final Deque<Row> ahead = new ArrayDeque<>();

  JdbcCursor(OpenGate gate, Database database, OpenTable open) {
    this.gate = gate;
    this.open = open;
    this.walk = new RowWalk(database, open.table());
  }

  @Override
  public StoreRecord next() {
    return gate.call(this::nextRecord);
  }

  private StoreRecord nextRecord() {
    while (ahead.isEmpty()) {
      RowWalk.Step step = walk.next();
      if (step == null) {
        return null;
      }
      ahead.addAll(step.rows());
    }
    return open.recordOf(ahead.remove(), null);
  }

  @Override
  public void close() {
    walk.end();
    ahead.clear();
  }
}
