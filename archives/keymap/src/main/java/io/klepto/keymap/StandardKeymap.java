package io.klepto.keymap;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * A keymap of klepto's four kinds, with klepto's options:
 *
 * <ul>
 *   <li>{@code flat} (true unless set): the arguments are laid out in one list: those by position,
 *       then a sentinel, then names and values in the order of names. Not flat, they are a list of
 *       positions and a map of names.
 *   <li>{@code typed} (false unless set): the classes of the arguments count too. Types of numbers,
 *       strings and arrays always count, {@code 1} and {@code 1L} and {@code 1.0} being different
 *       keys; {@code typed} tells a {@code LinkedList} from an {@code ArrayList} as well.
 *   <li>{@code sentinel} ({@link KeyMarker#NAMED} unless set): what stands between positions and
 *       names.
 * </ul>
 *
 * <p>Deviations from klepto: a digest is of canonical bytes, not of the text of {@code repr}, and
 * is the same in every process; {@code -1} and {@code -2}, {@code ""} and {@code 0}, text and bytes
 * have different keys; there is a sentinel unless one sets {@code null}; the order in which named
 * arguments are given never counts.
 *
 * <p>Cost: a raw key of one string or number is the argument itself. Immutable and safe for use by
 * many threads. An encoder with registrations is not serialised: it comes back as the standard one.
 */
public final class StandardKeymap implements Keymap {
  private static final long serialVersionUID = 1L;

  /** What a key is made into. */
  enum Form {
    RAW("keymap"),
    HASH("hashmap"),
    STRING("stringmap"),
    SERIALIZED("picklemap");

    private final String kleptoName;

    Form(String kleptoName) {
      this.kleptoName = kleptoName;
    }
  }

  private final Form form;
  private final String algorithm;
  private final boolean typed;
  private final boolean flat;
  private final Serializable sentinel;
  private final transient CanonicalEncoder encoder;

  StandardKeymap(Form form, String algorithm) {
    this(form, algorithm, false, true, KeyMarker.NAMED, CanonicalEncoder.standard());
  }

  private StandardKeymap(
      Form form,
      String algorithm,
      boolean typed,
      boolean flat,
      Serializable sentinel,
      CanonicalEncoder encoder) {
    this.form = form;
    this.algorithm = algorithm;
    this.typed = typed;
    this.flat = flat;
    this.sentinel = sentinel;
    this.encoder = encoder;
  }

  /** Gives what was read back its encoder. */
  private Object readResolve() {
    return new StandardKeymap(form, algorithm, typed, flat, sentinel, CanonicalEncoder.standard());
  }

  /** Returns this keymap with the classes of arguments counting or not. */
  public StandardKeymap typed(boolean newTyped) {
    return new StandardKeymap(form, algorithm, newTyped, flat, sentinel, encoder);
  }

  /** Returns this keymap with arguments in one list, or in a list and a map. */
  public StandardKeymap flat(boolean newFlat) {
    return new StandardKeymap(form, algorithm, typed, newFlat, sentinel, encoder);
  }

  /**
   * Returns this keymap with another sentinel.
   *
   * @param newSentinel what stands between positions and names; null for nothing, and then {@code
   *     f("a", 1)} and {@code f(a=1)} share a key where a function takes both
   */
  public StandardKeymap sentinel(Serializable newSentinel) {
    return new StandardKeymap(form, algorithm, typed, flat, newSentinel, encoder);
  }

  /** Returns this keymap with another rule for canonical bytes. */
  public StandardKeymap encoder(CanonicalEncoder newEncoder) {
    requireNonNull(newEncoder, "newEncoder");
    return new StandardKeymap(form, algorithm, typed, flat, sentinel, newEncoder);
  }

  @Override
  public Object key(Arguments arguments) {
    boolean single = arguments.positional().size() == 1 && arguments.named().isEmpty();
    if (single && form == Form.RAW && flat && !typed && isPlain(arguments.positional().get(0))) {
      return arguments.positional().get(0);
    }
    return keyOf(parts(arguments));
  }

  @Override
  public Object keyOfOne(Object argument) {
    return form == Form.RAW && flat && !typed && isPlain(argument)
        ? argument
        : key(Arguments.of(new Object[] {argument}));
  }

  private Object keyOf(List<Object> parts) {
    return switch (form) {
      case RAW -> parts.stream().allMatch(this::isPlainOrNull) ? parts : encoder.encode(parts);
      case HASH -> digest(encoder.encode(parts));
      case STRING -> KeyText.of(encoder.encode(parts));
      case SERIALIZED -> encoder.encode(parts);
    };
  }

  /** Returns whether an argument can be a key as it is. */
  private boolean isPlain(Object argument) {
    // Bytes that are an argument must not pass for those of another argument.
    return argument != null
        && !(argument instanceof KeyBytes)
        && encoder.isNatural(argument.getClass());
  }

  private boolean isPlainOrNull(Object argument) {
    return argument == null || isPlain(argument);
  }

  private List<Object> parts(Arguments arguments) {
    List<Object> parts = new ArrayList<>();
    SortedMap<String, Object> named = arguments.named();
    if (flat) {
      parts.addAll(arguments.positional());
      if (sentinel != null && !named.isEmpty()) {
        parts.add(sentinel);
      }
      named.forEach((name, argument) -> Collections.addAll(parts, name, argument));
    } else {
      parts.add(arguments.positional());
      parts.add(named);
    }
    if (typed) {
      parts.add(KeyMarker.TYPES);
      arguments.positional().forEach(argument -> parts.add(typeOf(argument)));
      named.forEach((name, argument) -> parts.add(typeOf(argument)));
    }
    return Collections.unmodifiableList(parts);
  }

  private static Object typeOf(Object argument) {
    return argument == null ? null : argument.getClass().getName();
  }

  private String digest(KeyBytes bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(bytes.asReadOnlyBuffer());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new KeyEncodingException(
          "hash keymap: expected the digest algorithm " + algorithm + " on this platform too", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StandardKeymap that
        && form == that.form
        && algorithm.equals(that.algorithm)
        && typed == that.typed
        && flat == that.flat
        && Objects.equals(sentinel, that.sentinel)
        && encoder == that.encoder;
  }

  @Override
  public int hashCode() {
    return Objects.hash(form, algorithm, typed, flat, sentinel);
  }

  /** Returns klepto's notation, such as {@code hashmap(SHA-256, typed)}. */
  @Override
  public String name() {
    List<String> options = new ArrayList<>();
    if (!algorithm.isEmpty()) {
      options.add(algorithm);
    }
    if (typed) {
      options.add("typed");
    }
    if (!flat) {
      options.add("not flat");
    }
    if (sentinel != KeyMarker.NAMED) {
      options.add("sentinel " + sentinel);
    }
    return form.kleptoName + "(" + String.join(", ", options) + ")";
  }

  @Override
  public String toString() {
    return name();
  }
}
