package io.klepto.golden;

/** What RR draws in a replay, for the reference and for the cache under test alike. */
final class Draw {
  private Draw() {}

  /**
   * Returns the place of the victim among the resident keys, in the order in which they came.
   *
   * @param recorded what klepto drew, or null; where we have other entries than klepto, its draw
   *     may be missing or beyond our last
   */
  static int place(Integer recorded, int size) {
    return recorded == null ? 0 : recorded % size;
  }
}
