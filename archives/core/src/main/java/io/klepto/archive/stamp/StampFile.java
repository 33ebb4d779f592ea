package io.klepto.archive.stamp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A file of stamps, mapped into memory by all who move or read them.
 *
 * <pre>
 * offset  bytes, big-endian
 *      0      8  magic: KLPSTAMP
 *      8      4  version of the format, 1
 *     12      4  zero
 *     16      8  id: 58 random bits, then 5 bits: how many bits number a stripe, b
 *     24      8  CRC32C of the 24 bytes before
 *    256      8  stamp of all stripes at once
 *    512      8  under way: 0 nothing; n the change of stripe n - 1; -1 a change of several, or all
 *    768      8  whether the file serves: 1 when everybody who changes the store looks at it
 *   4096  8 * 2^b  stamps
 * </pre>
 *
 * <p>What {@link #at} returns is made of the stamp of the stripe, of that of all stripes, and of
 * the id, so that it differs from all that were read before when any of the three has changed. It
 * is odd if either stamp is.
 *
 * <p><b>Why a reader may trust it.</b> All who change a stripe exclude each other, by a lock of the
 * system that their store holds: a stamp has one writer at a time. Its words are read and written
 * as volatile, each as one, by instructions on the same memory, whichever process they run in. So
 * the writer's steps (odd, change, even, return) are seen in that order. A reader that sees an even
 * stamp sees, in what it reads later, all changes before it; one that finds the stamp unchanged
 * later knows that no change was begun in between that has been acknowledged by then: its stamp
 * would have been moved before, and what a process has written to mapped memory is what all
 * processes read from that moment on. The words that are written for each change lie in other cache
 * lines than those that each reader reads.
 *
 * <p><b>Writers that die</b> leave an odd stamp, and what they did under way: whoever has the lock
 * next makes it even ({@link #heal}). Being killed between any two steps of that is no different.
 *
 * <p>The file is neither truncated nor unmapped by hand: a map lives until the garbage collector
 * finds that nobody reads it any more. Its blocks are written when it is made, so that no disk that
 * is full takes a stamp away. Nothing in it outlives the processes that use it, so it is never
 * forced to the disk, and a loss of power does it no harm.
 *
 * <p>Cost: {@link #at} is two loads. Reading is safe for many threads; what moves stamps is called
 * by the one who has the lock.
 */
public final class StampFile {
  /** What {@link #at} returns, among other odd numbers, when nothing can be known. */
  public static final long UNKNOWN = -1;

  static final int FEWEST_BITS = 16;
  static final int MOST_BITS = 24;

  /** The version of the format. */
  public static final int VERSION = 1;

  static final long MAGIC = 0x4B4C5053_54414D50L;
  static final int HEADER_BYTES = 4096;

  private static final int VERSION_AT = 8;
  private static final int ID_AT = 16;
  private static final int CHECKSUM_AT = 24;
  private static final int ALL_AT = 256;
  private static final int UNDER_WAY_AT = 512;
  private static final int SERVES_AT = 768;
  private static final long SEVERAL = -1;
  private static final long BITS_MASK = 31;
  private static final long ID_MASK = Long.MAX_VALUE & ~BITS_MASK;
  private static final int ALL_SHIFT = 39;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final VarHandle WORDS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final ByteBuffer map;
  private final long id;
  private final long base;

  private StampFile(ByteBuffer map, long id) {
    this.map = map;
    this.id = id;
    this.base = id * GOLDEN & ~1L;
  }

  /** Returns the file that is mapped, or null if it is none of this version, or not whole. */
  static StampFile of(ByteBuffer map) {
    if (map.limit() < HEADER_BYTES
        || map.getLong(0) != MAGIC
        || map.getInt(VERSION_AT) != VERSION
        || map.getLong(CHECKSUM_AT) != checksumOf(map)) {
      return null;
    }
    long id = map.getLong(ID_AT);
    return map.limit() == bytesOf(bitsIn(id)) ? new StampFile(map, id) : null;
  }

  /** Returns the header of a new file. */
  static ByteBuffer header(long id) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putLong(0, MAGIC).putInt(VERSION_AT, VERSION).putLong(ID_AT, id);
    return header.putLong(CHECKSUM_AT, checksumOf(header));
  }

  private static long checksumOf(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().position(0).limit(CHECKSUM_AT));
    return crc.getValue();
  }

  /** Returns an id for so many bits. */
  static long idOf(long random, int bits) {
    return (random & ID_MASK) | bits;
  }

  /** Returns how many bits number a stripe in the file of that id. */
  public static int bitsIn(long id) {
    return (int) (id & BITS_MASK);
  }

  static int bytesOf(int bits) {
    return bits < FEWEST_BITS || bits > MOST_BITS ? -1 : HEADER_BYTES + (Long.BYTES << bits);
  }

  /** Returns the number of the file among all that there were; never 0, never negative. */
  public long id() {
    return id;
  }

  /** Returns the stripe of a key by 64 bits of its digest. */
  public int stripeOf(long digest) {
    return stripeOf(digest, bitsIn(id));
  }

  /** Returns the stripe of a key among those that some bits number, by 64 bits of its digest. */
  public static int stripeOf(long digest, int bits) {
    return (int) (digest >>> (Long.SIZE - bits));
  }

  /** Returns what {@link io.klepto.archive.store.Stamps#at} does. */
  public long at(int stripe) {
    long all = (long) WORDS.getVolatile(map, ALL_AT);
    long own = (long) WORDS.getVolatile(map, offsetOf(stripe));
    return (all & 1) == 0 ? base + own + (all << ALL_SHIFT) : UNKNOWN;
  }

  /** Returns whether the stamps of all stripes were made odd together. */
  public boolean areAllOdd() {
    return ((long) WORDS.getVolatile(map, ALL_AT) & 1) != 0;
  }

  /** Makes the stamp of a stripe odd. */
  public void begin(int stripe) {
    makeOdd(offsetOf(stripe));
  }

  /** Makes the stamp of a stripe even, if it is odd. */
  public void end(int stripe) {
    makeEven(offsetOf(stripe));
  }

  /** Makes the stamps of all stripes odd. */
  public void beginAll() {
    makeOdd(ALL_AT);
  }

  /** Makes the stamps of all stripes even that were made odd together. */
  public void endAll() {
    makeEven(ALL_AT);
  }

  /** Says before the first stamp is made odd that this one alone will be. */
  public void setUnderWay(int stripe) {
    WORDS.setVolatile(map, UNDER_WAY_AT, stripe + 1L);
  }

  /** Says before the first stamp is made odd that several will be. */
  public void setSeveralUnderWay() {
    WORDS.setVolatile(map, UNDER_WAY_AT, SEVERAL);
  }

  /** Says that all stamps are even. */
  public void setNothingUnderWay() {
    WORDS.setVolatile(map, UNDER_WAY_AT, 0L);
  }

  /**
   * Makes even what somebody left odd who said what was under way and died. Called by who has the
   * lock of the whole store; the cost is a look at one word, unless somebody died.
   */
  public void heal() {
    long underWay = (long) WORDS.getVolatile(map, UNDER_WAY_AT);
    if (underWay == 0) {
      return;
    }
    if (underWay > 0 && underWay <= 1L << bitsIn(id)) {
      end((int) (underWay - 1));
    } else {
      for (int stripe = 0; stripe < 1 << bitsIn(id); stripe++) {
        end(stripe);
      }
      endAll();
    }
    setNothingUnderWay();
  }

  /** Returns whether everybody who changes the store looks for this file. */
  public boolean serves() {
    return (long) WORDS.getVolatile(map, SERVES_AT) != 0;
  }

  /** Says that everybody who changes the store looks for this file. */
  public void serve() {
    WORDS.setVolatile(map, SERVES_AT, 1L);
  }

  private static int offsetOf(int stripe) {
    return HEADER_BYTES + stripe * Long.BYTES;
  }

  private void makeOdd(int offset) {
    long stamp = (long) WORDS.getVolatile(map, offset);
    if ((stamp & 1) == 0) {
      WORDS.setVolatile(map, offset, stamp + 1);
    }
  }

  private void makeEven(int offset) {
    long stamp = (long) WORDS.getVolatile(map, offset);
    if ((stamp & 1) != 0) {
      WORDS.setVolatile(map, offset, stamp + 1);
    }
  }
}
