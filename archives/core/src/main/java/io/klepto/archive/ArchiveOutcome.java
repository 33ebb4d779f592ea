package io.klepto.archive;

import io.klepto.archive.store.Store;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What became of each key of a bulk write: it stands in exactly one of the first two. Immutable;
 * all keep the order of the call.
 *
 * @param done the keys that were written or removed
 * @param failed the keys that were not, each with its reason; for them nothing changed
 * @param versions of a write of entries with their times, the versions of those that were written;
 *     otherwise, or if the archive can't tell, empty
 * @param <K> the type of the keys
 */
public record ArchiveOutcome<K>(
    Set<K> done, Map<K, ArchiveException> failed, Map<K, Long> versions) {
  /** Copies all. */
  public ArchiveOutcome {
    done = Collections.unmodifiableSet(new LinkedHashSet<>(done));
    failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }

  /** Makes an outcome without versions. */
  public ArchiveOutcome(Set<K> done, Map<K, ArchiveException> failed) {
    this(done, failed, Map.of());
  }

  /** Returns the version that a key was written with; {@link Store#ABSENT} if it is not known. */
  public long version(K key) {
    return versions.getOrDefault(key, Store.ABSENT);
  }

  /** Throws the first failure, the others suppressed in it; does nothing if all succeeded. */
  public void orThrow() {
    Failures failures = new Failures();
    failed.values().forEach(failures::add);
    failures.throwIfAny();
  }
}
