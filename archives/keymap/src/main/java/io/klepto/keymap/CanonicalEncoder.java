package io.klepto.keymap;

import static java.util.Objects.requireNonNull;

import java.nio.BufferUnderflowException;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rule by which keys become canonical bytes: equal keys the same bytes in every JVM, run and
 * locale, different keys different bytes. Type, length and order are part of the bytes, hash codes
 * and identity are not. With an archive, canonical bytes define which keys are equal.
 *
 * <p>What has canonical bytes:
 *
 * <ul>
 *   <li>strings (any, unpaired surrogates included), boxed primitives, {@code BigInteger}, {@code
 *       BigDecimal} (the scale counts), {@code UUID}, {@code URI} (compared as its {@code equals}
 *       does), {@code Locale}, {@code Currency}, {@code Date}, {@code BitSet}, {@code Pattern}, the
 *       values of {@code java.time}, {@code OptionalInt} and its like, {@link KeyBytes}. There is
 *       one NaN, and 0.0 differs from -0.0, as {@code Double.equals} has it;
 *   <li>enum constants by declaring class and name, classes by name. Class loaders don't count;
 *   <li>{@code List}, {@code Set}, {@code Map}, {@code Map.Entry} by interface, whatever the class;
 *       {@code Optional}. A set that holds several elements of equal bytes, which their {@code
 *       equals} tells apart, counts them all. Other collections are refused;
 *   <li>arrays by content: those of primitives by type, those of objects whatever the component
 *       type, as {@code Arrays.deepEquals} has it;
 *   <li>records and other classes, with or without an {@code equals} of their own, by class name
 *       and fields with their names: private and inherited ones included, static and transient ones
 *       not. A hash that is kept in a field must be transient. Renaming a class or a field changes
 *       the bytes;
 *   <li>whatever a {@link KeyEncoder} is registered for.
 * </ul>
 *
 * <p>Refused by name: other classes of the JDK and their subclasses (threads, throwables, class
 * loaders, streams, atomics, {@code Object} itself), resources, iterators, futures, executors,
 * locks, references; lambdas, proxies and hidden classes, whose names change from run to run;
 * classes with hidden fields (inner, capturing local and anonymous ones); classes whose state is
 * transient: all of it, or fields that a {@code writeObject}, {@code writeExternal} or {@code
 * writeReplace} of their own may write, other than a number or text beside fields that are not
 * transient, which is taken for computed from those; classes in packages that are closed to
 * reflection; keys that contain themselves, nest deeper than {@value #MAX_DEPTH} levels or exceed
 * {@value #MAX_BYTES} bytes; what changes while it is encoded. Objects that are shared within a key
 * are written each time they occur.
 *
 * <p>The layout has a version, which is the first byte. A string or a number costs one array and
 * one object; other keys are linear in their size, sets and maps are sorted. Immutable and safe for
 * use by many threads.
 */
public final class CanonicalEncoder {
  /** The levels of nesting that a key may have. */
  public static final int MAX_DEPTH = 1000;

  /** The canonical bytes that a key may have: 256 MiB. */
  public static final int MAX_BYTES = 1 << 28;

  /** The longest string that is tried as ASCII without care for {@link #MAX_BYTES}. */
  private static final int SHORT_STRING = 1 << 16;

  private static final CanonicalEncoder STANDARD = builder().build();

  private final Registrations registrations;

  private CanonicalEncoder(Builder builder) {
    this.registrations = new Registrations(builder.encoders);
  }

  /** Returns the encoder without registrations; always the same object. */
  public static CanonicalEncoder standard() {
    return STANDARD;
  }

  /** Starts an encoder with registrations. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the canonical bytes of a key.
   *
   * @param key the key, not null; what is null inside it is encoded as such
   * @throws KeyEncodingException if the key or a part of it has no canonical bytes; the message
   *     names the class, the way to the part, what was expected and found, and the remedy
   */
  public KeyBytes encode(Object key) {
    requireNonNull(key, "key");
    if (!registrations.fits(key.getClass())) {
      byte[] bytes = encodeQuickly(key);
      if (bytes != null) {
        return KeyBytes.owning(bytes);
      }
    }
    return new KeyWriter(registrations, MAX_BYTES).write(key);
  }

  private static byte[] encodeQuickly(Object key) {
    if (key instanceof String string) {
      return string.length() <= SHORT_STRING ? ByteSink.keyOfAscii(string) : null;
    }
    if (key instanceof Long number) {
      return ByteSink.keyOf(number.longValue());
    }
    if (key instanceof Integer number) {
      return ByteSink.keyOf(number.intValue());
    }
    return null;
  }

  /**
   * Returns whether {@code equals} of a class agrees with canonical bytes for all its values, and
   * they never change (as long as one loader gives each class), so that an object of it may stand
   * for its bytes in a hash map: strings, boxed primitives, enums, classes, {@code BigInteger},
   * {@code BigDecimal}, {@code UUID}, {@code URI}, {@code Locale}, {@code Currency}, {@code
   * java.time}. Not so a class that a registration fits, nor any class whose parts decide, such as
   * lists and records.
   *
   * @param type the class of a key, as {@code getClass} gives it, not null
   */
  public boolean isNatural(Class<?> type) {
    if (registrations.fits(type)) {
      return false;
    }
    ScalarType<?> scalar = ScalarType.of(type);
    return scalar != null ? scalar.natural() : isNaturalByName(type);
  }

  private static boolean isNaturalByName(Class<?> type) {
    return type == String.class
        || type == Class.class
        || type.isEnum()
        || (type.getSuperclass() != null && type.getSuperclass().isEnum());
  }

  /**
   * Returns the key that has the given bytes, if it can be built without loading classes: strings,
   * boxed primitives, {@code BigInteger}, {@code BigDecimal}, {@code UUID}, {@code Currency},
   * {@code Date}, {@code java.time}, {@code OptionalInt} and its like, arrays of primitives. Its
   * class and value are those of the key that was encoded, and encoding it gives these bytes again.
   *
   * <p>Empty for keys of other types, whose bytes are not checked further, for types that a
   * registration fits, and for zones and currencies that this JVM does not know. Allocates a small
   * multiple of the length of the bytes at most, whatever they claim.
   *
   * @param bytes the bytes, not null, from any source
   * @throws KeyEncodingException if no key has these bytes
   */
  public Optional<Object> decode(KeyBytes bytes) {
    try {
      return decodeChecked(bytes);
    } catch (BufferUnderflowException e) {
      throw malformed(bytes, "they end too early", e);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw malformed(bytes, e.getMessage(), e);
    }
  }

  private Optional<Object> decodeChecked(KeyBytes bytes) {
    ByteSource in = new ByteSource(bytes);
    byte version = in.readByte();
    if (version != CanonicalFormatV1.VERSION) {
      throw new IllegalArgumentException("expected format 1, found format " + (version & 0xff));
    }
    byte tag = in.readByte();
    if (CanonicalFormatV1.isComposite(tag)) {
      return Optional.empty();
    }
    boolean string = tag == CanonicalFormatV1.STRING || tag == CanonicalFormatV1.STRING_UTF16;
    ScalarType<?> scalar = ScalarType.ofTag(tag);
    if (scalar == null && !string) {
      throw new IllegalArgumentException("expected a tag of format 1, found " + (tag & 0xff));
    }
    if (registrations.fits(string ? String.class : scalar.type())
        || (scalar != null && scalar.reader() == null)) {
      return Optional.empty();
    }
    Object key = scalar != null ? scalar.reader().apply(in) : readString(tag, in);
    if (key != null && !encode(key).equals(bytes)) {
      throw new IllegalArgumentException("the same key is written in another way");
    }
    return Optional.ofNullable(key);
  }

  private static String readString(byte tag, ByteSource in) {
    return tag == CanonicalFormatV1.STRING ? in.readUtf8() : in.readUtf16();
  }

  private static KeyEncodingException malformed(KeyBytes bytes, String found, Throwable cause) {
    return new KeyEncodingException(
        "cannot decode "
            + bytes
            + ": expected the canonical bytes of a key, found others: "
            + found
            + "; they are damaged or from elsewhere",
        cause);
  }

  /** Builds a {@link CanonicalEncoder}. Not thread-safe. */
  public static final class Builder {
    private final Map<Class<?>, KeyEncoder<?>> encoders = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Registers the rule for a type and its subtypes; where several types fit a key, the most
     * specific wins. The name of the type is part of the bytes. Takes precedence over the built-in
     * rules, also inside other keys, and makes the type unnatural.
     *
     * @param type a class or interface, not null
     * @param encoder the rule, not null, safe for use by many threads
     * @return this
     * @throws IllegalArgumentException if the type is primitive, {@code Object}, or registered
     *     already
     */
    public <T> Builder register(Class<T> type, KeyEncoder<? super T> encoder) {
      requireNonNull(type, "type");
      requireNonNull(encoder, "encoder");
      if (type.isPrimitive() || type == Object.class) {
        throw new IllegalArgumentException(
            "type is " + type.getName() + ", expected a class of keys; name the class itself");
      }
      if (encoders.putIfAbsent(type, encoder) != null) {
        throw new IllegalArgumentException(
            "type " + type.getName() + " has a KeyEncoder already; register one for each type");
      }
      return this;
    }

    /** Returns the encoder; later changes to this builder don't reach it. */
    public CanonicalEncoder build() {
      return new CanonicalEncoder(this);
    }
  }
}
