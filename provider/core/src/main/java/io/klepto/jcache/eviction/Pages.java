package io.klepto.jcache.eviction;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * How the tables of policies grow: page by page, without copying more than one page, so that an
 * entry that comes never pays for the millions before it.
 *
 * <p>A table is an array of pages, each an array of its own. The only page of a small table is
 * shorter than the others and doubles until it is as long.
 */
final class Pages {
  /** The most entries that a policy can track: its tables hold half as many again. */
  static final int MAX_ENTRIES = 1 << 30;

  /** The places that a new table has. */
  static final int LEAST = 16;

  private static final int BITS = 14;
  private static final int LENGTH = 1 << BITS;
  private static final int MAX_PAGES = MAX_ENTRIES / LENGTH / 2 * 3;

  private Pages() {}

  /** Returns on which page a place is. */
  static int page(int place) {
    return place >>> BITS;
  }

  /** Returns where on its page a place is. */
  static int at(int place) {
    return place & (LENGTH - 1);
  }

  /** Returns how many places a table of nodes has. */
  static int capacity(BoundedNode[][] pages) {
    return pages.length == 1 ? pages[0].length : pages.length * LENGTH;
  }

  /**
   * Returns a table with more places: with a longer page, or with one more.
   *
   * @param pages arrays of any type
   * @param perPlace how many elements of a page a place has
   */
  static <P> P[] grown(P[] pages, int perPlace) {
    P last = pages[pages.length - 1];
    int length = Array.getLength(last);
    int full = LENGTH * perPlace;
    if (length < full) {
      P longer = like(last, Math.min(full, 2 * length));
      System.arraycopy(last, 0, longer, 0, length);
      pages[pages.length - 1] = longer;
      return pages;
    }
    if (pages.length == MAX_PAGES) {
      throw new IllegalStateException(
          "a table of an eviction policy is full: it holds "
              + (long) pages.length * LENGTH
              + " entries of which at most "
              + MAX_ENTRIES
              + " should be resident; let fewer entries be in use at once");
    }
    P[] more = Arrays.copyOf(pages, pages.length + 1);
    more[pages.length] = like(last, full);
    return more;
  }

  @SuppressWarnings("unchecked")
  private static <P> P like(P page, int length) {
    return (P) Array.newInstance(page.getClass().getComponentType(), length);
  }

  /** Returns whether a table can do without its last page, and half of the one before. */
  static boolean isSpare(int pages, int places) {
    return pages > 1 && places < (pages - 1) * LENGTH - LENGTH / 2;
  }

  /** Returns a table without its last page. */
  static <P> P[] shrunk(P[] pages) {
    return Arrays.copyOf(pages, pages.length - 1);
  }
}
