package io.klepto.jcache.eviction;

/**
 * The hits since the order of use was last brought up to date: slots of nodes, oldest hit first.
 *
 * <p>Written by hits without a lock: by one at a time, or by several at once, who may then
 * overwrite or repeat each other's records. It holds numbers, not nodes, so that it can't keep a
 * dead node alive and costs the garbage collector nothing.
 */
class HitLog extends Padding {
  private static final int LENGTH = 64;

  private final int[] slots = new int[LENGTH];
  private int count;

  private HitLog() {}

  /** Makes an empty log. */
  static HitLog of() {
    return new Padded();
  }

  /**
   * Records a hit; one of the same slot as the last is not repeated.
   *
   * @return whether the log is full: it records nothing more until it is drained
   */
  final boolean record(int slot) {
    int next = count;
    if (next >= LENGTH) {
      return true;
    }
    if (next == 0 || slots[next - 1] != slot) {
      slots[next] = slot;
      count = ++next;
    }
    return next == LENGTH;
  }

  /** Applies the hits in their order, and forgets them. */
  final void drainTo(RecencyList order) {
    int drained = count;
    for (int i = 0; i < drained; i++) {
      order.moveFirst(slots[i]);
    }
    count = 0;
  }

  /** Room behind the fields. */
  @SuppressWarnings("unused")
  private static final class Padded extends HitLog {
    private long room01;
    private long room02;
    private long room03;
    private long room04;
    private long room05;
    private long room06;
    private long room07;
    private long room08;
    private long room09;
    private long room10;
    private long room11;
    private long room12;
    private long room13;
    private long room14;
    private long room15;
  }
}
