package io.klepto.jcache.through;

/**
 * Makes sure that there is room on the stack before a computation is entered in the books.
 *
 * <p>A remembered function that calls itself may exhaust the stack. If that struck while a flight
 * is being ended, nobody could ever end it, and whoever asks for its key later would wait for ever.
 * So the stack overflows here first, where there is nothing to clean up yet: the room that was seen
 * here is still there when the computation is unwound.
 *
 * <p>Costs some tenth of a microsecond, on a miss alone.
 */
public final class StackReserve {
  /** Frames, of some 50 bytes where compiled and 100 where not: 6 to 25 kilobytes. */
  private static final int FRAMES = 200;

  private StackReserve() {}

  /**
   * Does nothing, deep down.
   *
   * @throws StackOverflowError if the stack of the current thread is nearly exhausted
   */
  public static void require() {
    if (descend(FRAMES, 1, 2) == 0) {
      throw new AssertionError("a sum of positive numbers is positive");
    }
  }

  /** Adds up what no compiler foresees, so that each frame is really there. */
  private static long descend(int frames, long first, long second) {
    return frames == 0 ? first + second : first + descend(frames - 1, second, first ^ frames);
  }
}
