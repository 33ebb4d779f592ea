package io.klepto.archive.testkit.attack;

/** What a read of one key came to, by what was acknowledged for it. */
enum Verdict {
  /** What was acknowledged, or what a call that was cut off may have made of it. */
  RIGHT,
  /** Nothing, where a record must be. */
  ABSENT,
  /** A record that was replaced or removed. */
  OLDER,
  /** A record that nobody ever wrote under the key. */
  OTHER,
  /** An {@code ArchiveException}: the archive says that it can't tell. */
  REFUSED,
  /** Any other exception or error. */
  BROKEN
}
