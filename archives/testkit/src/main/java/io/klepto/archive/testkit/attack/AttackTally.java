package io.klepto.archive.testkit.attack;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the cases of one attack: one column of the table for each way to go wrong, and the
 * first examples of it.
 *
 * <p>Safe for use by many threads, under its own monitor.
 */
final class AttackTally {
  /** The ways in which a case goes. The first four are what no store wants. */
  enum Column {
    /** A record that was acknowledged is not there, or can't be read. */
    LOST,
    /** A value that was never put, or a failure that is no {@code ArchiveException}. */
    WRONG,
    /** A record is missing, and nothing says so. */
    UNDETECTED,
    /** A value that was replaced, or removed, is back. */
    REVIVED,
    /** One damaged place cost several records. */
    SPREAD,
    /** After a repair the store was not sound, or could not be written. */
    UNREPAIRED,
    /** A call failed though the system did nothing wrong, or after it was healed. */
    FAILED_CALL,
    /** The archive refused to open, or each call, and said why. */
    NOT_OPENED,
    /** A damaged record was refused by name. */
    NAMED
  }

  private static final int MAX_EXAMPLES = 4;

  private final String target;
  private final String attack;
  private final Map<Column, Long> counts = new EnumMap<>(Column.class);
  private final Map<Column, List<String>> examples = new EnumMap<>(Column.class);
  private long cases;

  AttackTally(String target, String attack) {
    this.target = target;
    this.attack = attack;
  }

  synchronized void addCase() {
    cases++;
  }

  /** Counts without an example: what is no defect. */
  synchronized void count(Column column, long by) {
    counts.merge(column, by, Long::sum);
  }

  /**
   * Counts what went wrong.
   *
   * @param how what is needed to do it again: seed, place, what was found
   */
  synchronized void count(Column column, long by, String how) {
    count(column, by);
    if (by > 0) {
      List<String> ofColumn = examples.computeIfAbsent(column, absent -> new ArrayList<>());
      if (ofColumn.size() < MAX_EXAMPLES) {
        ofColumn.add(column + ": " + how);
      }
    }
  }

  /** Counts an exception or error that is none of those that a store may throw. */
  void countBroken(String how, Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    count(Column.WRONG, 1, how + ": " + failure + (trace.length == 0 ? "" : " at " + trace[0]));
  }

  /** Counts what a reading found of a store that nobody damaged: all must be as acknowledged. */
  void countUndamaged(Judgement judgement, String how) {
    String told = how + ": " + judgement;
    count(Column.LOST, judgement.count(Verdict.ABSENT), told);
    count(Column.LOST, judgement.refused(), told);
    count(Column.WRONG, judgement.count(Verdict.OTHER) + judgement.count(Verdict.BROKEN), told);
    count(Column.REVIVED, judgement.count(Verdict.OLDER), told);
    if (judgement.namesDamage() && judgement.refused() == 0) {
      count(Column.LOST, 1, told);
    }
  }

  synchronized long cases() {
    return cases;
  }

  synchronized long of(Column column) {
    return counts.getOrDefault(column, 0L);
  }

  synchronized void addAll(AttackTally other) {
    cases += other.cases();
    for (Column column : Column.values()) {
      count(column, other.of(column));
    }
  }

  String target() {
    return target;
  }

  String attack() {
    return attack;
  }

  /** Returns examples of what went wrong in one way. */
  synchronized List<String> examples(Column column) {
    return List.copyOf(examples.getOrDefault(column, List.of()));
  }

  /**
   * Fails if a column is not 0.
   *
   * @throws AssertionError with the examples
   */
  synchronized void requireNone(Column... columns) {
    for (Column column : columns) {
      if (of(column) > 0) {
        throw new AssertionError(
            "%s, %s: expected 0 cases of %s, found %d of %d:%n  %s"
                .formatted(
                    target,
                    attack,
                    column,
                    of(column),
                    cases,
                    String.join(System.lineSeparator() + "  ", examples(column))));
      }
    }
    if (cases == 0) {
      throw new AssertionError(target + ", " + attack + ": expected some cases, found none");
    }
  }
}
