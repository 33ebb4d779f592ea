package io.klepto.jcache.through;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.ArchiveOutcome;
import io.klepto.archive.TimedValue;
import io.klepto.jcache.config.WriteBehind;
import io.klepto.jcache.config.WriteFailureListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Writes what is queued to the archive, batch by batch, in one thread that runs as long as there is
 * something to write. Tries again what fails, with longer and longer pauses, and gives it up after
 * that: it is left to the queue, reported to the listener, and logged the first time.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class QueueWriter<K, V> implements Runnable {
  private final WriteQueue<K, V> queue;
  private final Archive<K, V> archive;
  private final WriteBehind settings;
  private final LongSupplier wallMillis;
  private boolean logged;

  QueueWriter(
      WriteQueue<K, V> queue,
      Archive<K, V> archive,
      WriteBehind settings,
      LongSupplier wallMillis) {
    this.queue = queue;
    this.archive = archive;
    this.settings = settings;
    this.wallMillis = wallMillis;
  }

  /** Writes until there is nothing for a while. */
  @Override
  public void run() {
    List<QueuedWrite<K, V>> batch = List.of();
    try {
      for (batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
        write(batch);
      }
    } catch (Throwable e) {
      queue.refused(failed(batch, asArchiveException(e)));
      queue.writerDied();
      throw e;
    }
  }

  private void write(List<QueuedWrite<K, V>> batch) {
    List<QueuedWrite<K, V>> left = new ArrayList<>(batch);
    for (int retry = 0; ; retry++) {
      Map<QueuedWrite<K, V>, ArchiveException> failures = attempt(left);
      left.removeAll(failures.keySet());
      queue.written(left);
      failures.keySet().removeIf(queue::dropIfSuperseded);
      if (failures.isEmpty()) {
        return;
      }
      if (retry == settings.retries()) {
        report(failures); // first, so that who waits for the queue finds it reported
        queue.refused(failures);
        return;
      }
      queue.pauseBeforeRetry(retry);
      failures.keySet().removeIf(queue::dropIfSuperseded);
      left = new ArrayList<>(failures.keySet());
    }
  }

  /** Writes, and returns what failed. What is over by now is removed instead. */
  private Map<QueuedWrite<K, V>, ArchiveException> attempt(List<QueuedWrite<K, V>> writes) {
    Map<K, QueuedWrite<K, V>> puts = new LinkedHashMap<>();
    Map<K, QueuedWrite<K, V>> removals = new LinkedHashMap<>();
    List<QueuedWrite<K, V>> again = new ArrayList<>();
    long now = wallMillis.getAsLong();
    for (QueuedWrite<K, V> write : writes) {
      Map<K, QueuedWrite<K, V>> target = write.isLiveAt(now) ? puts : removals;
      if (target.putIfAbsent(write.key(), write) != null) {
        again.add(write); // equal for Java, not for the archive: in a batch of its own
      }
    }
    Map<QueuedWrite<K, V>, ArchiveException> failures = new LinkedHashMap<>();
    attempt(puts, failures, () -> archive.putAllEntries(timed(puts)));
    attempt(removals, failures, () -> archive.removeAll(removals.keySet()));
    if (!again.isEmpty()) {
      failures.putAll(attempt(again));
    }
    return failures;
  }

  private Map<K, TimedValue<V>> timed(Map<K, QueuedWrite<K, V>> puts) {
    Map<K, TimedValue<V>> entries = new LinkedHashMap<>();
    puts.forEach(
        (key, write) ->
            entries.put(key, new TimedValue<>(write.valueOrNull(), write.timesOrNull())));
    return entries;
  }

  private void attempt(
      Map<K, QueuedWrite<K, V>> writes,
      Map<QueuedWrite<K, V>, ArchiveException> failures,
      Supplier<ArchiveOutcome<K>> batch) {
    if (writes.isEmpty()) {
      return;
    }
    try {
      batch.get().failed().forEach((key, failure) -> failures.put(writes.get(key), failure));
    } catch (RuntimeException e) {
      failures.putAll(failed(writes.values(), asArchiveException(e)));
    }
  }

  private static <K, V> Map<QueuedWrite<K, V>, ArchiveException> failed(
      Collection<QueuedWrite<K, V>> writes, ArchiveException failure) {
    Map<QueuedWrite<K, V>, ArchiveException> failures = new LinkedHashMap<>();
    writes.forEach(write -> failures.put(write, failure));
    return failures;
  }

  private ArchiveException asArchiveException(Throwable e) {
    return e instanceof ArchiveException known
        ? known
        : new ArchiveException(archive.name() + ": writing failed: " + e, e);
  }

  private void report(Map<QueuedWrite<K, V>, ArchiveException> failures) {
    Logger logger = System.getLogger(QueueWriter.class.getName());
    if (!logged) {
      logged = true;
      Map.Entry<QueuedWrite<K, V>, ArchiveException> first = failures.entrySet().iterator().next();
      logger.log(
          Level.WARNING,
          "%s: %d queued writes were given up after %d retries, first the %s; they are kept, see WriteBehind; not logged again"
              .formatted(archive.name(), failures.size(), settings.retries(), first.getKey()),
          first.getValue());
    }
    settings
        .listener()
        .ifPresent(
            listener -> failures.forEach((write, failure) -> tell(listener, write, failure)));
  }

  private static void tell(
      WriteFailureListener listener, QueuedWrite<?, ?> write, ArchiveException failure) {
    try {
      listener.gaveUp(write.key(), write.valueOrNull(), failure);
    } catch (RuntimeException e) {
      System.getLogger(QueueWriter.class.getName())
          .log(Level.WARNING, "the listener for failed writes failed", e);
    }
  }
}
