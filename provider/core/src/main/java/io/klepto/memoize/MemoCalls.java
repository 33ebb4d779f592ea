package io.klepto.memoize;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveException;
import io.klepto.jcache.CacheInfo;
import io.klepto.jcache.store.Hits;
import io.klepto.keymap.Arguments;
import io.klepto.keymap.KeyEncodingException;
import io.klepto.keymap.code.CodeVersion;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The calls of one remembered function, whatever its arguments: key, look-up, evaluation, and what
 * else is said to it. Any number of threads may call.
 *
 * @param <R> the type of the results
 */
abstract class MemoCalls<R> implements Remembered {
  /** As many arguments as the signature says. */
  static final int BY_SIGNATURE = -1;

  final MemoKeys keys;
  private final MemoStore store;

  /** Memory in the shortest way, or null if that is not open. */
  final Hits hitsOrNull;

  private final boolean takesAnyKey;
  private final MemoParts parts;
  private final int arity;

  MemoCalls(MemoParts parts, int arity) {
    this.parts = parts;
    this.keys = parts.keys();
    this.store = parts.store();
    this.hitsOrNull = store.hitsOrNull();
    this.takesAnyKey = hitsOrNull != null && hitsOrNull.takesAnyKey();
    this.arity = arity;
  }

  /** Returns the key of a call with any number of arguments; null if it is to be bypassed. */
  final Object keyOf(Object... arguments) {
    try {
      return keys.of(arguments);
    } catch (KeyEncodingException | ArithmeticException e) {
      return bypassed(e);
    }
  }

  /** Returns the key of a call; null if it is to be bypassed. */
  final Object keyOf(Arguments call) {
    try {
      return keys.of(call);
    } catch (KeyEncodingException | ArithmeticException e) {
      return bypassed(e);
    }
  }

  /** Returns the key of a call with one argument; null if it is to be bypassed. */
  final Object keyOfOne(Object argument) {
    try {
      return keys.ofOne(argument);
    } catch (KeyEncodingException | ArithmeticException e) {
      return bypassed(e);
    }
  }

  private Object bypassed(RuntimeException e) {
    if (parts.bypassOrNull() == null) {
      throw e;
    }
    parts.bypassOrNull().count(e);
    return null;
  }

  /**
   * Returns the remembered result of a call, or evaluates it.
   *
   * @param keyOrNull the key, null if the call is not to be remembered
   */
  final R remember(Object keyOrNull, Callable<? extends R> evaluation) {
    if (keyOrNull == null) {
      try {
        return evaluation.call();
      } catch (Exception e) {
        throw MemoFailure.rethrow(e);
      }
    }
    return found(keyOrNull, evaluation);
  }

  /**
   * Returns what memory has for a key, in the shortest way; null if it has nothing, or if that way
   * is not open: then {@link #remember} is to be called.
   */
  final Object hitOrNull(Object keyOrNull) {
    return hitsOrNull != null
            && keyOrNull != null
            && (takesAnyKey || keyOrNull instanceof String || keyOrNull instanceof Number)
        ? hitsOrNull.find(keyOrNull)
        : null;
  }

  private R found(Object key, Callable<? extends R> function) {
    MemoEvaluation evaluation = new MemoEvaluation(function, parts.exceptions());
    try {
      Object found = store.getOrCompute(key, evaluation);
      evaluation.rethrowIfRemembered();
      return resultOf(found);
    } catch (MemoFailure e) {
      throw MemoFailure.rethrow(e.getCause());
    }
  }

  /** Returns the result that is kept, or throws the exception that is. */
  @SuppressWarnings("unchecked") // what is kept under the keys of the function are its results
  final R resultOf(Object found) {
    if (found instanceof MemoOutcome outcome) {
      outcome.rethrow();
      return null;
    }
    return (R) found;
  }

  @Override
  public final String name() {
    return parts.identity().function();
  }

  @Override
  public final CacheInfo info() {
    CacheInfo info = store.info();
    return parts.bypassOrNull() == null ? info : parts.bypassOrNull().addTo(info);
  }

  @Override
  public final void load() {
    store.load();
  }

  @Override
  public final void dump() {
    store.dump();
  }

  @Override
  public final void clear() {
    store.clear();
    if (parts.bypassOrNull() != null) {
      parts.bypassOrNull().reset();
    }
  }

  @Override
  public final void clearAll() {
    store.clearAll();
  }

  @Override
  public final Optional<Archive<Object, Object>> archive() {
    return store.archive();
  }

  @Override
  public final void archive(Archive<Object, Object> archive) {
    store.archive(archive);
    meetVersions();
  }

  @Override
  public final boolean archived() {
    return store.archived();
  }

  @Override
  public final void archived(boolean on) {
    store.archived(on);
  }

  @Override
  public final Object key(Object... arguments) {
    return fullKey(Arguments.of(arguments));
  }

  /** Returns the key of a call among those of all functions. */
  final Object fullKey(Arguments call) {
    return parts.identity().key(keys.of(call));
  }

  @Override
  public final R lookup(Object... arguments) {
    Object found = store.lookup(keys.of(Arguments.of(arguments)));
    Exception thrown = found instanceof MemoOutcome outcome ? outcome.exceptionOrNull() : null;
    if (found == null || thrown != null) {
      NoSuchElementException absent =
          new NoSuchElementException(
              "function %s: expected a result for %s in memory, found %s"
                  .formatted(
                      name(),
                      Arrays.asList(arguments),
                      found == null ? "none" : "an exception, which is the cause"));
      absent.initCause(thrown);
      throw absent;
    }
    return resultOf(found);
  }

  @Override
  public final boolean isValid(Object... arguments) {
    return arity == BY_SIGNATURE ? keys.all().isValid(arguments) : arguments.length == arity;
  }

  @Override
  public final Optional<CodeVersion> version() {
    return parts.versions().current();
  }

  @Override
  public final long prune() {
    if (version().isEmpty()) {
      throw new IllegalStateException(
          "function "
              + name()
              + ", prune: expected a version of its code, found none; build the memoizer with"
              + " versioned()");
    }
    long removed = store.prune();
    parts.versions().prune(store, parts.identity());
    return removed;
  }

  @Override
  public final List<String> explain() {
    return parts.versions().explain();
  }

  /** Learns of earlier versions from the archive; a safe function goes without if that fails. */
  final void meetVersions() {
    try {
      parts.versions().meet(store, parts.identity());
    } catch (ArchiveException e) {
      bypassed(e);
    }
  }

  @Override
  public final void close() {
    try {
      store.close();
    } finally {
      parts.whenClosed().run();
    }
  }

  @Override
  public final String toString() {
    return "remembered function " + name();
  }
}
