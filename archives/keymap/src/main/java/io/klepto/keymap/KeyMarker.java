package io.klepto.keymap;

/**
 * What stands in a key for something that is no argument. Differs from every argument. The names
 * are part of persisted keys.
 */
public enum KeyMarker {
  /** Stands where an ignored argument was. */
  IGNORED,
  /** Stands between the arguments by position and those by name. */
  NAMED,
  /** Stands between the arguments and their types. */
  TYPES
}
