package io.klepto.archive.memory;

import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VersionClock;
import io.klepto.keymap.KeyBytes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One namespace in memory, with everybody who has it open. Safe for use by many threads: the map's
 * own atomic operations are the lock of each key.
 */
final class DictRecords {
  private final Map<String, String> identity;
  private final ConcurrentHashMap<KeyBytes, StoreRecord> byKey = new ConcurrentHashMap<>();
  private final VersionClock versions = new VersionClock();
  private volatile boolean destroyed;

  DictRecords(Map<String, String> identity) {
    this.identity = identity;
  }

  Map<String, String> identity() {
    return identity;
  }

  ConcurrentHashMap<KeyBytes, StoreRecord> byKey() {
    return byKey;
  }

  VersionClock versions() {
    return versions;
  }

  boolean isDestroyed() {
    return destroyed;
  }

  void destroy() {
    destroyed = true;
    byKey.clear();
  }
}
