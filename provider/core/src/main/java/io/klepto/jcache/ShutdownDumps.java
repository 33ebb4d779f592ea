package io.klepto.jcache;

import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The caches that are dumped when the JVM ends in the ordinary way: those that are open, and whose
 * mode keeps from the archive what memory or a queue has. The first of them registers one hook for
 * all; who is closed leaves.
 *
 * <p>Caches are referred to weakly, and {@link WeakShutdownHook} so refers to this class: an
 * application that is dropped without closing its caches is not kept by them. Safe for use by many
 * threads: the monitor of the set guards it.
 */
final class ShutdownDumps implements Runnable {
  private static final ShutdownDumps HOOK = new ShutdownDumps();

  private final Set<CacheLifecycle<?, ?>> open = Collections.newSetFromMap(new WeakHashMap<>());
  private boolean registered; // guarded by open

  private ShutdownDumps() {}

  /** Has a cache dumped at the end. */
  static void join(CacheLifecycle<?, ?> cache) {
    HOOK.add(cache);
  }

  /** Forgets a cache that is closed, or was never here. */
  static void leave(CacheLifecycle<?, ?> cache) {
    synchronized (HOOK.open) {
      HOOK.open.remove(cache);
    }
  }

  private void add(CacheLifecycle<?, ?> cache) {
    synchronized (open) {
      if (!registered) {
        try {
          WeakShutdownHook.register("klepto-dump-at-exit", this);
        } catch (IllegalStateException e) {
          log(cache + " is created while the JVM ends: only closing it dumps it", e);
        }
        registered = true;
      }
      open.add(cache);
    }
  }

  /** Dumps all, each whatever becomes of the others. */
  @Override
  public void run() {
    List<CacheLifecycle<?, ?>> caches;
    synchronized (open) {
      caches = List.copyOf(open);
    }
    for (CacheLifecycle<?, ?> cache : caches) {
      try {
        cache.dumpAtExit();
      } catch (RuntimeException e) {
        log(cache + " could not be dumped as the JVM ends", e);
      }
    }
  }

  private static void log(String message, RuntimeException e) {
    System.getLogger(ShutdownDumps.class.getName()).log(Level.WARNING, message, e);
  }
}
