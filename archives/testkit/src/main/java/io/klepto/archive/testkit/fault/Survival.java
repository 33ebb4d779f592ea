package io.klepto.archive.testkit.fault;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Which of the unforced changes one crash leaves, by their numbers. The same answer for the same
 * number at each call. Used by one thread.
 */
final class Survival {
  private static final int SECTOR_BYTES = 512;

  private final Loss loss;
  private final Random random;
  private final long newest;
  private final long cut;
  private final Map<Long, Boolean> drawn = new HashMap<>();

  /**
   * Draws what survives.
   *
   * @param newest the number of the newest change
   */
  Survival(Loss loss, long newest, Random random) {
    this.loss = loss;
    this.random = random;
    this.newest = newest;
    this.cut = (long) (random.nextDouble() * (newest + 1));
  }

  /** Returns whether a change of names survives. */
  boolean keeps(long number) {
    return switch (loss) {
      case NOTHING, LAST_WRITE_TORN -> true;
      case ALL -> false;
      case AFTER_A_MOMENT, AFTER_A_TORN_WRITE -> number <= cut;
      case SCATTERED -> drawn.computeIfAbsent(number, absent -> random.nextBoolean());
    };
  }

  /** Returns whether the old name of something goes, if its new name in another folder stays. */
  boolean keepsOldNameGone(long number) {
    return loss == Loss.SCATTERED ? keeps(-number) : keeps(number);
  }

  /** Returns whether a page of a mapped file survives as it is now. */
  boolean keepsMappedPage() {
    return switch (loss) {
      case NOTHING, LAST_WRITE_TORN -> true;
      case ALL -> false;
      case AFTER_A_MOMENT, AFTER_A_TORN_WRITE, SCATTERED -> random.nextBoolean();
    };
  }

  /**
   * Tells the parts of a write that survive, as offset and length within its bytes.
   *
   * @param position where in the file the write began
   */
  void keptParts(long number, long position, int length, BiConsumer<Integer, Integer> part) {
    boolean torn =
        (loss == Loss.LAST_WRITE_TORN && number == newest)
            || (loss == Loss.AFTER_A_TORN_WRITE && number == cut + 1);
    if (torn) {
      part.accept(0, random.nextInt(length + 1));
    } else if (loss == Loss.SCATTERED) {
      int from = 0;
      while (from < length) {
        int toSectorEnd = SECTOR_BYTES - (int) ((position + from) % SECTOR_BYTES);
        int sector = Math.min(toSectorEnd, length - from);
        if (random.nextBoolean()) {
          part.accept(from, sector);
        }
        from += sector;
      }
    } else if (keeps(number)) {
      part.accept(0, length);
    }
  }
}
