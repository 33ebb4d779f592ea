package io.klepto.golden.archives;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is right: klepto's verbs, but that removing removes in the archive too, so that no load
 * brings back what was removed.
 */
final class RightCache extends CacheParty {
  private record Attached(String type, Map<Object, Object> entries) {}

  private final Map<Object, Object> memory = new TreeMap<>();
  private Attached attached;
  private Attached aside;

  RightCache(Kind kind) {
    this.attached = kind == Kind.NULL ? null : new Attached(kind.kleptoName(), new TreeMap<>());
  }

  @Override
  Map<Object, Object> memory() {
    return memory;
  }

  @Override
  Map<Object, Object> archive() {
    return attached == null ? Map.of() : attached.entries;
  }

  @Override
  void put(Object key, Object value) {
    memory.put(key, value);
  }

  @Override
  void remove(Object key) {
    memory.remove(key);
    if (attached != null) {
      attached.entries.remove(key);
    }
  }

  @Override
  void clear() {
    memory.clear();
  }

  @Override
  void load(List<Object> keys) {
    archive()
        .forEach(
            (key, value) -> {
              if (keys.isEmpty() || keys.contains(key)) {
                memory.putIfAbsent(key, value);
              }
            });
  }

  @Override
  void dump(List<Object> keys) {
    memory.forEach(
        (key, value) -> {
          if (keys.isEmpty() || keys.contains(key)) {
            putInArchive(key, value);
          }
        });
  }

  @Override
  void sync(boolean clearArchiveFirst) {
    if (clearArchiveFirst && attached != null) {
      attached.entries.clear();
    }
    load(List.of());
    dump(List.of());
  }

  @Override
  void drop() {
    if (attached == null) {
      throw new Raised("ValueError");
    }
    attached = null;
    aside = null;
  }

  @Override
  boolean isArchived() {
    return attached != null;
  }

  @Override
  void archived(boolean on) {
    if (on && attached == null) {
      if (aside == null) {
        throw new Raised("ValueError");
      }
      attached = aside;
      aside = null;
    } else if (!on && attached != null) {
      aside = attached;
      attached = null;
    }
  }

  @Override
  void putInArchive(Object key, Object value) {
    if (attached != null) {
      attached.entries.put(key, value);
    }
  }

  @Override
  void attachDictionary() {
    attached = new Attached(Kind.DICT.kleptoName(), new TreeMap<>(NEWLY_ATTACHED));
    aside = null;
  }

  @Override
  String archiveType() {
    return attached == null ? Kind.NULL.kleptoName() : attached.type;
  }
}
