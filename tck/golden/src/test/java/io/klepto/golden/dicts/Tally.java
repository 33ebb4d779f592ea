package io.klepto.golden.dicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a replay has compared, the defects of pecapiku that showed, and what was left out. */
final class Tally {
  private final Map<String, Integer> defects = new TreeMap<>();
  private final List<String> leftOut = new ArrayList<>();
  private int compared;

  /** Compares an answer of ours with the recorded one. */
  void same(Object recorded, Object ours, String subject) {
    compared++;
    assertEquals(recorded, ours, subject);
  }

  /**
   * Compares an answer of ours with the recorded one where pecapiku has a defect: ours is right,
   * and theirs is counted if it is not.
   */
  void same(Object recorded, Object ours, Object right, String defect, String subject) {
    compared++;
    assertEquals(right, ours, subject);
    if (!right.equals(recorded)) {
      defects.merge(defect, 1, Integer::sum);
    }
  }

  void leaveOut(String subjectAndReason) {
    leftOut.add(subjectAndReason);
  }

  /** Prints the result, and requires that pecapiku's defects are the known ones. */
  void report(String part, Map<String, Integer> knownDefects) {
    System.out.printf(
        "pecapiku.json, %s: %d answers compared, 0 mismatches, %d with a defect of pecapiku %s%s%n",
        part,
        compared,
        defects.values().stream().mapToInt(Integer::intValue).sum(),
        defects,
        leftOut.isEmpty() ? "" : "; left out: " + leftOut);
    assertEquals(knownDefects, defects, "defects of pecapiku that showed");
  }
}
