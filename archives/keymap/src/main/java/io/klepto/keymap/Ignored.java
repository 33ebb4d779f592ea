package io.klepto.keymap;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The arguments that do not count: calls that differ in them alone share an entry, and the first
 * such call decides its value.
 *
 * <p>Named by parameter, by position (from 0), as all surplus positions ({@code *}), as all surplus
 * names ({@code **}), or as the receiver ({@code self}: all instances share results). An ignored
 * argument is replaced by {@link KeyMarker#IGNORED}, given or not; ignored surplus is left out.
 *
 * <p>Source: klepto's {@code ignore}. Deviations: a name or position that the function does not
 * have is refused, where klepto silently ignores nothing; and whether the receiver counts is said
 * for each cached method, never an accident. Immutable and safe for use by many threads.
 */
public final class Ignored implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Ignored NONE = new Ignored(Set.of(), Set.of(), false, false, false);

  private final TreeSet<String> names;
  private final TreeSet<Integer> indexes;
  private final boolean surplusPositional;
  private final boolean surplusNamed;
  private final boolean receiver;

  private Ignored(
      Set<String> names,
      Set<Integer> indexes,
      boolean surplusPositional,
      boolean surplusNamed,
      boolean receiver) {
    this.names = new TreeSet<>(names);
    this.indexes = new TreeSet<>(indexes);
    this.surplusPositional = surplusPositional;
    this.surplusNamed = surplusNamed;
    this.receiver = receiver;
  }

  /** Ignores nothing. */
  public static Ignored none() {
    return NONE;
  }

  /** Ignores the parameters of these names. */
  public static Ignored names(String... names) {
    return new Ignored(Set.of(names), Set.of(), false, false, false);
  }

  /**
   * Ignores the arguments in these positions, from 0.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public static Ignored indexes(int... indexes) {
    Set<Integer> all = new TreeSet<>();
    for (int index : indexes) {
      if (index < 0) {
        throw new IllegalArgumentException(
            "ignored argument: expected a position of at least 0, found " + index);
      }
      all.add(index);
    }
    return new Ignored(Set.of(), all, false, false, false);
  }

  /** Ignores all positions beyond the parameters. */
  public static Ignored surplusPositional() {
    return new Ignored(Set.of(), Set.of(), true, false, false);
  }

  /** Ignores all names that are no parameters. */
  public static Ignored surplusNamed() {
    return new Ignored(Set.of(), Set.of(), false, true, false);
  }

  /** Ignores the object that a method is called on. */
  public static Ignored receiver() {
    return new Ignored(Set.of(), Set.of(), false, false, true);
  }

  /**
   * Reads klepto's form: text for a name, {@code *}, {@code **} or {@code self}, whole numbers for
   * positions.
   *
   * @throws IllegalArgumentException if one is neither
   */
  public static Ignored of(Object... namesAndIndexes) {
    Ignored all = none();
    for (Object each : namesAndIndexes) {
      if (each instanceof Integer index) {
        all = all.and(indexes(index));
      } else if (each instanceof String name) {
        all = all.and(ofText(name));
      } else {
        throw new IllegalArgumentException(
            "ignored argument: expected a name or a position, found " + each);
      }
    }
    return all;
  }

  private static Ignored ofText(String text) {
    return switch (text) {
      case "*" -> surplusPositional();
      case "**" -> surplusNamed();
      case "self" -> receiver();
      default -> names(text);
    };
  }

  /** Ignores what this ignores and what another does. */
  public Ignored and(Ignored other) {
    requireNonNull(other, "other");
    Set<String> allNames = new TreeSet<>(names);
    allNames.addAll(other.names);
    Set<Integer> allIndexes = new TreeSet<>(indexes);
    allIndexes.addAll(other.indexes);
    return new Ignored(
        allNames,
        allIndexes,
        surplusPositional || other.surplusPositional,
        surplusNamed || other.surplusNamed,
        receiver || other.receiver);
  }

  /** Returns whether every argument counts, and the receiver. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Returns whether the object that a method is called on does not count. */
  public boolean ignoresReceiver() {
    return receiver;
  }

  /**
   * Checks that a function has what is ignored.
   *
   * @throws IllegalArgumentException if it has no parameter of a name or in a position
   */
  public void requireFitting(Signature signature) {
    for (String name : names) {
      if (!signature.parameters().contains(name) && !signature.takesSurplusNamed()) {
        throw unknown(signature, "a parameter of " + signature, name);
      }
    }
    for (int index : indexes) {
      if (index >= signature.parameters().size() && !signature.takesSurplusPositional()) {
        throw unknown(signature, "a position of " + signature, Integer.toString(index));
      }
    }
    if (surplusPositional && !signature.takesSurplusPositional()) {
      throw unknown(signature, "surplus positions in " + signature, "none to ignore by *");
    }
    if (surplusNamed && !signature.takesSurplusNamed()) {
      throw unknown(signature, "surplus names in " + signature, "none to ignore by **");
    }
  }

  private static IllegalArgumentException unknown(
      Signature signature, String expected, String found) {
    return new IllegalArgumentException(
        "ignored argument of %s: expected %s, found %s"
            .formatted(signature.name(), expected, found));
  }

  /**
   * Returns a call without what is ignored.
   *
   * @param signature the function's
   * @param normal the call in its normal form
   */
  public Arguments apply(Signature signature, Arguments normal) {
    if (isNone()) {
      return normal;
    }
    List<String> parameters = signature.parameters();
    Map<String, Object> named = new TreeMap<>();
    normal
        .named()
        .forEach(
            (name, argument) -> {
              int index = parameters.indexOf(name);
              if (index < 0 && surplusNamed) {
                return;
              }
              named.put(name, isIgnored(name, index) ? KeyMarker.IGNORED : argument);
            });
    for (int index = 0; index < parameters.size(); index++) {
      if (isIgnored(parameters.get(index), index)) {
        named.put(parameters.get(index), KeyMarker.IGNORED);
      }
    }
    List<Object> positional = new ArrayList<>();
    if (!surplusPositional) {
      for (Object argument : normal.positional()) {
        boolean ignored = indexes.contains(parameters.size() + positional.size());
        positional.add(ignored ? KeyMarker.IGNORED : argument);
      }
    }
    return Arguments.of(positional, named);
  }

  private boolean isIgnored(String name, int index) {
    return names.contains(name) || (index >= 0 && indexes.contains(index));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ignored that
        && names.equals(that.names)
        && indexes.equals(that.indexes)
        && surplusPositional == that.surplusPositional
        && surplusNamed == that.surplusNamed
        && receiver == that.receiver;
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + indexes.hashCode();
  }

  /** Returns what is ignored, in klepto's form. */
  @Override
  public String toString() {
    List<Object> all = new ArrayList<>(names);
    all.addAll(indexes);
    if (surplusPositional) {
      all.add("*");
    }
    if (surplusNamed) {
      all.add("**");
    }
    if (receiver) {
      all.add("self");
    }
    return "ignored " + all;
  }
}
