package io.klepto.memoize;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What makes the results of one function its own wherever several functions keep theirs: its name,
 * and the version of its code.
 *
 * <p>A result lies under the list of name, version and the key of its call; what is known of the
 * versions under the list of the name and a word. Both are persisted. Immutable.
 *
 * @param function the name of the function
 * @param version the digest of its code; empty if it has no version
 */
record MemoIdentity(String function, String version) {
  private static final int PARTS = 3;
  private static final String VERSIONS = "versions";

  MemoIdentity {
    requireNonNull(function, "function");
    requireNonNull(version, "version");
  }

  /** Returns the key of a result among those of all functions. */
  List<Object> key(Object callKey) {
    return List.of(function, version, callKey);
  }

  /** Returns the key under which the versions of the function are kept. */
  List<Object> versionsKey() {
    return List.of(function, VERSIONS);
  }

  /** Returns the key of the call, given the key of a result among those of all functions. */
  static Object callKey(Object key) {
    return ((List<?>) key).get(PARTS - 1);
  }

  /** Returns whether a key is that of a result of this function in this version. */
  boolean owns(Object key) {
    return ownsAnyVersion(key) && ((List<?>) key).get(1).equals(version);
  }

  /** Returns whether a key is that of a result of this function in whatever version. */
  boolean ownsAnyVersion(Object key) {
    return key instanceof List<?> parts
        && parts.size() == PARTS
        && function.equals(parts.get(0))
        && parts.get(1) instanceof String;
  }

  /** Returns whether a key is that of a result of this function in another version. */
  boolean ownsOtherVersion(Object key) {
    return ownsAnyVersion(key) && !owns(key);
  }
}
