package io.klepto.golden.archives;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is right: a dictionary, whatever keeps it. The copy of an archive that has a name is another
 * handle to the same entries.
 */
final class RightArchive extends DictionaryParty {
  private final Map<Object, Object> entries = new TreeMap<>();
  private final boolean keeps;
  private final boolean isNamed;

  RightArchive(Counterpart counterpart) {
    this.keeps = counterpart.kind() != Kind.NULL;
    this.isNamed = counterpart.isNamed();
  }

  @Override
  long size() {
    return entries.size();
  }

  @Override
  Iterable<Object> keys() {
    return entries.keySet();
  }

  @Override
  Iterable<Object> walk() {
    return entries.keySet();
  }

  @Override
  Iterable<Object> values() {
    return entries.values();
  }

  @Override
  Map<Object, Object> entries() {
    return entries;
  }

  @Override
  Map<Object, Object> bulk() {
    return entries;
  }

  @Override
  Object get(Object key) {
    return entries.get(key);
  }

  @Override
  boolean contains(Object key) {
    return entries.containsKey(key);
  }

  @Override
  void put(Object key, Object value) {
    if (keeps) {
      entries.put(key, value);
    }
  }

  @Override
  void putAll(Map<Object, Object> more) {
    more.forEach(this::put);
  }

  @Override
  Object putIfAbsent(Object key, Object value) {
    return keeps ? entries.putIfAbsent(key, value) : null;
  }

  @Override
  boolean remove(Object key) {
    return entries.remove(key) != null;
  }

  @Override
  Object take(Object key) {
    return entries.remove(key);
  }

  @Override
  Map<Object, Object> takeAll(List<Object> keys) {
    Map<Object, Object> taken = new LinkedHashMap<>(entries);
    taken.keySet().retainAll(keys);
    entries.keySet().removeAll(keys);
    return taken;
  }

  @Override
  Map<Object, Object> takeAny() {
    Object key = required(entries.keySet().stream().findFirst().orElse(null));
    return Map.of(key, entries.remove(key));
  }

  @Override
  void clear() {
    entries.clear();
  }

  @Override
  void sync() {}

  @Override
  boolean equalsItsEntries() {
    return true;
  }

  @Override
  Map<Object, Object> newDictionary(Map<Object, Object> given) {
    return keeps ? given : Map.of();
  }

  @Override
  String copy() {
    if (!keeps) {
      throw new Raised("KeyError");
    }
    return copied(PythonValues.entries(entries), isNamed);
  }
}
