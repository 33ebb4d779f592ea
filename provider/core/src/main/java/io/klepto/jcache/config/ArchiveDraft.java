package io.klepto.jcache.config;

import io.klepto.archive.store.Durability;
import io.klepto.archive.store.StoreSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a builder was told of the archive so far; no location, no archive. Not thread-safe. */
final class ArchiveDraft {
  URI location;
  String namespace;
  String codec = "kryo";
  Durability durability;
  final Map<String, String> settings = new TreeMap<>();
  final List<String> allowed = new ArrayList<>();
  boolean dropOnDestroy;

  /** Returns the settings, or null if there is no archive. */
  ArchiveSettings build() {
    return location == null
        ? null
        : new ArchiveSettings(
            location,
            namespace,
            codec,
            durability,
            StoreSettings.of(settings),
            allowed,
            dropOnDestroy);
  }

  /** Takes all settings over. */
  void become(ArchiveSettings other) {
    location = other.location();
    namespace = other.namespaceOrNull();
    codec = other.codec();
    durability = other.durabilityOrNull();
    settings.clear();
    settings.putAll(other.settings().values());
    allowed.clear();
    allowed.addAll(other.allowed());
    dropOnDestroy = other.dropOnDestroy();
  }
}
