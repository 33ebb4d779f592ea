package io.klepto.jcache.coherence;

/**
 * What the archive's stamp of a key was at some moment: whatever was read from the archive after it
 * is valid for as long as the stamp stays. Immutable.
 */
public final class Stamp {
  /** The stamp of what is in memory alone: no archive was attached. */
  public static final Stamp IN_MEMORY = new Stamp(null, 0, 0, 0);

  /** The number of a stamp that nothing can be said about: odd, so that it is never current. */
  static final long UNKNOWN = -1;

  final StampWatch watchOrNull;
  final int stripe;
  final long number;

  /** The number before the change that led to this stamp; the same number if none did. */
  private final long before;

  Stamp(StampWatch watchOrNull, int stripe, long number, long before) {
    this.watchOrNull = watchOrNull;
    this.stripe = stripe;
    this.number = number;
    this.before = before;
  }

  /**
   * Returns the stamp after a change that the caller has made, and that was acknowledged. If others
   * may have changed something at the same time, nothing is known of it; that is null if the
   * archive was attached only after this stamp was taken.
   *
   * @param written whether there was an archive to write to
   */
  public Stamp afterOwnChange(boolean written) {
    if (!written) {
      return IN_MEMORY;
    }
    if (watchOrNull == null) {
      return null;
    }
    long now = watchOrNull.numberOf(stripe);
    boolean onlyOwn = (number & 1) == 0 && now == number + 2;
    return new Stamp(watchOrNull, stripe, onlyOwn ? now : UNKNOWN, onlyOwn ? number : UNKNOWN);
  }

  /**
   * Says that memory has followed the own change that led to this stamp, so that the change is no
   * reason to doubt the neighbours of its key.
   */
  public void followed() {
    if (before != number) {
      watchOrNull.addOwn(stripe, before, number);
    }
  }
}
