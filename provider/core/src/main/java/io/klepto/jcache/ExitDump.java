package io.klepto.jcache;

import io.klepto.jcache.entry.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The dump of a cache's memory as the JVM ends. Nobody may be able to wait for a key's lock then:
 * its holder may be the very thread that has called {@code System.exit}, and waits for this. So
 * keys in use come last, and after some patience their values are written as they were before that
 * use, without the lock.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class ExitDump<K, V> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long PAUSE_NANOS = 1_000_000;

  private final Tiers<K, V> tiers;
  private final Dumps<K, V> dumps;
  private final FirstFailure failure = new FirstFailure();

  ExitDump(Tiers<K, V> tiers, Dumps<K, V> dumps) {
    this.tiers = tiers;
    this.dumps = dumps;
  }

  /** Dumps every entry; throws what failed first after all were tried. */
  void run() {
    List<Node> inUse = new ArrayList<>();
    for (Iterator<Node> nodes = tiers.memory.nodes(); nodes.hasNext(); ) {
      Node node = nodes.next();
      if (!dumped(node)) {
        inUse.add(node);
      }
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!inUse.isEmpty() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
      inUse.removeIf(this::dumped);
    }
    for (Node node : inUse) {
      failure.attempt(() -> dumps.dump(node));
    }
    failure.throwIfAny();
  }

  /** Dumps an entry unless it is in use; returns whether there is nothing left to do for it. */
  private boolean dumped(Node node) {
    if (!node.tryLock()) {
      return node.isRetired();
    }
    V before = tiers.raw(node);
    try {
      failure.attempt(() -> dumps.dump(node));
    } finally {
      failure.attempt(() -> tiers.memory.release(node, before));
    }
    return true;
  }
}
