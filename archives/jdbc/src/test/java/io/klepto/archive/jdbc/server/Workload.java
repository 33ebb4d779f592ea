package io.klepto.archive.jdbc.server;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A sequence of writes in which each step follows from its number: what a writer that was stopped
 * anywhere must have left can be told from the number of the last step that was acknowledged.
 *
 * @param writer stands in all keys, so that writers don't share any
 */
record Workload(String writer) {
  private static final int SINGLE_KEYS = 17;
  private static final int BATCH = 12;
  private static final int KINDS = 6;

  /** Does a step; returns once it is acknowledged. */
  void run(Store store, int step) {
    KeyBytes single = single(step);
    switch (step % KINDS) {
      case 0 -> store.putAll(batch(step)).orThrow();
      case 1 -> store.remove(single);
      case 2 -> replace(store, single, step);
      case 3 -> touch(store, single, step);
      case 4 -> store.removeAll(List.of(single, key("batch 0"))).orThrow();
      default -> store.put(single, content(step));
    }
  }

  private static void replace(Store store, KeyBytes key, int step) {
    StoreRecord found = store.get(key);
    long version = found == null ? Store.ABSENT : found.version();
    store.compareAndSet(key, version, content(step)).orElseThrow();
  }

  private static void touch(Store store, KeyBytes key, int step) {
    StoreRecord found = store.get(key);
    if (found != null && !store.touch(key, found.version(), times(step))) {
      throw new IllegalStateException("expected nobody else at " + key + ", found a new version");
    }
  }

  /** Applies a step to what a store should contain. */
  private void apply(Map<KeyBytes, RecordContent> state, int step) {
    KeyBytes single = single(step);
    switch (step % KINDS) {
      case 0 -> state.putAll(batch(step));
      case 1 -> state.remove(single);
      case 3 -> state.computeIfPresent(single, (key, content) -> content.withTimes(times(step)));
      case 4 -> state.keySet().removeAll(List.of(single, key("batch 0")));
      default -> state.put(single, content(step));
    }
  }

  /** Returns what a store should contain after a number of steps. */
  Map<KeyBytes, RecordContent> after(int steps) {
    Map<KeyBytes, RecordContent> state = new HashMap<>();
    for (int step = 1; step <= steps; step++) {
      apply(state, step);
    }
    return state;
  }

  /**
   * Compares a store with the steps that were done, all of them and no more.
   *
   * @return what was expected and found for each key that is wrong, by its name
   */
  Map<String, String> differences(Store store, int steps) {
    return differences(store, after(steps), after(steps));
  }

  /**
   * Compares a store with the steps that were acknowledged; the step after them may have been done,
   * in whole or, if it is a bulk call, in part.
   *
   * @return what was expected and found for each key that is wrong, by its name
   */
  Map<String, String> differencesAfterDeath(Store store, int acknowledged) {
    return differences(store, after(acknowledged), after(acknowledged + 1));
  }

  private Map<String, String> differences(
      Store store, Map<KeyBytes, RecordContent> expected, Map<KeyBytes, RecordContent> orElse) {
    Map<String, String> differences = new TreeMap<>();
    for (KeyBytes key : allKeys()) {
      StoreRecord record = store.get(key);
      RecordContent found = record == null ? null : record.content();
      if (!Objects.equals(found, expected.get(key)) && !Objects.equals(found, orElse.get(key))) {
        differences.put(
            Stores.textOf(key),
            "expected " + expected.get(key) + " or " + orElse.get(key) + ", found " + found);
      }
    }
    return differences;
  }

  private Set<KeyBytes> allKeys() {
    Set<KeyBytes> all = new HashSet<>(batch(1).keySet());
    for (int i = 0; i < SINGLE_KEYS; i++) {
      all.add(single(i));
    }
    return all;
  }

  private Map<KeyBytes, RecordContent> batch(int step) {
    Map<KeyBytes, RecordContent> batch = new HashMap<>();
    for (int i = 0; i < BATCH; i++) {
      batch.put(key("batch " + i), content(step * BATCH + i));
    }
    return batch;
  }

  private KeyBytes single(int step) {
    return key("single " + step * 5 % SINGLE_KEYS);
  }

  private KeyBytes key(String name) {
    return Stores.key(writer + "/" + name);
  }

  private static RecordContent content(int number) {
    return Stores.content(number + ":" + "x".repeat(number * 37 % 2_000)).withTimes(times(number));
  }

  private static RecordTimes times(int number) {
    return RecordTimes.expiringAfter(number, 1_000_000_000_000L);
  }
}
