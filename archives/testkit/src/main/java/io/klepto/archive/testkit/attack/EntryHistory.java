package io.klepto.archive.testkit.attack;

import io.klepto.archive.store.RecordContent;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What may be under a key now, what a call that is under way may make of it, and what was there
 * before. Empty stands for no record. Immutable.
 *
 * @param possible one unless a call failed or was cut off, of which nobody knows how far it came
 * @param coming what may be there if the call that is under way has been done; none if there is
 *     none
 * @param older what was there once
 */
record EntryHistory(
    Set<Optional<RecordContent>> possible,
    Set<Optional<RecordContent>> coming,
    Set<Optional<RecordContent>> older) {
  /** The history of a key that was never used. */
  static final EntryHistory NEVER_USED =
      new EntryHistory(Set.of(Optional.empty()), Set.of(), Set.of());

  /** Returns the history with a call under way. */
  EntryHistory begun(UnaryOperator<Optional<RecordContent>> effect) {
    Set<Optional<RecordContent>> effects = new HashSet<>();
    possible.forEach(state -> effects.add(effect.apply(state)));
    return new EntryHistory(possible, effects, older);
  }

  /** Returns the history after the call was acknowledged. */
  EntryHistory acknowledged() {
    return new EntryHistory(coming, Set.of(), union(older, possible));
  }

  /** Returns the history after the call failed, or was cut off. */
  EntryHistory abandoned() {
    return new EntryHistory(union(possible, coming), Set.of(), older);
  }

  /** Returns the history after one of the possible states was seen. */
  EntryHistory settled(Optional<RecordContent> seen) {
    return new EntryHistory(Set.of(seen), Set.of(), union(older, union(possible, coming)));
  }

  /** Judges what was found. */
  Verdict verdictOn(Optional<RecordContent> found) {
    if (possible.contains(found) || coming.contains(found)) {
      return Verdict.RIGHT;
    }
    if (found.isEmpty()) {
      return Verdict.ABSENT;
    }
    return older.contains(found) ? Verdict.OLDER : Verdict.OTHER;
  }

  private static <T> Set<T> union(Set<T> a, Set<T> b) {
    Set<T> both = new HashSet<>(a);
    both.addAll(b);
    return both;
  }
}
