package io.klepto.archive.store;

/** What a write has reached when its call returns. */
public enum Durability {
  /** The memory of this process: the end of the process loses it. */
  MEMORY,
  /** The operating system: survives the end of the process by any signal, not a loss of power. */
  OS,
  /** The disk: survives a loss of power. */
  SYNC
}
