package io.klepto.jcache.entry;

/**
 * Makes the arrays of tables; a large one in a thread of its own, since its memory is cleared
 * first, which takes milliseconds for a few million slots, and no call should pay for that.
 *
 * <p>Safe for use by many threads.
 */
final class LargeArrays implements Growth.Allocator {
  static final LargeArrays ASIDE = new LargeArrays();

  private static final int LARGE = 1 << 19;
  private static final long STACK_BYTES = 64 << 10;

  private LargeArrays() {}

  /** An array to be made. */
  private static final class Allocation implements Runnable {
    private final int slots;
    private final Growth growth;

    Allocation(int slots, Growth growth) {
      this.slots = slots;
      this.growth = growth;
    }

    @Override
    public void run() {
      try {
        growth.begin(new Node[slots]);
      } catch (OutOfMemoryError e) {
        growth.refuse();
      }
    }

    void start() {
      Thread thread =
          new Thread(
              null, this, "klepto-table-growth", STACK_BYTES, /* inheritThreadLocals= */ false);
      thread.setContextClassLoader(null);
      thread.setDaemon(true);
      try {
        thread.start();
      } catch (OutOfMemoryError noThread) {
        run();
      }
    }
  }

  @Override
  public void allocate(int slots, Growth growth) {
    Allocation allocation = new Allocation(slots, growth);
    if (slots < LARGE) {
      allocation.run();
    } else {
      allocation.start();
    }
  }
}
