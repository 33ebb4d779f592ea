package io.klepto.archive.testkit.fault;

/** How much of what was not forced a crash takes. */
public enum Loss {
  /** Nothing: a process was killed, and the operating system lived on. */
  NOTHING,
  /** Nothing but the rest of the last write: a process was killed inside it. */
  LAST_WRITE_TORN,
  /** All of it: the power went. */
  ALL,
  /** All after some moment; what came before had reached the disk in order. */
  AFTER_A_MOMENT,
  /** All after some moment, at which a write had got as far as some byte. */
  AFTER_A_TORN_WRITE,
  /** Any of it: each name and each sector of 512 bytes had reached the disk, or not. */
  SCATTERED;

  /** Returns whether this happens when a process ends, without a loss of power. */
  public boolean isOfProcess() {
    return this == NOTHING || this == LAST_WRITE_TORN;
  }
}
