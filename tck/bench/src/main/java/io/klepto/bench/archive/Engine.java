package io.klepto.bench.archive;

import java.util.List;
import java.util.Map;

/**
 * What all engines of the comparison can do: keep values under text keys in a container that
 * outlives the process. Any number of threads may call at once.
 */
public interface Engine extends AutoCloseable {
  /** Writes one value; acknowledged when it returns. */
  void put(String key, byte[] value);

  /** Returns the value of a key, or null. */
  byte[] get(String key);

  /** Writes many values in the engine's best way; acknowledged when it returns. */
  void putAll(Map<String, byte[]> values);

  /** Reads many values in the engine's best way. */
  Map<String, byte[]> getAll(List<String> keys);

  /** Removes all entries. */
  void clear();

  @Override
  void close();
}
