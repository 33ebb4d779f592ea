package io.klepto.golden;

import java.util.List;

/**
 * One recorded run of a function that klepto remembered, begun without an archive.
 *
 * @param id its name in the vectors
 * @param isSafe whether it was one of klepto's safe caches
 * @param policy lru, lfu, mru, rr, inf or no
 * @param maxEntries the bound that was asked for; null for none
 * @param function the name of the function
 * @param failedToStart whether klepto could not make the cache
 * @param operations what was done, in order
 */
record Scenario(
    String id,
    boolean isSafe,
    String policy,
    Integer maxEntries,
    String function,
    boolean failedToStart,
    List<Operation> operations) {

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

  /** Returns whether anything but calls is done, so that the cache needs a place for an archive. */
  boolean usesArchives() {
    return operations.stream().map(Operation::kind).anyMatch(kind -> kind != Operation.Kind.CALL);
  }

  @Override
  public String toString() {
    return id;
  }
}
