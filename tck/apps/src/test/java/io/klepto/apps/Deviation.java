package io.klepto.apps;

/**
 * What a provider does that JSR-107 does not say, or not so, when it reads and writes through.
 *
 * <p>None of it harms an archive; all of it costs its user time, or news of a failure.
 */
enum Deviation {
  /** Hands each key of {@code getAll}, {@code loadAll}, {@code putAll} and so on over by itself. */
  SPLITS_BATCHES,

  /** Hands each key of {@code getAll} over by itself, but not those of {@code loadAll}. */
  SPLITS_GET_ALL,

  /**
   * Calls {@code write} and {@code delete} for each key of {@code putAll} and {@code removeAll},
   * and leaves what comes after the first failure undone.
   */
  STOPS_AT_THE_FIRST_FAILURE,

  /** {@code putAll} and {@code removeAll} return normally where the writer threw. */
  HIDES_FAILED_BATCHES,

  /** {@code putAll} throws NullPointerException for a {@code Map.of}, which holds no null. */
  REFUSES_IMMUTABLE_MAPS,

  /** {@code getAll} throws NullPointerException for a {@code Set.of}, which holds no null. */
  REFUSES_IMMUTABLE_SETS
}
