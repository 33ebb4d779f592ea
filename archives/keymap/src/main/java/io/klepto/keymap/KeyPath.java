package io.klepto.keymap;

import java.util.Arrays;
import java.util.Locale;

/**
 * The way from a key to the part of it that is being written: the objects that enclose the part,
 * and where in each of them. Finds cycles and bounds the depth. Not thread-safe.
 */
final class KeyPath {
  private static final int NO_INDEX = -1;
  private static final int FIELD = -2;
  private static final int FIRST_CAPACITY = 8;
  private static final int SHOWN_STEPS = 10;
  private static final Object[] NO_OBJECTS = {};

  private Object[] enclosing = NO_OBJECTS;
  private String[] steps;
  private int[] indexes;
  private int depth;

  /** Goes into an object that holds others. */
  void enter(Object object) {
    for (int i = 0; i < depth; i++) {
      if (enclosing[i] == object) {
        throw new Refusal(
            "expected a tree, found an object that contains itself; break the cycle or "
                + ObjectFields.REMEDY);
      }
    }
    if (depth == CanonicalEncoder.MAX_DEPTH) {
      throw tooDeep(null);
    }
    if (depth == enclosing.length) {
      grow();
    }
    enclosing[depth] = object;
    steps[depth] = null;
    depth++;
  }

  /** Names the part of the innermost object that is written next. */
  void at(String step) {
    at(step, NO_INDEX);
  }

  /** Names the field of the innermost object that is written next. */
  void atField(String name) {
    at(name, FIELD);
  }

  /** Names the part of the innermost object that is written next, one of many. */
  void at(String step, int index) {
    steps[depth - 1] = step;
    indexes[depth - 1] = index;
  }

  /** Leaves the innermost object. */
  void leave() {
    depth--;
    enclosing[depth] = null;
  }

  /** Returns the refusal of a key that nests too deep. */
  static Refusal tooDeep(Throwable cause) {
    return new Refusal(
        String.format(
            Locale.ROOT,
            "expected at most %,d levels of nesting, and a thread with the stack for them, found"
                + " more; use a flatter key or %s",
            CanonicalEncoder.MAX_DEPTH,
            ObjectFields.REMEDY),
        cause);
  }

  private void grow() {
    int capacity = Math.max(FIRST_CAPACITY, 2 * depth);
    enclosing = Arrays.copyOf(enclosing, capacity);
    steps = depth == 0 ? new String[capacity] : Arrays.copyOf(steps, capacity);
    indexes = depth == 0 ? new int[capacity] : Arrays.copyOf(indexes, capacity);
  }

  /** Returns the innermost object, or null outside all objects. */
  Object innermost() {
    return depth == 0 ? null : enclosing[depth - 1];
  }

  /** Returns the steps, each followed by a comma or, at the end, by a colon and a space. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(depth, SHOWN_STEPS); i++) {
      if (steps[i] != null) {
        text.append(text.isEmpty() ? "" : ", ");
        text.append(indexes[i] == FIELD ? "field " : "").append(steps[i]);
        if (indexes[i] >= 0) {
          text.append(' ').append(indexes[i]);
        }
      }
    }
    if (depth > SHOWN_STEPS) {
      text.append(", … (").append(depth - SHOWN_STEPS).append(" more levels)");
    }
    return text.isEmpty() ? "" : text.append(": ").toString();
  }
}
