package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.hdf5.OldRecords.Old;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordContent;
import io.klepto.keymap.KeyBytes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The bulk form of a change: a batch of keys at a time, each batch under the locks of its keys and
 * in one step of the journal.
 *
 * <p>A key whose old record can't be read, or whose step the journal refuses, fails alone. Safe for
 * use by many threads: a call keeps its state on its stack, and the keys' locks order calls that
 * share keys.
 */
final class BatchChanges {
  private final HdfContext context;
  private final OldRecords olds;

  BatchChanges(HdfContext context, OldRecords olds) {
    this.context = context;
    this.olds = olds;
  }

  /**
   * What a bulk call does with one key.
   *
   * @param told what is put into the journal, null for nothing
   * @param result what the call yields for the key
   */
  record Step<T>(RecordContent told, T result) {}

  /** Makes a change of each key by what was found under it. */
  <T> BulkOutcome<T> make(Collection<KeyBytes> keys, BiFunction<KeyBytes, Old, Step<T>> change) {
    Map<KeyBytes, T> done = new HashMap<>();
    Map<KeyBytes, ArchiveException> failed = new HashMap<>();
    for (List<KeyBytes> batch : KeyLocking.batchesOf(keys)) {
      context
          .locking()
          .whileHolding(
              batch,
              () -> {
                makeBatch(batch, change, done, failed);
                return null;
              });
    }
    return new BulkOutcome<>(done, failed);
  }

  private <T> void makeBatch(
      List<KeyBytes> batch,
      BiFunction<KeyBytes, Old, Step<T>> change,
      Map<KeyBytes, T> done,
      Map<KeyBytes, ArchiveException> failed) {
    BulkOutcome<Old> found = olds.ofAll(batch);
    failed.putAll(found.failed());
    Map<KeyBytes, RecordContent> told = new HashMap<>();
    Map<KeyBytes, T> results = new HashMap<>();
    found
        .done()
        .forEach(
            (key, old) -> {
              Step<T> step = change.apply(key, old);
              if (step.told() == null) {
                done.put(key, step.result());
              } else {
                context.setAside().old(key, old);
                told.put(key, step.told());
                results.put(key, step.result());
              }
            });
    BulkOutcome<Long> written = context.journal().store().putAll(told);
    failed.putAll(written.failed());
    written.done().keySet().forEach(key -> done.put(key, results.get(key)));
  }
}
