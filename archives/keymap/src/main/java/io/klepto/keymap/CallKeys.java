package io.klepto.keymap;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The way from a call of one function to its key: normal form, ignored arguments, rounding, keymap.
 *
 * <p>The function itself is part of the key only as far as {@link Builder#identity} says; two
 * functions that share a cache need different identities. Whether the receiver of a method counts
 * is always said: by {@link Builder#withReceiver} it does, otherwise it does not.
 *
 * <p>Never evaluates the function. Immutable and safe for use by many threads. Cost: a call with
 * one argument and nothing to name, ignore or round goes straight to {@link Keymap#keyOfOne}.
 */
public final class CallKeys {
  private final Signature signature;
  private final Ignored ignored;
  private final Rounding rounding;
  private final Keymap keymap;
  private final List<Object> identity;
  private final boolean withReceiver;
  private final boolean direct;

  private CallKeys(Builder builder) {
    this.signature = builder.signature;
    this.ignored = builder.ignored;
    this.rounding = builder.rounding;
    this.keymap = builder.keymap;
    this.identity = List.copyOf(builder.identity);
    this.withReceiver = builder.withReceiver;
    this.direct =
        ignored.isNone() && identity.isEmpty() && !withReceiver && signature.parameters().isEmpty();
    ignored.requireFitting(signature);
    if (withReceiver && ignored.ignoresReceiver()) {
      throw new IllegalArgumentException(
          "keys of "
              + signature
              + ": expected the receiver to count or to be ignored, found both asked for");
    }
  }

  /** Starts the way for a function, with the raw keymap unless another is set. */
  public static Builder builder(Signature signature) {
    return new Builder(signature);
  }

  /** Returns the signature of the function. */
  public Signature signature() {
    return signature;
  }

  /** Returns what goes into each key before the arguments. */
  public List<Object> identity() {
    return identity;
  }

  /** Returns the key of a call with these arguments, by position. */
  public Object key(Object... arguments) {
    return key(Arguments.of(arguments));
  }

  /** Returns the key of a call with one argument. */
  public Object keyOfOne(Object argument) {
    return direct
        ? keymap.keyOfOne(rounding.apply(argument))
        : key(Arguments.of(new Object[] {argument}));
  }

  /**
   * Returns the key of a call of a function, or of a method whose receiver does not count.
   *
   * @throws IllegalArgumentException if the receiver counts
   * @throws KeyEncodingException if an argument has no canonical bytes, or can't be rounded
   */
  public Object key(Arguments call) {
    if (withReceiver) {
      throw new IllegalArgumentException(
          "key of " + signature + ": expected the receiver, which counts, found none");
    }
    return keymap.key(prefixed(identity, counting(call)));
  }

  /**
   * Returns the key of a call of a method.
   *
   * @param receiver the object that it is called on; part of the key if it counts, and then it
   *     needs canonical bytes
   */
  public Object keyOn(Object receiver, Arguments call) {
    if (!withReceiver) {
      return key(call);
    }
    List<Object> prefix = new ArrayList<>(identity);
    prefix.add(receiver);
    return keymap.key(prefixed(prefix, counting(call)));
  }

  private Arguments counting(Arguments call) {
    return rounding.apply(ignored.apply(signature, signature.normalize(call)));
  }

  private static Arguments prefixed(List<Object> prefix, Arguments arguments) {
    if (prefix.isEmpty()) {
      return arguments;
    }
    List<Object> positional = new ArrayList<>(prefix);
    positional.addAll(arguments.positional());
    return Arguments.of(positional, arguments.named());
  }

  /** Returns whether a call fits the function. */
  public boolean isValid(Object... arguments) {
    return mismatch(Arguments.of(arguments)).isEmpty();
  }

  /** Returns why a call does not fit the function, or empty if it does. */
  public Optional<String> mismatch(Arguments call) {
    return signature.mismatch(call);
  }

  @Override
  public String toString() {
    return "%s of %s, %s, %s".formatted(keymap, signature, ignored, rounding);
  }

  /** Builds {@link CallKeys}. Not thread-safe. */
  public static final class Builder {
    private final Signature signature;
    private Ignored ignored = Ignored.none();
    private Rounding rounding = Rounding.none();
    private Keymap keymap = Keymaps.raw();
    private List<Object> identity = List.of();
    private boolean withReceiver;

    private Builder(Signature signature) {
      this.signature = requireNonNull(signature, "signature");
    }

    /** Sets the arguments that do not count; none unless set. */
    public Builder ignore(Ignored newIgnored) {
      this.ignored = requireNonNull(newIgnored, "newIgnored");
      return this;
    }

    /** Sets how numbers are rounded; not at all unless set. */
    public Builder rounding(Rounding newRounding) {
      this.rounding = requireNonNull(newRounding, "newRounding");
      return this;
    }

    /** Sets the keymap. */
    public Builder keymap(Keymap newKeymap) {
      this.keymap = requireNonNull(newKeymap, "newKeymap");
      return this;
    }

    /**
     * Sets what goes into each key before the arguments: the name of the function, the version of
     * its code.
     *
     * @param parts objects with canonical bytes
     */
    public Builder identity(Object... parts) {
      this.identity = Arrays.asList(parts.clone());
      return this;
    }

    /** Lets the object that a method is called on count, by its canonical bytes. */
    public Builder withReceiver(boolean counts) {
      this.withReceiver = counts;
      return this;
    }

    /**
     * Returns the keys.
     *
     * @throws IllegalArgumentException if an ignored argument is none of the function's, or the
     *     receiver both counts and is ignored
     */
    public CallKeys build() {
      return new CallKeys(this);
    }
  }
}
