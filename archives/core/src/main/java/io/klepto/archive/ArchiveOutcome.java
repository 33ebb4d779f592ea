package io.klepto.archive;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What became of each key of a bulk write: it stands in exactly one of the two. Immutable; both
 * keep the order of the call.
 *
 * @param done the keys that were written or removed
 * @param failed the keys that were not, each with its reason; for them nothing changed
 * @param <K> the type of the keys
 */
public record ArchiveOutcome<K>(Set<K> done, Map<K, ArchiveException> failed) {
  /** Copies both. */
  public ArchiveOutcome {
    done = Collections.unmodifiableSet(new LinkedHashSet<>(done));
    failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
  }

  /** Throws the first failure, the others suppressed in it; does nothing if all succeeded. */
  public void orThrow() {
    Failures failures = new Failures();
    failed.values().forEach(failures::add);
    failures.throwIfAny();
  }
}
