package io.klepto.memoize;

import io.klepto.archive.Archive;
import io.klepto.jcache.CacheInfo;
import io.klepto.jcache.store.Hits;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the results of one function are. Keys are those of calls, without the function's identity;
 * results are never null here. Any number of threads may call.
 */
interface MemoStore extends AutoCloseable {
  /** Returns the short way to results in memory; null if there is none. */
  Hits hitsOrNull();

  /** Returns the result of a call, or computes and keeps it, once for all threads. */
  Object getOrCompute(Object callKey, Function<Object, Object> function);

  /** Returns the result that memory has, or null. */
  Object lookup(Object callKey);

  /** Returns klepto's numbers. */
  CacheInfo info();

  /** Brings results from the archive into memory. */
  void load();

  /** Writes results of memory to the archive. */
  void dump();

  /** Empties memory, and sets the counters to zero where they are the function's own. */
  void clear();

  /** Empties memory and archive of the function's results. */
  void clearAll();

  /** Returns the archive that is attached, whole. */
  Optional<Archive<Object, Object>> archive();

  /** Attaches an archive. */
  void archive(Archive<Object, Object> archive);

  /** Returns whether an archive is attached. */
  boolean archived();

  /** Takes the archive off, or puts it on again. */
  void archived(boolean on);

  /** Removes the results of other versions, and returns how many there were. */
  long prune();

  /** Returns what is kept beside the results under a key that is no result's, or null. */
  Object note(Object key);

  /** Keeps something beside the results, if there is a place that outlives memory. */
  void keepNote(Object key, Object note);

  @Override
  void close();
}
