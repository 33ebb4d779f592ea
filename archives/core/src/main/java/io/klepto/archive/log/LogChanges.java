package io.klepto.archive.log;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The changes of one namespace as records at the end of the log. Each is one append; called with
 * the lock of the archive held, on the file that is in its place.
 */
final class LogChanges {
  private final LogEngine engine;
  private final LogErrors errors;
  private final boolean forced;
  private final int number;

  /**
   * Opens the changes of a namespace.
   *
   * @param forced whether the caller forces the file before a change is acknowledged
   * @param number the number of the namespace
   */
  LogChanges(LogEngine engine, LogErrors errors, boolean forced, int number) {
    this.engine = engine;
    this.errors = errors;
    this.forced = forced;
    this.number = number;
  }

  /** Appends a record and returns its version. */
  long append(LogFile log, KeyHash hash, RecordContent content, RecordBody body)
      throws IOException {
    namespaceIn(log);
    Append append = log.append(engine.versions(), forced);
    LogEntry entry = append.add(RecordHeader.ofPut(number, hash, content, body), body, false);
    append.commit();
    return entry.stamp();
  }

  /** A record of a bulk write. */
  record Put(KeyBytes key, RecordHeader header, RecordBody body) {}

  /** Appends records as one and returns their versions. */
  Map<KeyBytes, Long> appendAll(LogFile log, List<Put> puts) throws IOException {
    namespaceIn(log);
    for (Put put : puts) {
      put.body().requireWritable(put.key(), errors.subject());
    }
    Append append = log.append(engine.versions(), forced);
    Map<KeyBytes, Long> versions = new HashMap<>(2 * puts.size());
    int left = puts.size();
    for (Put put : puts) {
      left--;
      versions.put(put.key(), append.add(put.header(), put.body(), left > 0).stamp());
    }
    append.commit();
    return versions;
  }

  /** Appends removals as one, of what is there. */
  Map<KeyBytes, Boolean> removeFrom(LogFile log, Set<KeyBytes> keys) throws IOException {
    Namespace namespace = namespaceIn(log);
    boolean inDoubt = log.state().doubtEnd() > 0;
    Map<KeyBytes, Boolean> removed = new HashMap<>();
    Map<KeyBytes, KeyHash> there = new LinkedHashMap<>();
    for (KeyBytes key : keys) {
      KeyHash hash = KeyHash.of(key);
      boolean found = inDoubt || namespace.index().get(hash) != 0;
      removed.put(key, found);
      if (found) {
        there.put(key, hash);
      }
    }
    Append append = log.append(engine.versions(), forced);
    int left = there.size();
    for (KeyHash hash : there.values()) {
      left--;
      addRemoval(append, hash, left > 0);
    }
    append.commit();
    return removed;
  }

  /** Appends the removal of a record that is there. */
  void appendRemoval(LogFile log, KeyHash hash) throws IOException {
    Append append = log.append(engine.versions(), forced);
    addRemoval(append, hash, false);
    append.commit();
  }

  private void addRemoval(Append append, KeyHash hash, boolean more) throws IOException {
    RecordBody body = RecordBody.empty();
    append.add(RecordHeader.of(RecordType.REMOVE, number, hash, body), body, more);
  }

  /** Appends the new times of a record that is there. */
  void appendTouch(LogFile log, KeyHash hash, RecordTimes times) throws IOException {
    long position = namespaceIn(log).index().get(hash);
    RecordBody body = RecordBody.ofTouch(times, log.reader().valueOffset(position, errors));
    Append append = log.append(engine.versions(), forced);
    append.add(RecordHeader.of(RecordType.TOUCH, number, hash, body), body, false);
    append.commit();
  }

  /** Returns the version that is there, having read the record, as damage must not be judged. */
  long versionIn(LogFile log, KeyHash hash, KeyBytes key) throws IOException {
    StoreRecord record = log.read(namespaceIn(log), hash, key, errors);
    return record == null ? Store.ABSENT : record.version();
  }

  /** Appends a record that concerns the whole namespace. */
  void appendOne(LogFile log, RecordType type) throws IOException {
    Append append = log.append(engine.versions(), forced);
    RecordBody body = RecordBody.empty();
    append.add(RecordHeader.of(type, number, KeyHash.NONE, body), body, false);
    append.commit();
  }

  /** Returns the namespace, unless another user has destroyed it. */
  Namespace namespaceIn(LogFile log) {
    Namespace namespace = log.namespace(number);
    if (namespace == null || namespace.isDestroyed()) {
      throw errors.gone();
    }
    return namespace;
  }
}
