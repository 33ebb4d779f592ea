package io.klepto.jcache.copy;

/**
 * The shape of objects that hold others: it takes an original apart and puts its copy together from
 * copies of the parts. {@link GraphCopy} does the rest.
 *
 * <p>A copy is made in two steps wherever the class allows it, an empty shell and then its filling,
 * so that objects which refer to each other can be copied: the shell can be referred to before it
 * is full.
 */
abstract non-sealed class Composite extends Shape {
  /** In which order a copy and the copies of its parts can come to be; the earlier, the freer. */
  enum Making {
    /** Shell first; filled as often as wanted, also while some parts are still missing (null). */
    PATCHED,
    /** Shell first; filled once all parts are there, in whatever state they are. */
    FILLED,
    /**
     * Shell first; asks the parts for their hash codes or order when filled, so they must be
     * complete.
     */
    HASHED,
    /** No shell: made of its parts in one step, by code that may look into them. */
    BUILT
  }

  private final Making making;

  Composite(Making making) {
    this.making = making;
  }

  final Making making() {
    return making;
  }

  /** Returns whether parts are looked into when the copy is filled or built. */
  final boolean inspects() {
    return making.compareTo(Making.HASHED) >= 0;
  }

  /**
   * Takes an object apart, at one moment.
   *
   * @return the objects whose copies {@link #fill} needs, nulls included, in a new array; an array
   *     that belongs to the original is allowed, for it is only read
   */
  abstract Object[] parts(Object original, ClassLoader loader);

  /** Returns an empty copy, or null if this shape is {@link Making#BUILT}. */
  abstract Object shell(Object original);

  /**
   * Completes the copy.
   *
   * @param shell what {@link #shell} returned
   * @param copies the copies of the parts, in their order; this method may keep neither the array
   *     nor change it
   * @return the shell, or what was built
   * @throws Exception whatever the class's own code throws
   */
  abstract Object fill(Object original, Object shell, Object[] copies) throws Exception;

  /** Returns whether an original none of whose parts needed a copy is shared instead of copied. */
  boolean isShareable() {
    return false;
  }

  /**
   * Returns whether a copy finds its parts again, now that they are complete. Asked only within a
   * cycle of references, where a part's hash code may have changed after the copy was filled.
   */
  boolean isSettled(Object copy, Object[] copies) {
    return true;
  }
}
