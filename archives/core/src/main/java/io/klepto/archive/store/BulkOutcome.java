package io.klepto.archive.store;

import io.klepto.archive.ArchiveException;
import io.klepto.keymap.KeyBytes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What became of each key of a bulk call. A key stands in one of the two maps; in a bulk read, one
 * that stands in neither has no record.
 *
 * @param <T> what the call yields for a key
 * @param done the keys that succeeded, with what they yielded
 * @param failed the keys that did not, each with its reason; nothing changed for them
 */
public record BulkOutcome<T>(Map<KeyBytes, T> done, Map<KeyBytes, ArchiveException> failed) {
  /** Copies both maps. */
  public BulkOutcome {
    done = Map.copyOf(done);
    failed = Map.copyOf(failed);
  }

  /**
   * Makes a call for each key, one after the other, and collects what becomes of them: the bulk
   * form for a store that has no better one.
   *
   * @param call yields null for a key that has nothing to yield; an {@link ArchiveException} is its
   *     key's failure
   */
  public static <T> BulkOutcome<T> ofEach(Collection<KeyBytes> keys, Function<KeyBytes, T> call) {
    Map<KeyBytes, T> done = new HashMap<>();
    Map<KeyBytes, ArchiveException> failed = new HashMap<>();
    for (KeyBytes key : keys) {
      try {
        T result = call.apply(key);
        if (result != null) {
          done.put(key, result);
        }
      } catch (ArchiveException e) {
        failed.put(key, e);
      }
    }
    return new BulkOutcome<>(done, failed);
  }

  /** Returns what succeeded, or throws the first failure with the others suppressed. */
  public Map<KeyBytes, T> orThrow() {
    if (failed.isEmpty()) {
      return done;
    }
    ArchiveException first = null;
    for (ArchiveException failure : failed.values()) {
      if (first == null) {
        first = failure;
      } else if (failure != first) {
        first.addSuppressed(failure);
      }
    }
    throw first;
  }
}
