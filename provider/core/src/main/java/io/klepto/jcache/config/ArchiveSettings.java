package io.klepto.jcache.config;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.LocationName;
import io.klepto.archive.store.StoreSettings;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The archive that is a cache's second tier.
 *
 * @param location the container; its scheme chooses the back-end
 * @param namespaceOrNull the part of the container that the cache owns; null for the cache's name
 * @param codec the name of the codec
 * @param durabilityOrNull what a write must have reached; null for the back-end's default
 * @param settings what only the back-end of the location knows
 * @param allowed patterns of classes that may be decoded beside the declared types
 * @param dropOnDestroy whether {@code destroyCache} destroys the archive's namespace too
 */
public record ArchiveSettings(
    URI location,
    String namespaceOrNull,
    String codec,
    Durability durabilityOrNull,
    StoreSettings settings,
    List<String> allowed,
    boolean dropOnDestroy)
    implements Serializable {
  /** Checks that location and codec are there, and copies the patterns. */
  public ArchiveSettings {
    requireNonNull(location, "location");
    requireNonNull(codec, "codec");
    requireNonNull(settings, "settings");
    allowed = List.copyOf(allowed);
  }

  /** Returns the part of the container that a cache of the given name owns. */
  public String namespace(String cacheName) {
    return Optional.ofNullable(namespaceOrNull).orElse(cacheName);
  }

  /**
   * Starts what the archive of a cache is opened with.
   *
   * @param cacheName the name of the cache, for the namespace
   * @param cache gives types, clock and key transform
   * @param classLoader resolves the classes of decoded objects
   */
  public <K, V> ArchiveConfiguration.Builder<K, V> opening(
      String cacheName, KleptoConfiguration<K, V> cache, ClassLoader classLoader) {
    ArchiveConfiguration.Builder<K, V> builder =
        ArchiveConfiguration.builder(cache.getKeyType(), cache.getValueType())
            .namespace(namespace(cacheName))
            .codec(codec)
            .classLoader(classLoader);
    allowed.forEach(builder::allow);
    settings.values().forEach(builder::setting);
    if (durabilityOrNull != null) {
      builder.durability(durabilityOrNull);
    }
    cache.clock().ifPresent(builder::clock);
    cache.keyTransform().ifPresent(builder::keyTransform);
    return builder;
  }

  /** Returns what a message may show: no user, no password, no value of a setting. */
  @Override
  public String toString() {
    return "archive %s, namespace %s, codec %s, %s"
        .formatted(
            LocationName.of(location),
            Optional.ofNullable(namespaceOrNull).orElse("by the cache's name"),
            codec,
            settings);
  }
}
