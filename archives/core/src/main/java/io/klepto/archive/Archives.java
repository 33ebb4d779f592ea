package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.store.EntryTypes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * Opens archives by URI: {@code dir:/some/folder}, {@code dict:name}, {@code null:/}.
 *
 * <p>The back-end of a scheme is a {@link io.klepto.archive.store.StoreProvider}, found by {@link
 * java.util.ServiceLoader} through the loader of this class and the one of the configuration; a
 * back-end is there exactly if its jar is.
 *
 * <p>When a namespace is created, its store keeps attributes, and refuses to be opened with others:
 * {@code keys}, the format of the canonical key bytes, {@code codec}, the name of the codec, and
 * with a key transform {@code keymap} and {@code rounding}, the names of both.
 *
 * <p>No state; any number of threads may call at once.
 */
public final class Archives {
  /** Names the format of {@link io.klepto.keymap.CanonicalEncoder}, whose first byte is 1. */
  private static final String KEY_FORMAT = "canonical-1";

  private Archives() {}

  /**
   * Opens an archive, creating it if missing.
   *
   * @param location the container; its scheme, compared without case, chooses the back-end
   * @param configuration types, namespace, codec, durability
   * @throws ArchiveException if no back-end on the class path or module path knows the scheme (the
   *     message lists those that there are), or if the back-end can't open the location
   * @throws IllegalArgumentException if the configuration names an unknown codec, or allows what is
   *     no class and no package
   */
  public static <K, V> Archive<K, V> open(URI location, ArchiveConfiguration<K, V> configuration) {
    requireNonNull(location, "location");
    requireNonNull(configuration, "configuration");
    RecordCodecs codecs = new RecordCodecs(configuration);
    StoreOptions options =
        new StoreOptions(
            configuration.namespace(),
            configuration.durability(),
            identity(codecs, configuration),
            new EntryTypes(configuration.keyType(), configuration.valueType()),
            configuration.settings());
    Store store =
        StoreProviders.find(location, configuration.classLoader()).open(location, options);
    return over(store, codecs, configuration);
  }

  private static Map<String, String> identity(
      RecordCodecs codecs, ArchiveConfiguration<?, ?> configuration) {
    Map<String, String> identity = new TreeMap<>();
    identity.put("keys", KEY_FORMAT);
    identity.put("codec", codecs.writer().name());
    configuration
        .keyTransform()
        .ifPresent(
            transform -> {
              identity.put("keymap", transform.keymap().name());
              identity.put("rounding", transform.rounding().name());
            });
    return identity;
  }

  /**
   * Puts typed keys and values over a store that is open already; the archive owns it then.
   *
   * <p>Namespace and durability of the configuration have no effect: the store has its own. Its
   * identity was checked, or not, by whoever opened it.
   *
   * @throws IllegalArgumentException if the configuration names an unknown codec, or allows what is
   *     no class and no package; the store is left open
   */
  public static <K, V> Archive<K, V> over(Store store, ArchiveConfiguration<K, V> configuration) {
    requireNonNull(store, "store");
    return over(store, new RecordCodecs(configuration), configuration);
  }

  private static <K, V> Archive<K, V> over(
      Store store, RecordCodecs codecs, ArchiveConfiguration<K, V> configuration) {
    EntryFormat<K, V> format =
        new EntryFormat<>(store.name(), configuration, codecs, store.capabilities());
    return new StoreArchive<>(store, format, configuration.clock());
  }
}
