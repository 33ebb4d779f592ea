package io.klepto.jcache.config.file;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The caches that a file configures, and what it says of all others. Thread-safe. */
final class CachesSettings {
  private final Map<String, CacheSettings> configured;
  private final Layers layers;

  CachesSettings(Map<String, CacheSettings> configured, Layers layers) {
    this.configured = Map.copyOf(configured);
    this.layers = layers;
  }

  Set<String> names() {
    return configured.keySet();
  }

  Optional<CacheSettings> configured(String name) {
    return Optional.ofNullable(configured.get(name));
  }

  /** Returns what the file says of a cache, by its name or by default. */
  synchronized CacheSettings of(String name) {
    return configured(name).orElseGet(() -> layers.read(name));
  }
}
