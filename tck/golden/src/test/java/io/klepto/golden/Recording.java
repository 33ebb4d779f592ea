package io.klepto.golden;

import io.klepto.golden.Operation.Kind;
import io.klepto.golden.Scenario.Start;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What klepto did, as effects: the vectors hold changes, and this adds them up.
 *
 * <p>Wherever the vectors hold klepto's own numbers as well, the sum must agree with them.
 */
final class Recording {
  private final Scenario scenario;
  private final NavigableSet<Integer> resident = new TreeSet<>();
  private final NavigableSet<Integer> archived = new TreeSet<>();
  private long hits;
  private long misses;
  private long loads;

  Recording(Scenario scenario) {
    this.scenario = scenario;
    (scenario.start() == Start.DICT ? archived : resident).addAll(scenario.initial().keySet());
  }

  /** Returns the effect of the next operation. */
  Effect effectOf(Operation operation) {
    count(operation);
    change(resident, operation.entered(), operation.left(), operation);
    change(archived, operation.archiveEntered(), operation.archiveLeft(), operation);
    List<Long> info = List.of(hits, misses, loads, scenario.bound(), (long) resident.size());
    if (operation.info() != null && !operation.info().equals(info)) {
      throw new IllegalStateException(
          scenario + ", " + operation + ": recorded " + operation.info() + ", adds up to " + info);
    }
    return new Effect(
        operation.answer(),
        operation.evaluations(),
        hits,
        misses,
        loads,
        scenario.bound(),
        resident.size(),
        new TreeSet<>(resident),
        new TreeSet<>(archived));
  }

  private void count(Operation operation) {
    if (operation.kind() == Kind.CLEAR && !Boolean.TRUE.equals(operation.flag())) {
      hits = 0;
      misses = 0;
      loads = 0;
    }
    switch (operation.outcome()) {
      case "h" -> hits++;
      case "m" -> misses++;
      case "l" -> loads++;
      case "" -> {}
      default ->
          throw new IllegalStateException(
              scenario + ", " + operation + ": unknown outcome " + operation.outcome());
    }
  }

  private void change(
      NavigableSet<Integer> keys, List<Integer> in, List<Integer> out, Operation operation) {
    boolean absent = keys.containsAll(out) && in.stream().noneMatch(keys::contains);
    if (!absent) {
      throw new IllegalStateException(
          scenario + ", " + operation + ": +" + in + " -" + out + " do not fit " + keys);
    }
    out.forEach(keys::remove);
    keys.addAll(in);
  }
}
