package io.klepto.bench.jcache;

import java.util.Arrays;
import java.util.Random;

/**
 * Numbers from 0 to below a bound, the one of rank r with a probability in proportion to
 * r<sup>-0.99</sup>. Which number has which rank is the same for all; the draws follow the seed.
 */
public final class Zipf {
  private static final double SKEW = 0.99;
  private static final long RANKS_SEED = 42;

  private final double[] upTo;
  private final int[] byRank;
  private final Random random;

  /**
   * Makes a draw.
   *
   * @param bound how many numbers, at least 1
   */
  public Zipf(int bound, long seed) {
    upTo = new double[bound];
    byRank = new int[bound];
    double sum = 0;
    for (int i = 0; i < bound; i++) {
      sum += Math.pow(i + 1, -SKEW);
      upTo[i] = sum;
      byRank[i] = i;
    }
    Random ranks = new Random(RANKS_SEED);
    for (int i = bound - 1; i > 0; i--) {
      int j = ranks.nextInt(i + 1);
      int swapped = byRank[i];
      byRank[i] = byRank[j];
      byRank[j] = swapped;
    }
    random = new Random(seed);
  }

  /** Draws a number. */
  public int next() {
    int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return byRank[Math.min(upTo.length - 1, found < 0 ? -found - 1 : found)];
  }
}
