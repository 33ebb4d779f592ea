package io.klepto.golden.memoize;

import java.util.Map;
import java.util.TreeMap;

/** What was compared, and where the recording is not what is right, by name. Not thread-safe. */
final class Defects {
  private final Map<String, Integer> byName = new TreeMap<>();
  private int compared;

  /** Counts an answer that was compared with what is right. */
  void compared() {
    compared++;
  }

  /** Counts a recorded answer that is wrong. */
  void add(String name) {
    byName.merge(name, 1, Integer::sum);
  }

  /** Returns how many answers were compared. */
  int total() {
    return compared;
  }

  /** Returns the defects with their numbers. */
  @Override
  public String toString() {
    return byName.toString();
  }
}
