package io.klepto.memoize;

import io.klepto.archive.Archive;
import io.klepto.jcache.CacheInfo;
import io.klepto.keymap.code.CodeVersion;
import java.util.List;
import java.util.Optional;

/**
 * What can be said to a remembered function beside calling it.
 *
 * <p><b>A call</b> looks in memory, then in the archive, and evaluates the function if neither has
 * its result; then the result is kept. Threads that call with the same arguments at once evaluate
 * it once. A result of null is remembered. An exception passes through as it is, checked or not,
 * and is remembered only if that was asked for. The function may call itself with other arguments,
 * as deep as the stack of the thread goes; with its own arguments, or in a circle over several
 * threads, that is an {@link IllegalStateException}. It runs without any lock held, so virtual
 * threads that wait for it give their carriers back.
 *
 * <p><b>Asynchronous calls</b> ({@code async(executor)}) give a {@link
 * java.util.concurrent.CompletableFuture} each. Of calls with the same arguments at the same time,
 * one takes a thread of the executor. There is no default executor: how many evaluations run at
 * once is the caller's choice. Cancelling a future ends the wait of those who hold it, never the
 * evaluation, which others may wait for.
 *
 * <p>Source: the methods that klepto puts on a decorated function. Any number of threads may call.
 */
public interface Remembered extends AutoCloseable {
  /** Returns the name of the function, which is part of each key. */
  String name();

  /** Returns klepto's numbers; hits, misses and loads stand still while statistics are off. */
  CacheInfo info();

  /**
   * Brings results from the archive into memory, until memory is full. Does nothing while no
   * archive is attached.
   */
  void load();

  /** Writes the results in memory to the archive that it does not have yet. */
  void dump();

  /** Empties memory and sets the counters to zero; the archive keeps its results. */
  void clear();

  /** Forgets the results in memory and in the archive, also those of other versions of the code. */
  void clearAll();

  /**
   * Returns the archive that is attached, if there is one, with the results of all functions in it;
   * {@link #key} tells under which key a result lies there.
   */
  Optional<Archive<Object, Object>> archive();

  /**
   * Attaches an archive in place of the one before. Functions can share one: their names keep their
   * results apart. It stays the caller's to close, after this function.
   *
   * @throws IllegalStateException if the memoizer was built with neither an archive nor an archive
   *     mode
   */
  void archive(Archive<Object, Object> archive);

  /** Returns whether an archive is attached. */
  boolean archived();

  /**
   * Takes the archive off and sets it aside, or puts it on again.
   *
   * @throws IllegalStateException if it is to be put on again and there is none
   */
  void archived(boolean on);

  /**
   * Returns the key under which the result of a call lies where several functions keep theirs: a
   * list of the function's name, the version of its code (empty if it has none), and what the
   * keymap makes of the arguments. Never evaluates, looks nothing up.
   *
   * @throws io.klepto.keymap.KeyEncodingException if no key can be made of an argument
   */
  Object key(Object... arguments);

  /**
   * Returns the result of a call that memory has. Never evaluates, counts as nothing, asks no
   * archive.
   *
   * @return the result, null if it is null
   * @throws java.util.NoSuchElementException if memory has none; if what is remembered is an
   *     exception, that is its cause
   */
  Object lookup(Object... arguments);

  /**
   * Returns whether the function can be called with these arguments, as far as their number says.
   */
  boolean isValid(Object... arguments);

  /** Returns the version of the function's code; empty unless the memoizer is versioned. */
  Optional<CodeVersion> version();

  /**
   * Removes the results of all other versions of the function's code, from memory and archive. A
   * program of an older version that still runs on the same archive computes them anew.
   *
   * @return how many there were
   * @throws IllegalStateException if the memoizer is not versioned
   */
  long prune();

  /**
   * Returns which methods have changed since the version of the code before this one, a line for
   * each: why results are computed again. Empty if no other version was here before, as far as the
   * archive knows, or if the memoizer is not versioned.
   */
  List<String> explain();

  /**
   * Writes what the archive does not have yet, and lets go of memory. The name is free again in its
   * memoizer.
   */
  @Override
  void close();
}
