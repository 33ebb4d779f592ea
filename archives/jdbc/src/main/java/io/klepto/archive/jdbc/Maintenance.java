package io.klepto.archive.jdbc;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.VerifyReport;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done with a whole table: clear, verify; and the setting aside of rows.
 *
 * <p>Others may read and write meanwhile: a row is set aside in a transaction that has found it
 * damaged, never on the ground of what was read before. Safe for use by many threads.
 */
final class Maintenance {
  private final Database database;
  private final OpenTable open;

  Maintenance(Database database, OpenTable open) {
    this.database = database;
    this.open = open;
  }

  /**
   * Moves a row that is damaged to the table of those set aside.
   *
   * @return whether it was still there, and damaged
   */
  boolean setAside(byte[] id) {
    JdbcTable table = open.table();
    String subject = "a damaged record";
    database.write(
        "make a place to set aside",
        subject,
        c -> {
          table.createQuarantine(c);
          return null;
        });
    return database.transact(
        "set aside",
        subject,
        c -> {
          DamagedRecordException damage = damageOf(table.selectForUpdate(c, id));
          if (damage == null) {
            return Database.Outcome.rollback(false);
          }
          table.setAside(c, id, damage.getMessage());
          return Database.Outcome.commit(true);
        });
  }

  /** Returns what is wrong with a row, null if nothing, or if there is none. */
  private DamagedRecordException damageOf(Row row) {
    try {
      open.recordOf(row, null);
      return null;
    } catch (DamagedRecordException e) {
      return e;
    }
  }

  /** Removes all rows step by step, having set aside the damaged ones. */
  void clear() {
    RowWalk walk = new RowWalk(database, open.table());
    for (RowWalk.Step step = walk.next(); step != null; step = walk.next()) {
      for (Row row : step.rows()) {
        if (damageOf(row) != null) {
          setAside(row.id());
        }
      }
      byte[] from = step.from();
      byte[] to = step.to();
      database.write(
          "clear",
          "records",
          c -> {
            open.table().deleteRange(c, from, to);
            return null;
          });
    }
  }

  VerifyReport verify(boolean repair) {
    long whole = 0;
    List<String> damages = new ArrayList<>();
    List<String> setAside = new ArrayList<>();
    try {
      RowWalk walk = new RowWalk(database, open.table());
      for (RowWalk.Step step = walk.next(); step != null; step = walk.next()) {
        for (Row row : step.rows()) {
          DamagedRecordException damage = damageOf(row);
          if (damage == null) {
            whole++;
          } else {
            damages.add(damage.getMessage());
            if (repair && setAside(row.id())) {
              setAside.add(
                  "table %s%s, id %s"
                      .formatted(open.table().name(), JdbcTable.QUARANTINE_SUFFIX, row.idHex()));
            }
          }
        }
      }
      damages.addAll(
          database.read(
              "check",
              "table " + open.table().name(),
              c -> database.dialect().check(c, open.table().quotedName())));
    } catch (SqlFailure e) {
      if (e.kind() != FailureKind.CORRUPT) {
        throw e;
      }
      damages.add(e.getMessage()); // what lies behind can't be read
    }
    return new VerifyReport(whole, damages, setAside);
  }
}
