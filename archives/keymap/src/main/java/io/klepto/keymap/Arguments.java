package io.klepto.keymap;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The arguments of one call: those given by position, and those given by name, in the order of
 * their names.
 *
 * <p>Java's calls have positions alone; names come in with a {@link Signature}, which knows what
 * the positions are called. Arguments may be null. The lists are copied, the arguments in them are
 * not. Immutable.
 */
public final class Arguments {
  private final List<Object> positional;
  private final SortedMap<String, Object> named;

  private Arguments(List<Object> positional, SortedMap<String, Object> named) {
    this.positional = positional;
    this.named = named;
  }

  /**
   * Returns arguments that are all given by position.
   *
   * @param positional the arguments, not null; what is null among them is a null argument
   */
  public static Arguments of(Object... positional) {
    return new Arguments(
        Collections.unmodifiableList(Arrays.asList(positional.clone())),
        Collections.emptySortedMap());
  }

  /**
   * Returns arguments by position and by name.
   *
   * @param positional those by position, not null
   * @param named those by name, not null, no name null
   */
  public static Arguments of(List<?> positional, Map<String, ?> named) {
    SortedMap<String, Object> sorted = new TreeMap<>();
    named.forEach((name, value) -> sorted.put(requireNonNull(name, "name"), value));
    return new Arguments(
        Collections.unmodifiableList(new ArrayList<>(positional)),
        Collections.unmodifiableSortedMap(sorted));
  }

  /** Returns the arguments by position; unmodifiable. */
  public List<Object> positional() {
    return positional;
  }

  /** Returns the arguments by name, in the order of their names; unmodifiable. */
  public SortedMap<String, Object> named() {
    return named;
  }

  /** Returns the same positions and names with other arguments. */
  Arguments map(UnaryOperator<Object> change) {
    List<Object> changed = new ArrayList<>(positional.size());
    positional.forEach(argument -> changed.add(change.apply(argument)));
    if (named.isEmpty()) {
      return new Arguments(Collections.unmodifiableList(changed), named);
    }
    SortedMap<String, Object> changedNamed = new TreeMap<>();
    named.forEach((name, argument) -> changedNamed.put(name, change.apply(argument)));
    return new Arguments(
        Collections.unmodifiableList(changed), Collections.unmodifiableSortedMap(changedNamed));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Arguments that
        && positional.equals(that.positional)
        && named.equals(that.named);
  }

  @Override
  public int hashCode() {
    return 31 * positional.hashCode() + named.hashCode();
  }

  /** Returns the arguments as a call shows them, {@code (1, y=2)}. */
  @Override
  public String toString() {
    List<String> shown = new ArrayList<>();
    positional.forEach(argument -> shown.add(String.valueOf(argument)));
    named.forEach((name, argument) -> shown.add(name + "=" + argument));
    return "(" + String.join(", ", shown) + ")";
  }
}
