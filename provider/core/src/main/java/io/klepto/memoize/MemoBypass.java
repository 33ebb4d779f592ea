package io.klepto.memoize;

import io.klepto.jcache.CacheInfo;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * The calls of a safe function of which no key can be made: they are evaluated and not remembered,
 * counted, and logged the first time. Source: klepto's safe caches. Any number of threads may call.
 */
final class MemoBypass {
  private final String function;
  private final LongAdder calls = new LongAdder();
  private final AtomicBoolean logged = new AtomicBoolean();

  MemoBypass(String function) {
    this.function = function;
  }

  /** Counts a call. */
  void count(RuntimeException e) {
    calls.increment();
    if (logged.compareAndSet(false, true)) {
      System.getLogger(MemoBypass.class.getName())
          .log(
              Level.WARNING,
              "function " + function + " is evaluated without being remembered; not logged again",
              e);
    }
  }

  void reset() {
    calls.reset();
  }

  /** Returns the numbers of a cache with these calls, each a bypass and a miss. */
  CacheInfo addTo(CacheInfo info) {
    long bypassed = calls.sum();
    return new CacheInfo(
        info.hits(),
        info.misses() + bypassed,
        info.loads(),
        info.maxEntries(),
        info.size(),
        info.bypasses() + bypassed);
  }
}
