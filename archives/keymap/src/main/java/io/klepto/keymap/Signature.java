package io.klepto.keymap;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the arguments of a function are called, which of them have defaults, and where surplus ones
 * go.
 *
 * <p>It brings each call into a normal form, in which calls that mean the same are the same: every
 * argument that has a name stands under its name, whether it was given by position, by name or by
 * default; only what is surplus stays in its position.
 *
 * <p>Source: klepto's {@code keygen} and {@code isvalid}. Java has no defaults and no names in
 * calls: signatures of methods have neither, those that are built may have both. Immutable and safe
 * for use by many threads.
 */
public final class Signature implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final ArrayList<String> parameters;
  private final LinkedHashMap<String, Object> defaults;
  private final String surplusPositional;
  private final String surplusNamed;

  private Signature(Builder builder) {
    this.name = builder.name;
    this.parameters = new ArrayList<>(builder.parameters);
    this.defaults = new LinkedHashMap<>(builder.defaults);
    this.surplusPositional = builder.surplusPositional;
    this.surplusNamed = builder.surplusNamed;
  }

  /**
   * Returns the signature of a method. The last parameter of one with variable arguments takes the
   * surplus, as in {@code f(int x, String... rest)}.
   *
   * @throws IllegalArgumentException if the class file has no names of parameters
   */
  public static Signature of(Method method) {
    Builder builder = builder(method.getName());
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (!parameters[i].isNamePresent()) {
        throw new IllegalArgumentException(
            "method "
                + method
                + ": expected the names of its parameters in the class file, found none; compile"
                + " with -parameters, or name them with Signature.builder");
      }
      if (parameters[i].isVarArgs()) {
        builder.surplusPositional(parameters[i].getName());
      } else {
        builder.parameter(parameters[i].getName());
      }
    }
    return builder.build();
  }

  /** Starts the signature of a function of that name. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * Returns the signature of a function whose arguments have positions and no names, as those of a
   * lambda: all of them are surplus.
   */
  public static Signature unnamed(String name) {
    return builder(name).surplusPositional("arguments").build();
  }

  /** Returns the name of the function. */
  public String name() {
    return name;
  }

  /** Returns the names of the parameters in their order, those for surplus arguments apart. */
  public List<String> parameters() {
    return List.copyOf(parameters);
  }

  /** Returns whether arguments may be given by position beyond the parameters. */
  public boolean takesSurplusPositional() {
    return surplusPositional != null;
  }

  /** Returns whether arguments may be given under names that are no parameters. */
  public boolean takesSurplusNamed() {
    return surplusNamed != null;
  }

  /** Returns the name of the parameter for surplus positions; empty if there is none. */
  public Optional<String> surplusPositional() {
    return Optional.ofNullable(surplusPositional);
  }

  /** Returns the name of the parameter for surplus names; empty if there is none. */
  public Optional<String> surplusNamed() {
    return Optional.ofNullable(surplusNamed);
  }

  /**
   * Returns a call in normal form. A call that does not fit has one too: what is missing is left
   * out, and of an argument that is given twice the position counts. {@link #mismatch} tells
   * whether a call fits.
   */
  public Arguments normalize(Arguments call) {
    if (parameters.isEmpty() && defaults.isEmpty()) {
      return call;
    }
    List<Object> given = call.positional();
    int fitting = Math.min(given.size(), parameters.size());
    Map<String, Object> named = new TreeMap<>(defaults);
    named.putAll(call.named());
    for (int i = 0; i < fitting; i++) {
      named.put(parameters.get(i), given.get(i));
    }
    return Arguments.of(given.subList(fitting, given.size()), named);
  }

  /** Returns why a call does not fit, or empty if it does. Evaluates nothing. */
  public Optional<String> mismatch(Arguments call) {
    int given = call.positional().size();
    if (given > parameters.size() && surplusPositional == null) {
      return Optional.of(
          "%s: expected at most %d arguments by position, found %d"
              .formatted(name, parameters.size(), given));
    }
    List<String> byPosition = parameters.subList(0, Math.min(given, parameters.size()));
    for (String argument : call.named().keySet()) {
      if (byPosition.contains(argument)) {
        return Optional.of(
            "%s: expected argument %s once, found it by position and by name"
                .formatted(name, argument));
      }
      if (surplusNamed == null && !parameters.contains(argument)) {
        return Optional.of(
            "%s: expected arguments among %s, found %s".formatted(name, parameters, argument));
      }
    }
    Set<String> missing = new TreeSet<>(parameters);
    byPosition.forEach(missing::remove);
    missing.removeAll(call.named().keySet());
    missing.removeAll(defaults.keySet());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("%s: expected arguments %s, found none".formatted(name, missing));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Signature that
        && name.equals(that.name)
        && parameters.equals(that.parameters)
        && defaults.equals(that.defaults)
        && surplusPositional().equals(that.surplusPositional())
        && surplusNamed().equals(that.surplusNamed());
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + parameters.hashCode();
  }

  @Override
  public String toString() {
    List<String> shown = new ArrayList<>();
    for (String parameter : parameters) {
      boolean optional = defaults.containsKey(parameter);
      shown.add(optional ? parameter + "=" + defaults.get(parameter) : parameter);
    }
    surplusPositional().ifPresent(surplus -> shown.add("*" + surplus));
    surplusNamed().ifPresent(surplus -> shown.add("**" + surplus));
    return name + "(" + String.join(", ", shown) + ")";
  }

  /** Builds a {@link Signature}. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<String> parameters = new ArrayList<>();
    private final LinkedHashMap<String, Object> defaults = new LinkedHashMap<>();
    private String surplusPositional;
    private String surplusNamed;

    private Builder(String name) {
      this.name = requireNonNull(name, "name");
    }

    /**
     * Adds a parameter behind those that are there.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public Builder parameter(String parameter) {
      requireNew(parameter);
      parameters.add(parameter);
      return this;
    }

    /**
     * Adds a parameter with a default.
     *
     * @param whenMissing what stands for the argument where it is not given; serialisable if the
     *     signature is to be serialised; may be null
     */
    public Builder parameter(String parameter, Object whenMissing) {
      parameter(parameter);
      defaults.put(parameter, whenMissing);
      return this;
    }

    /** Lets arguments be given by position beyond the parameters, under a common name. */
    public Builder surplusPositional(String parameter) {
      requireNew(parameter);
      surplusPositional = parameter;
      return this;
    }

    /** Lets arguments be given under names that are no parameters, with a common name for them. */
    public Builder surplusNamed(String parameter) {
      requireNew(parameter);
      surplusNamed = parameter;
      return this;
    }

    private void requireNew(String parameter) {
      requireNonNull(parameter, "parameter");
      if (parameters.contains(parameter)
          || parameter.equals(surplusPositional)
          || parameter.equals(surplusNamed)) {
        throw new IllegalArgumentException(
            "signature of %s: expected parameters of different names, found %s twice"
                .formatted(name, parameter));
      }
    }

    /** Returns the signature; later changes to this builder do not reach it. */
    public Signature build() {
      return new Signature(this);
    }
  }
}
