package io.klepto.golden;

import java.util.List;
import java.util.Map;

/**
 * One recorded run of a function that klepto remembered.
 *
 * @param id its name in the vectors
 * @param isSafe whether it was one of klepto's safe caches
 * @param policy lru, lfu, mru, rr, inf or no
 * @param maxEntries the bound that was asked for; null for none
 * @param purge whether klepto was asked to dump all and empty memory where it would evict
 * @param start what the cache was made with
 * @param initial the entries that were there before the first operation, in order: of the archive
 *     for {@link Start#DICT}, of the cache for others
 * @param function the name of the function
 * @param failedToStart whether klepto could not make the cache
 * @param operations what was done, in order
 */
record Scenario(
    String id,
    boolean isSafe,
    String policy,
    Integer maxEntries,
    boolean purge,
    Start start,
    Map<Integer, Integer> initial,
    String function,
    boolean failedToStart,
    List<Operation> operations) {

  /** The archive that is attached at the start of {@link Start#DICT}. */
  static final String FIRST_ARCHIVE = "A";

  /** What klepto's user passed as the cache; the names are the recorded ones in capitals. */
  enum Start {
    /** Nothing: an empty cache without an archive. */
    NONE,
    /** A cache over a dictionary as archive. */
    DICT,
    /**
     * An archive without a cache: klepto then uses the archive as memory, and evicts from it, so
     * that it is a cache without an archive.
     */
    DIRECT,
    /** A dictionary, which klepto copies: a cache without an archive. */
    PLAIN
  }

  /**
   * Returns the bound that was in force, {@link Long#MAX_VALUE} for none: klepto's inf and no have
   * theirs, whatever is asked for.
   */
  long bound() {
    return switch (policy) {
      case "inf" -> Long.MAX_VALUE;
      case "no" -> 0;
      default -> maxEntries == null ? Long.MAX_VALUE : maxEntries;
    };
  }

  /** Returns how many victims a round has: klepto's LFU takes a tenth, and at least two. */
  int batch() {
    return policy.equals("lfu") && maxEntries != null ? Math.max(2, maxEntries / 10) : 1;
  }

  /** Returns whether the cache needs a place for an archive: it has one, or may get one. */
  boolean usesArchives() {
    return start == Start.DICT
        || operations.stream().map(Operation::kind).anyMatch(kind -> kind != Operation.Kind.CALL);
  }

  @Override
  public String toString() {
    return id;
  }
}
