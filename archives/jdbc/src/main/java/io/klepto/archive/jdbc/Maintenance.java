package io.klepto.archive.jdbc;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.VerifyReport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

  /**
   * Reads all rows, and asks the engine. Repair sets damaged rows aside, and lets the engine make
   * anew what it keeps twice; then all is looked through again, as rows may have come to light.
   */
  VerifyReport verify(boolean repair) {
    Findings first = new Findings();
    look(first, repair);
    if (!repair || first.ofEngine.isEmpty()) {
      return first.report(first.whole);
    }
    String subject = "the indexes of table " + open.table().name();
    try {
      if (database.write(
          "rebuild",
          subject,
          c -> database.dialect().rebuildIndexes(c, open.table().quotedName()))) {
        Findings second = new Findings();
        look(second, true);
        first.addAll(second);
        return first.report(second.whole);
      }
    } catch (SqlFailure e) {
      first.ofEngine.add(e.getMessage()); // it stays as damaged as it was found
    }
    return first.report(first.whole);
  }

  /** What one look over the table has found. */
  private static final class Findings {
    private final Set<String> ofRows = new LinkedHashSet<>();
    private final Set<String> ofEngine = new LinkedHashSet<>();
    private final List<String> setAside = new ArrayList<>();
    private long whole;

    void addAll(Findings later) {
      ofRows.addAll(later.ofRows);
      ofEngine.addAll(later.ofEngine);
      setAside.addAll(later.setAside);
    }

    VerifyReport report(long records) {
      List<String> damages = new ArrayList<>(ofRows);
      damages.addAll(ofEngine);
      return new VerifyReport(records, damages, setAside);
    }
  }

  private void look(Findings findings, boolean repair) {
    try {
      RowWalk walk = new RowWalk(database, open.table());
      for (RowWalk.Step step = walk.next(); step != null; step = walk.next()) {
        for (Row row : step.rows()) {
          look(row, findings, repair);
        }
      }
    } catch (SqlFailure e) {
      noteCorruption(e, findings); // what lies behind can't be read
    }
    try {
      findings.ofEngine.addAll(
          database.read(
              "check",
              "table " + open.table().name(),
              c -> database.dialect().check(c, open.table().quotedName())));
    } catch (SqlFailure e) {
      noteCorruption(e, findings);
    }
  }

  private static void noteCorruption(SqlFailure failure, Findings findings) {
    if (failure.kind() != FailureKind.CORRUPT) {
      throw failure;
    }
    findings.ofEngine.add(failure.getMessage());
  }

  private void look(Row row, Findings findings, boolean repair) {
    DamagedRecordException damage = damageOf(row);
    if (damage == null) {
      findings.whole++;
      return;
    }
    findings.ofRows.add(damage.getMessage());
    if (repair && setAside(row.id())) {
      findings.setAside.add(
          "table %s%s, id %s"
              .formatted(open.table().name(), JdbcTable.QUARANTINE_SUFFIX, row.idHex()));
    }
  }
}
