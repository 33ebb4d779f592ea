package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.store.Durability;
import io.klepto.archive.store.StoreSettings;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyEncoder;
import io.klepto.keymap.KeyTransform;
import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an archive is told when it is opened. Immutable; {@link #builder} starts one.
 *
 * <p>Serialisable, so that a JCache configuration can carry it. The class loader and the clock stay
 * behind: a configuration that was read back has the defaults of both. They are no part of {@link
 * #equals} either.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class ArchiveConfiguration<K, V> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Class<K> keyType;
  private final Class<V> valueType;
  private final String namespace;
  private final String codec;
  private final Durability durability;
  private final LinkedHashSet<String> allowed;
  private final TreeMap<String, String> settings;
  private final LinkedHashMap<Class<?>, KeyEncoder<?>> keyEncoders;
  private final KeyTransform keyTransform;
  private final transient CanonicalEncoder keyEncoder;
  private final transient ClassLoader classLoader;
  private final transient InstantSource clock;

  private ArchiveConfiguration(Builder<K, V> builder) {
    this.keyType = builder.keyType;
    this.valueType = builder.valueType;
    this.namespace = builder.namespace;
    this.codec = builder.codec;
    this.durability = builder.durability;
    this.allowed = new LinkedHashSet<>(builder.allowed);
    this.settings = new TreeMap<>(builder.settings);
    this.keyEncoders = new LinkedHashMap<>(builder.keyEncoders);
    this.keyTransform = builder.keyTransform;
    this.keyEncoder = encoder(keyEncoders);
    this.classLoader = builder.classLoader;
    this.clock = builder.clock;
  }

  private static CanonicalEncoder encoder(Map<Class<?>, KeyEncoder<?>> keyEncoders) {
    if (keyEncoders.isEmpty()) {
      return CanonicalEncoder.standard();
    }
    CanonicalEncoder.Builder builder = CanonicalEncoder.builder();
    keyEncoders.forEach((type, encoder) -> register(builder, type, encoder));
    return builder.build();
  }

  @SuppressWarnings("unchecked") // the builder takes only encoders that fit their type
  private static <T> void register(
      CanonicalEncoder.Builder builder, Class<T> type, KeyEncoder<?> encoder) {
    builder.register(type, (KeyEncoder<? super T>) encoder);
  }

  /** Gives what was read back its encoder. */
  private Object readResolve() {
    Builder<K, V> builder = new Builder<>(keyType, valueType);
    builder.namespace = namespace;
    builder.codec = codec;
    builder.durability = durability;
    builder.allowed.addAll(allowed);
    builder.settings.putAll(settings);
    builder.keyEncoders.putAll(keyEncoders);
    builder.keyTransform = keyTransform;
    return builder.build();
  }

  /**
   * Starts a configuration.
   *
   * @param keyType the declared type of the keys; of a primitive type, its wrapper is taken
   * @param valueType the declared type of the values; of a primitive type, its wrapper is taken
   */
  public static <K, V> Builder<K, V> builder(Class<K> keyType, Class<V> valueType) {
    return new Builder<>(wrapped(keyType, "keyType"), wrapped(valueType, "valueType"));
  }

  @SuppressWarnings("unchecked") // int.class and Integer.class are both a Class<Integer>
  private static <T> Class<T> wrapped(Class<T> type, String name) {
    return (Class<T>) MethodType.methodType(requireNonNull(type, name)).wrap().returnType();
  }

  /** Returns the declared type of the keys. */
  public Class<K> keyType() {
    return keyType;
  }

  /** Returns the declared type of the values. */
  public Class<V> valueType() {
    return valueType;
  }

  /** Returns the part of the container that the archive owns; {@code default} unless set. */
  public String namespace() {
    return namespace;
  }

  /** Returns the name of the codec; {@code kryo} unless set. */
  public String codec() {
    return codec;
  }

  /**
   * Returns what a write must have reached; empty unless set: then the best default of the store.
   */
  public Optional<Durability> durability() {
    return Optional.ofNullable(durability);
  }

  /**
   * Returns the patterns of class names that may be decoded beside the declared types, their
   * packages and the JDK's value types: a class name, or {@code some.package.*} for a package and
   * those below it.
   */
  public Set<String> allowed() {
    return Set.copyOf(allowed);
  }

  /**
   * Returns what only the back-end of the location knows, such as {@code compression}; its messages
   * show no values that are secrets.
   */
  public StoreSettings settings() {
    return StoreSettings.of(settings);
  }

  /** Returns what turns keys into canonical bytes, with the registrations that were made. */
  public CanonicalEncoder keyEncoder() {
    return keyEncoder;
  }

  /** Returns the way from a key to the key of its record; empty unless set: they are the same. */
  public Optional<KeyTransform> keyTransform() {
    return Optional.ofNullable(keyTransform);
  }

  /**
   * Returns the loader that resolves the classes of decoded objects; unless set, the context class
   * loader of the calling thread, or if it has none, the loader of this class.
   */
  public ClassLoader classLoader() {
    if (classLoader != null) {
      return classLoader;
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : ArchiveConfiguration.class.getClassLoader();
  }

  /** Returns the clock that tells what has expired; the system's unless set. */
  public InstantSource clock() {
    return clock == null ? InstantSource.system() : clock;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArchiveConfiguration<?, ?> that
        && keyType.equals(that.keyType)
        && valueType.equals(that.valueType)
        && namespace.equals(that.namespace)
        && codec.equals(that.codec)
        && durability == that.durability
        && allowed.equals(that.allowed)
        && settings.equals(that.settings)
        && keyEncoders.equals(that.keyEncoders)
        && Objects.equals(keyTransform, that.keyTransform);
  }

  @Override
  public int hashCode() {
    return Objects.hash(keyType, valueType, namespace, codec, durability, allowed, settings);
  }

  /** Returns namespace, types and codec, for messages. */
  @Override
  public String toString() {
    return "namespace "
        + namespace
        + " from "
        + keyType.getName()
        + " to "
        + valueType.getName()
        + ", codec "
        + codec;
  }

  /**
   * Builds an {@link ArchiveConfiguration}. Not thread-safe.
   *
   * @param <K> the type of the keys
   * @param <V> the type of the values
   */
  public static final class Builder<K, V> {
    private final Class<K> keyType;
    private final Class<V> valueType;
    private String namespace = "default";
    private String codec = "kryo";
    private Durability durability;
    private final LinkedHashSet<String> allowed = new LinkedHashSet<>();
    private final TreeMap<String, String> settings = new TreeMap<>();
    private final LinkedHashMap<Class<?>, KeyEncoder<?>> keyEncoders = new LinkedHashMap<>();
    private KeyTransform keyTransform;
    private ClassLoader classLoader;
    private InstantSource clock;

    private Builder(Class<K> keyType, Class<V> valueType) {
      this.keyType = keyType;
      this.valueType = valueType;
    }

    /**
     * Sets the part of the container that the archive owns.
     *
     * @param namespace any string that is not empty
     */
    public Builder<K, V> namespace(String namespace) {
      if (requireNonNull(namespace, "namespace").isEmpty()) {
        throw new IllegalArgumentException("namespace: expected a name, found \"\"");
      }
      this.namespace = namespace;
      return this;
    }

    /**
     * Sets the codec by name: {@code kryo}, {@code java} or {@code raw}. The name is looked up when
     * the archive is opened.
     */
    public Builder<K, V> codec(String codec) {
      this.codec = requireName(codec, "codec", "a name such as kryo, java or raw");
      return this;
    }

    /** Sets what a write must have reached when its call returns. */
    public Builder<K, V> durability(Durability durability) {
      this.durability = requireNonNull(durability, "durability");
      return this;
    }

    /**
     * Sets what only the back-end of the location knows, replacing what was set under that name.
     * The back-end's provider tells its names; one that it does not know is refused when the
     * archive is opened.
     *
     * @param name for instance {@code compression}
     * @param value its text; a secret stands in no message
     */
    public Builder<K, V> setting(String name, String value) {
      requireName(name, "name", "the name of a setting");
      settings.put(name, requireNonNull(value, "value"));
      return this;
    }

    /** Allows a class by name, or with {@code some.package.*} a package and those below it. */
    public Builder<K, V> allow(String pattern) {
      this.allowed.add(requireName(pattern, "pattern", "a class name or some.package.*"));
      return this;
    }

    /**
     * Registers the rule by which keys of a type and its subtypes become canonical bytes.
     *
     * @param type a class or interface
     * @param encoder the rule; serialisable if the configuration is to be serialised
     * @throws IllegalArgumentException if the type is primitive, {@code Object}, or registered
     *     already
     * @see CanonicalEncoder.Builder#register
     */
    public <T> Builder<K, V> keyEncoder(Class<T> type, KeyEncoder<? super T> encoder) {
      CanonicalEncoder.builder().register(type, encoder);
      if (keyEncoders.putIfAbsent(type, encoder) != null) {
        throw new IllegalArgumentException(
            "keyEncoder: expected one for each type, found a second one for " + type.getName());
      }
      return this;
    }

    /**
     * Sets the way from a key to the key of its record. Keys that it makes equal share an entry,
     * which keeps the key that it was written with. The names of keymap and rounding are part of
     * the archive's identity.
     */
    public Builder<K, V> keyTransform(KeyTransform keyTransform) {
      this.keyTransform = requireNonNull(keyTransform, "keyTransform");
      return this;
    }

    /** Sets the loader that resolves the classes of decoded objects. Is not serialised. */
    public Builder<K, V> classLoader(ClassLoader classLoader) {
      this.classLoader = requireNonNull(classLoader, "classLoader");
      return this;
    }

    /** Sets the clock that tells what has expired, mostly for tests. Is not serialised. */
    public Builder<K, V> clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /** Returns the configuration; later changes to this builder do not reach it. */
    public ArchiveConfiguration<K, V> build() {
      return new ArchiveConfiguration<>(this);
    }

    private static String requireName(String value, String property, String expected) {
      if (requireNonNull(value, property).isBlank()) {
        throw new IllegalArgumentException(
            property + ": expected " + expected + ", found \"" + value + "\"");
      }
      return value;
    }
  }
}
