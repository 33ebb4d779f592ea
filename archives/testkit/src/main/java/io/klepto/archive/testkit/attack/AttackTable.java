package io.klepto.archive.testkit.attack;

import io.klepto.archive.testkit.attack.AttackTally.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table of what the attacks on one store came to: a line for each attack, and one for all.
 *
 * <p>Safe for use by many threads, under its own monitor.
 */
final class AttackTable {
  private static final String LINE = "%-18s | %-26s | %7s | %5s | %5s | %10s | %7s | %s";

  private final List<AttackTally> tallies = new ArrayList<>();

  synchronized void add(AttackTally tally) {
    tallies.add(tally);
  }

  /** Returns the lines, or none if no attack was made. */
  synchronized List<String> lines() {
    if (tallies.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        LINE.formatted(
            "store", "attack", "cases", "lost", "wrong", "undetected", "revived", "beside"));
    AttackTally all = new AttackTally(tallies.get(0).target(), "all");
    for (AttackTally tally : tallies) {
      lines.add(line(tally));
      all.addAll(tally);
    }
    lines.add(line(all));
    return lines;
  }

  private static String line(AttackTally tally) {
    List<String> beside = new ArrayList<>();
    for (Column column : Column.values()) {
      if (column.compareTo(Column.REVIVED) > 0 && tally.of(column) > 0) {
        beside.add(
            column.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + tally.of(column));
      }
    }
    return LINE.formatted(
        tally.target(),
        tally.attack(),
        tally.cases(),
        tally.of(Column.LOST),
        tally.of(Column.WRONG),
        tally.of(Column.UNDETECTED),
        tally.of(Column.REVIVED),
        String.join(", ", beside));
  }
}
