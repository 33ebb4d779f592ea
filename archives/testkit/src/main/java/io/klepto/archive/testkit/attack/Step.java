package io.klepto.archive.testkit.attack;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One call to a store by the only user of its keys, and what the call does to them. Immutable. */
sealed interface Step {
  /** Returns the keys that the call may change, of those that the model knows. */
  Collection<KeyBytes> keys(Collection<KeyBytes> known);

  /** Returns what the call makes of what is under one of its keys. */
  Optional<RecordContent> effect(KeyBytes key, Optional<RecordContent> before);

  /**
   * Makes the call.
   *
   * @return the keys for which a bulk call failed
   * @throws ArchiveException if the call failed as a whole
   * @throws IllegalStateException if it says that it changed nothing, although nobody else writes
   */
  Set<KeyBytes> callOn(Store store);

  /** Writes one record. */
  record Put(KeyBytes key, RecordContent content) implements Step {
    @Override
    public Collection<KeyBytes> keys(Collection<KeyBytes> known) {
      return List.of(key);
    }

    @Override
    public Optional<RecordContent> effect(KeyBytes changed, Optional<RecordContent> before) {
      return Optional.of(content);
    }

    @Override
    public Set<KeyBytes> callOn(Store store) {
      store.put(key, content);
      return Set.of();
    }
  }

  /** Writes one record if it has the version that was just read. */
  record CompareAndSet(KeyBytes key, RecordContent content) implements Step {
    @Override
    public Collection<KeyBytes> keys(Collection<KeyBytes> known) {
      return List.of(key);
    }

    @Override
    public Optional<RecordContent> effect(KeyBytes changed, Optional<RecordContent> before) {
      return Optional.of(content);
    }

    @Override
    public Set<KeyBytes> callOn(Store store) {
      StoreRecord found = store.get(key);
      long version = found == null ? Store.ABSENT : found.version();
      if (store.compareAndSet(key, version, content).isEmpty()) {
        throw new IllegalStateException("compareAndSet of " + key + " found another version");
      }
      return Set.of();
    }
  }

  /** Changes the times of one record, if it is there. */
  record Touch(KeyBytes key, RecordTimes times) implements Step {
    @Override
    public Collection<KeyBytes> keys(Collection<KeyBytes> known) {
      return List.of(key);
    }

    @Override
    public Optional<RecordContent> effect(KeyBytes changed, Optional<RecordContent> before) {
      return before.map(content -> content.withTimes(times));
    }

    @Override
    public Set<KeyBytes> callOn(Store store) {
      StoreRecord found = store.get(key);
      if (found != null && !store.touch(key, found.version(), times)) {
        throw new IllegalStateException("touch of " + key + " found another version");
      }
      return Set.of();
    }
  }

  /** Removes one record. */
  record Remove(KeyBytes key) implements Step {
    @Override
    public Collection<KeyBytes> keys(Collection<KeyBytes> known) {
      return List.of(key);
    }

    @Override
    public Optional<RecordContent> effect(KeyBytes changed, Optional<RecordContent> before) {
      return Optional.empty();
    }

    @Override
    public Set<KeyBytes> callOn(Store store) {
      store.remove(key);
      return Set.of();
    }
  }

  /** Writes several records. */
  record PutAll(Map<KeyBytes, RecordContent> contents) implements Step {
    @Override
    public Collection<KeyBytes> keys(Collection<KeyBytes> known) {
      return contents.keySet();
    }

    @Override
    public Optional<RecordContent> effect(KeyBytes changed, Optional<RecordContent> before) {
      return Optional.of(contents.get(changed));
    }

    @Override
    public Set<KeyBytes> callOn(Store store) {
      return failedOf(store.putAll(contents), contents.keySet());
    }
  }

  /** Removes several records. */
  record RemoveAll(Set<KeyBytes> several) implements Step {
    @Override
    public Collection<KeyBytes> keys(Collection<KeyBytes> known) {
      return several;
    }

    @Override
    public Optional<RecordContent> effect(KeyBytes changed, Optional<RecordContent> before) {
      return Optional.empty();
    }

    @Override
    public Set<KeyBytes> callOn(Store store) {
      return failedOf(store.removeAll(several), several);
    }
  }

  /** Removes everything. */
  record Clear() implements Step {
    @Override
    public Collection<KeyBytes> keys(Collection<KeyBytes> known) {
      return known;
    }

    @Override
    public Optional<RecordContent> effect(KeyBytes changed, Optional<RecordContent> before) {
      return Optional.empty();
    }

    @Override
    public Set<KeyBytes> callOn(Store store) {
      store.clear();
      return Set.of();
    }
  }

  /** Changes no record. */
  enum Upkeep implements Step {
    /** Brings to the disk what was acknowledged. */
    SYNC {
      @Override
      public Set<KeyBytes> callOn(Store store) {
        store.sync();
        return Set.of();
      }
    },
    /** Gives back space. */
    COMPACT {
      @Override
      public Set<KeyBytes> callOn(Store store) {
        store.compact();
        return Set.of();
      }
    };

    @Override
    public Collection<KeyBytes> keys(Collection<KeyBytes> known) {
      return List.of();
    }

    @Override
    public Optional<RecordContent> effect(KeyBytes changed, Optional<RecordContent> before) {
      return before;
    }
  }

  /**
   * Returns the keys that failed, having checked that the outcome names each key that was asked.
   *
   * @throws ArchiveException if all of them failed
   */
  private static Set<KeyBytes> failedOf(BulkOutcome<?> outcome, Set<KeyBytes> asked) {
    for (KeyBytes key : asked) {
      if (outcome.done().containsKey(key) == outcome.failed().containsKey(key)) {
        throw new IllegalStateException("bulk call: expected one outcome for " + key);
      }
    }
    if (outcome.done().isEmpty() && !outcome.failed().isEmpty()) {
      throw outcome.failed().values().iterator().next();
    }
    return outcome.failed().keySet();
  }
}
