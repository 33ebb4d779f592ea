package io.klepto.memoize;

/** What stands in the archive of a {@link CacheDict} for what is no value. Names are persisted. */
enum DictMark {
  /** The value null. */
  NULL,
  /** That there is no value any more. */
  REMOVED
}
