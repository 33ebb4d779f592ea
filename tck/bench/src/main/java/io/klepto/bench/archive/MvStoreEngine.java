package io.klepto.bench.archive;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's MVStore, used as a map. One process at a time. */
final class MvStoreEngine implements Engine {
  private final MVStore store;
  private final MVMap<String, byte[]> map;
  private final boolean commitEach;

  /**
   * Opens the store.
   *
   * @param commitEach whether each call commits; otherwise a thread of the store does, every
   *     second, and a process that is killed loses what it had acknowledged since
   */
  MvStoreEngine(Path file, boolean commitEach) {
    this.store = new MVStore.Builder().fileName(file.toString()).open();
    this.map = store.openMap("bench");
    this.commitEach = commitEach;
  }

  @Override
  public void put(String key, byte[] value) {
    map.put(key, value);
    commit();
  }

  @Override
  public byte[] get(String key) {
    return map.get(key);
  }

  @Override
  public void putAll(Map<String, byte[]> values) {
    map.putAll(values);
    commit();
  }

  @Override
  public Map<String, byte[]> getAll(List<String> keys) {
    Map<String, byte[]> found = new HashMap<>();
    keys.forEach(key -> found.put(key, map.get(key)));
    return found;
  }

  @Override
  public void clear() {
    map.clear();
    commit();
  }

  private void commit() {
    if (commitEach) {
      store.commit();
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
