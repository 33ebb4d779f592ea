package io.klepto.jcache;

import io.klepto.archive.store.KeyHold;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.processor.ProcessedEntry;
import io.klepto.jcache.processor.ProcessorResult;
import io.klepto.jcache.through.Fetched;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;

/**
 * Runs entry processors: exactly once for each invocation, in the caller's thread, under the lock
 * of the key, so that nobody else changes the entry meanwhile. What the processor decided is
 * carried out after it has returned; if it throws, nothing is.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Processors<K, V> {
  private final Tiers<K, V> tiers;
  private final Reads<K, V> reads;
  private final Changes<K, V> changes;
  private final Class<V> valueType;

  Processors(Tiers<K, V> tiers, Reads<K, V> reads, Changes<K, V> changes, Class<V> valueType) {
    this.tiers = tiers;
    this.reads = reads;
    this.changes = changes;
    this.valueType = valueType;
  }

  <T> T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    long getStart = tiers.statistics.startGet();
    Node node = tiers.lock(tiers.keys.lookup(key));
    V before = tiers.raw(node);
    KeyHold hold = null;
    try {
      hold = tiers.hold(key);
      V present = changes.current(node, key);
      tiers.statistics.found(present != null, getStart);
      ProcessedEntry<K, V> entry =
          new ProcessedEntry<>(
              present == null ? key : shown(node, key),
              valueType,
              present != null,
              () -> tiers.give(present),
              () -> load(node, key));
      T result = process(processor, entry, arguments);
      carryOut(node, key, entry, present);
      return result;
    } finally {
      Tiers.letGo(hold);
      tiers.memory.release(node, before);
    }
  }

  /** Invokes a processor on each key; what it throws is the result of that key. */
  <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
    Map<K, EntryProcessorResult<T>> results = new HashMap<>();
    for (K key : keys) {
      try {
        T result = invoke(key, processor, arguments);
        if (result != null) {
          results.put(key, ProcessorResult.of(result));
        }
      } catch (CacheException e) {
        results.put(key, ProcessorResult.failed(e));
      }
    }
    return results;
  }

  /** Returns the key of an entry that is there, as the processor sees it. */
  private K shown(Node node, K key) {
    return tiers.keys.areTransformed() ? tiers.keys.give(node.key()) : key;
  }

  private V load(Node node, K key) {
    if (!tiers.readThrough) {
      return null;
    }
    Fetched<V> fetched = reads.fetchLocked(node, key);
    return fetched.value() == null ? null : tiers.give(fetched.value());
  }

  private static <K, V, T> T process(
      EntryProcessor<K, V, T> processor, ProcessedEntry<K, V> entry, Object... arguments) {
    try {
      return processor.process(entry, arguments);
    } catch (CacheException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new EntryProcessorException(
          "the entry processor failed for key " + entry.getKey() + ": " + e, e);
    }
  }

  private void carryOut(Node node, K key, ProcessedEntry<K, V> entry, V present) {
    switch (entry.outcome()) {
      case NOTHING -> {}
      case ACCESSED -> tiers.accessed(node);
      case LOADED -> changes.store(node, key, entry.value(), null);
      case SET -> {
        long start = tiers.statistics.startPut();
        if (changes.write(node, key, entry.value(), present)) {
          tiers.statistics.put(start);
        }
      }
      case REMOVED -> {
        long start = tiers.statistics.startRemoval();
        if (changes.delete(node, key, present)) {
          tiers.statistics.removal(start);
        }
      }
    }
  }
}
