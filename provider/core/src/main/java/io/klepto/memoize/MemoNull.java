package io.klepto.memoize;

/** What stands in a cache, and in an archive, for the result null. The name is persisted. */
enum MemoNull {
  NULL
}
