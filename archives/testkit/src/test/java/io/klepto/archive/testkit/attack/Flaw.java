package io.klepto.archive.testkit.attack;

import java.util.Locale;

/** What is wrong with a {@link ToyStore}. */
enum Flaw {
  /** Nothing that a process that is killed, a full disk or a loss of power brings to light. */
  NONE,
  /** Acknowledges what it keeps in memory, and writes every eighth time. */
  BUFFERS_WRITES,
  /** Says that it is durable, and forces nothing. */
  FORCES_NOTHING,
  /** Gives back what it reads, whatever that is. */
  HAS_NO_CHECKSUM,
  /** Passes over what is damaged, to what was there before. */
  PASSES_OVER_DAMAGE,
  /** Leaves what a write began when the disk was full, and writes behind it. */
  LEAVES_HALF_RECORDS,
  /** Takes a file that it may not read for one that is not there. */
  READS_DENIED_AS_EMPTY,
  /** Forgets that its thread was interrupted. */
  SWALLOWS_INTERRUPTS,
  /** Takes the clock for the version, and keeps the greater. */
  TRUSTS_THE_CLOCK,
  /** Lists what it holds, but for the last. */
  LISTS_TOO_LITTLE;

  /** Returns the scheme of the URIs of such stores. */
  String scheme() {
    return "toy-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
