package io.klepto.golden;

import java.util.List;
import java.util.Set;

/**
 * One recorded operation: what was asked, and what klepto did.
 *
 * @param index its place in the scenario, from 0
 * @param kind what was asked
 * @param key the key, for the operations that have one
 * @param value the value, for the operations that have one
 * @param archive the name of the archive, for the operations that have one
 * @param keys the keys of a load or a dump, in the order given; empty means all
 * @param flag the argument of clear, sync and archived; null if there was none
 * @param choice the place of the victim that RR drew, among the resident keys in the order in which
 *     they came, the new key last; null if it drew none
 * @param answer what the operation returned: an Integer, a Boolean, an {@link Failed}, or null
 * @param outcome the counter that moved: h, m, l, or nothing
 * @param evaluations how often the function was evaluated
 * @param entered keys that came into memory
 * @param left keys that left memory
 * @param archiveEntered keys that came into view in the archive
 * @param archiveLeft keys that went out of view in the archive
 * @param info hits, misses, loads, bound and size, where they were recorded; null elsewhere
 */
record Operation(
    int index,
    Kind kind,
    int key,
    Integer value,
    String archive,
    Set<Integer> keys,
    Boolean flag,
    Integer choice,
    Object answer,
    String outcome,
    int evaluations,
    List<Integer> entered,
    List<Integer> left,
    List<Integer> archiveEntered,
    List<Integer> archiveLeft,
    List<Long> info) {

  /** What can be asked of a remembered function; the names are the recorded ones in capitals. */
  enum Kind {
    CALL,
    LOAD,
    DUMP,
    CLEAR,
    ARCHIVED,
    LOOKUP,
    KEY,
    ARCHIVE,
    ARCHIVE_CACHED,
    SYNC,
    DROP,
    EXT_PUT,
    CACHE_PUT,
    CACHE_DEL
  }

  /** Makes a call that was not recorded. */
  static Operation ofCall(int index, int key) {
    return new Operation(
        index, Kind.CALL, key, null, null, Set.of(), null, null, null, "", 0, List.of(), List.of(),
        List.of(), List.of(), null);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("operation ").append(index).append(": ").append(kind);
    switch (kind) {
      case CALL, LOOKUP, KEY, CACHE_DEL -> text.append(' ').append(key);
      case CACHE_PUT -> text.append(' ').append(key).append('=').append(value);
      case EXT_PUT ->
          text.append(' ').append(archive).append(' ').append(key).append('=').append(value);
      case ARCHIVE, ARCHIVE_CACHED -> text.append(' ').append(archive);
      case LOAD, DUMP -> text.append(keys.isEmpty() ? " all" : " " + keys);
      case CLEAR, SYNC, ARCHIVED -> text.append(flag == null ? "" : " " + flag);
      case DROP -> {}
    }
    return choice == null ? text.toString() : text + ", drawing " + choice;
  }
}
