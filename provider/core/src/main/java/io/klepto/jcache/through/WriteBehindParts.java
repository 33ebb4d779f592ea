package io.klepto.jcache.through;

import io.klepto.jcache.config.WriteBehind;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What writing behind needs from its cache.
 *
 * @param settings how to write
 * @param threads starts the writing thread
 * @param wallMillis the wall clock of the cache
 * @param keeping makes a key independent of the caller's object if the cache stores by value
 * @param pauses how the writing thread waits
 * @param <K> the type of the keys
 */
public record WriteBehindParts<K>(
    WriteBehind settings,
    Executor threads,
    LongSupplier wallMillis,
    UnaryOperator<K> keeping,
    Pauses pauses) {
  /** Collects the parts; the writing thread waits as it should. */
  public WriteBehindParts(
      WriteBehind settings, Executor threads, LongSupplier wallMillis, UnaryOperator<K> keeping) {
    this(settings, threads, wallMillis, keeping, Pauses.real());
  }
}
