package io.klepto.golden.archives;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The archive under test. */
final class ReplayedArchive extends DictionaryParty implements AutoCloseable {
  private static final String NAMESPACE = "replayed";

  private final Container container;
  private Archive<Object, Object> archive;

  ReplayedArchive(Container container) {
    this.container = container;
    this.archive = container.open(NAMESPACE);
  }

  /** Closes the archive, and opens it again. */
  void reopen() {
    archive.close();
    archive = container.open(NAMESPACE);
  }

  @Override
  long size() {
    return archive.size();
  }

  @Override
  Iterable<Object> keys() {
    return archive.keys();
  }

  @Override
  Iterable<Object> walk() {
    List<Object> keys = new ArrayList<>();
    try (ArchiveCursor<Object, Object> cursor = archive.cursor()) {
      for (ArchiveEntry<Object, Object> entry = cursor.next();
          entry != null;
          entry = cursor.next()) {
        keys.add(entry.key());
      }
    }
    return keys;
  }

  @Override
  Iterable<Object> values() {
    return archive.asMap().values();
  }

  @Override
  Map<Object, Object> entries() {
    return archive.asMap();
  }

  @Override
  Map<Object, Object> bulk() {
    return archive.getAll(archive.keys());
  }

  @Override
  Object get(Object key) {
    return archive.get(key);
  }

  @Override
  boolean contains(Object key) {
    return archive.contains(key);
  }

  @Override
  void put(Object key, Object value) {
    archive.put(key, value);
  }

  @Override
  void putAll(Map<Object, Object> entries) {
    archive.putAll(entries);
  }

  @Override
  Object putIfAbsent(Object key, Object value) {
    return archive.asMap().putIfAbsent(key, value);
  }

  @Override
  boolean remove(Object key) {
    return archive.remove(key);
  }

  @Override
  Object take(Object key) {
    return archive.asMap().remove(key);
  }

  @Override
  Map<Object, Object> takeAll(List<Object> keys) {
    Set<Object> distinct = new LinkedHashSet<>(keys);
    Map<Object, Object> taken = new LinkedHashMap<>(archive.getAll(distinct));
    archive.removeAll(distinct).orThrow();
    return taken;
  }

  @Override
  Map<Object, Object> takeAny() {
    Iterator<Map.Entry<Object, Object>> entries = archive.asMap().entrySet().iterator();
    if (!entries.hasNext()) {
      throw new Raised("KeyError");
    }
    Map.Entry<Object, Object> taken = entries.next();
    entries.remove();
    return Map.of(taken.getKey(), taken.getValue());
  }

  @Override
  void clear() {
    archive.clear();
  }

  @Override
  void sync() {
    archive.sync();
  }

  @Override
  boolean equalsItsEntries() {
    return archive.asMap().equals(bulk());
  }

  @Override
  Map<Object, Object> newDictionary(Map<Object, Object> entries) {
    Archive<Object, Object> other = container.open("another");
    other.putAll(entries);
    Map<Object, Object> found = new LinkedHashMap<>(other.asMap());
    other.drop();
    return found;
  }

  @Override
  String copy() {
    boolean isNamed = container.counterpart().isNamed();
    Archive<Object, Object> copy = container.open(isNamed ? NAMESPACE : "copy");
    try {
      if (!isNamed) {
        copy.putAll(archive.asMap());
      }
      String entries = PythonValues.entries(copy.asMap());
      copy.put("copied-only", PythonNone.NONE);
      boolean isShared = archive.contains("copied-only");
      if (!copy.remove("copied-only")) {
        throw new Raised("KeyError");
      }
      return copied(entries, isShared);
    } finally {
      if (isNamed) {
        copy.close();
      } else {
        copy.drop();
      }
    }
  }

  @Override
  public void close() {
    archive.drop();
  }
}
