package io.klepto.memoize;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.store.Durability;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a {@link CacheDict} or a {@link SingleValueCache} is stored, and what it may do. Each
 * method returns the builder. Not thread-safe.
 *
 * @param <B> the type of the builder
 */
public abstract sealed class DictSettings<B extends DictSettings<B>>
    permits CacheDictBuilder, SingleValueCacheBuilder {
  private static final String SUFFIX = ".klepto";

  private final String name;
  private Path directory;
  private URI location;
  private Access access = Access.ALL;
  private String codec = "kryo";
  private Durability durability;
  private ClassLoader classLoader;
  private final List<String> allowed = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();

  DictSettings(String name) {
    if (requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("name: expected a name, found \"" + name + "\"");
    }
    this.name = name;
  }

  abstract B self();

  /**
   * Sets the folder of the file; {@link CacheDirectory#standard} unless set.
   *
   * @param directory a relative path is one of the working directory
   */
  public final B directory(Path directory) {
    this.directory = requireNonNull(directory, "directory").toAbsolutePath();
    return self();
  }

  /**
   * Sets the archive in place of a file of one's own; the name is that of the namespace in it.
   *
   * @param location a URI of any back-end, such as {@code dir:/var/cache/results}
   */
  public final B archive(URI location) {
    this.location = requireNonNull(location, "location");
    return self();
  }

  /** Sets what may be done; everything unless set. */
  public final B access(Access access) {
    this.access = requireNonNull(access, "access");
    return self();
  }

  /** Sets the codec by name; {@code kryo} unless set. */
  public final B codec(String codec) {
    this.codec = requireNonNull(codec, "codec");
    return self();
  }

  /** Sets what a write must have reached when it returns. */
  public final B durability(Durability durability) {
    this.durability = requireNonNull(durability, "durability");
    return self();
  }

  /**
   * Allows a class by name, or with {@code some.package.*} a package and those below it, to be
   * stored beside the declared types, their packages and the JDK's value types.
   */
  public final B allow(String pattern) {
    allowed.add(requireNonNull(pattern, "pattern"));
    return self();
  }

  /** Sets what only the back-end of the archive knows, such as {@code compression}. */
  public final B archiveSetting(String setting, String value) {
    settings.put(requireNonNull(setting, "setting"), requireNonNull(value, "value"));
    return self();
  }

  /** Sets the loader of the classes of stored objects; the context class loader unless set. */
  public final B classLoader(ClassLoader classLoader) {
    this.classLoader = requireNonNull(classLoader, "classLoader");
    return self();
  }

  final Access access() {
    return access;
  }

  /**
   * Returns the place of the entries.
   *
   * @throws IllegalArgumentException if the name leads out of the folder
   */
  final <K, V> DictStorage<K, V> storage(Class<K> keyType, Class<V> valueType) {
    ArchiveConfiguration.Builder<K, Object> builder =
        ArchiveConfiguration.builder(keyType, Object.class)
            .codec(codec)
            .allow(DictMark.class.getName());
    allowDeclared(valueType, builder);
    allowed.forEach(builder::allow);
    settings.forEach(builder::setting);
    if (location != null) {
      builder.namespace(name);
    }
    if (durability != null) {
      builder.durability(durability);
    }
    if (classLoader != null) {
      builder.classLoader(classLoader);
    }
    return new DictStorage<>(
        location == null ? URI.create("file:" + file().toUri().getRawPath()) : location,
        builder.build(),
        valueType);
  }

  private static void allowDeclared(
      Class<?> valueType, ArchiveConfiguration.Builder<?, ?> builder) {
    Class<?> type = valueType;
    while (type.isArray()) {
      type = type.getComponentType();
    }
    if (!type.isPrimitive() && !type.getName().startsWith("java.")) {
      builder.allow(type.getName());
      if (!type.getPackageName().isEmpty()) {
        builder.allow(type.getPackageName() + ".*");
      }
    }
  }

  private Path file() {
    Path folder = (directory == null ? CacheDirectory.standard() : directory).normalize();
    Path file = folder.resolve(name + SUFFIX).normalize();
    if (!file.startsWith(folder)) {
      throw new IllegalArgumentException(
          "name: expected a file within %s, found \"%s\"; set the directory instead"
              .formatted(folder, name));
    }
    return file;
  }
}
