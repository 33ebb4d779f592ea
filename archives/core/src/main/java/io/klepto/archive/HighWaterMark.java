package io.klepto.archive;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The latest time that is known of in an archive, by all its users and for good: records are judged
 * by it where the wall clock is behind it, so that a clock set back neither revives nor prolongs
 * them.
 *
 * <p><b>Where it lives.</b> In a record of the archive's own store, under bytes that are no
 * canonical key: walks leave it out, no call by key reaches it, and {@code clear} removes it with
 * the records that it was there for. Its time of creation is the mark; as its value another tool
 * reads the same number. It only ever grows, by compare-and-set; {@link #reset} apart.
 *
 * <p><b>When it grows.</b> In memory, with each look at the clock. In the store, before a record
 * that expires is written or an expired one removed, if the one there is {@link #STEP_MILLIS} or
 * more behind, and at {@link #close} if such a record was written. So after a {@code kill -9} a
 * clock that was set back revives and prolongs by less than that, and after an orderly end by
 * nothing that this archive has seen. What others wrote is looked for whenever the clock has moved
 * by that much in either direction since the last look, so also when it is set back.
 *
 * <p>A clock that was wrong and ahead leaves a mark in the future: until the time comes, what
 * expires is over too early, and {@link #reset} helps.
 *
 * <p><b>Cost.</b> Nothing for archives without records that expire. Otherwise one small read and
 * one small write in {@link #STEP_MILLIS}.
 *
 * <p><b>Threads.</b> Any number may call. Two that write the mark at once may write it twice; the
 * greater one stays.
 */
final class HighWaterMark {
  /** By how much the mark in the store may be behind. */
  static final long STEP_MILLIS = 10_000;

  /** The key of the record: canonical bytes never begin like this. */
  private static final KeyBytes KEY =
      KeyBytes.of("klepto high-water mark of the clock".getBytes(StandardCharsets.US_ASCII));

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Store store;
  private final InstantSource clock;

  private final AtomicLong known = new AtomicLong(UNKNOWN); // the latest time; only grows
  private volatile long stored = UNKNOWN; // what the store has, at least, as far as known
  private volatile long lookedAt = UNKNOWN; // by the wall clock, when the store was last read
  private volatile boolean owed; // whether the store is to have the mark at the end
  private boolean damageTold; // a race tells it twice

  HighWaterMark(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Returns whether a record is the mark, and none of the user's. */
  static boolean isMark(StoreRecord record) {
    return record.key().equals(KEY);
  }

  /** Returns whether a record is over; reads the store at times, if the record may expire. */
  boolean isOver(RecordTimes times) {
    return times.deadlineMillis() != RecordTimes.NEVER && times.isExpiredAt(nowMillis());
  }

  /** Returns the time to judge by: that of the wall clock, or the mark if that is later. */
  long nowMillis() {
    long wall = clock.millis();
    if (isFarFrom(wall, lookedAt)) {
      look(wall);
    }
    return seen(wall);
  }

  /** Keeps the time in mind and returns the latest. */
  private long seen(long wall) {
    long latest = known.get();
    return wall <= latest ? latest : known.accumulateAndGet(wall, Math::max);
  }

  private static boolean isFarFrom(long wall, long then) {
    return then == UNKNOWN || Math.abs(wall - then) >= STEP_MILLIS;
  }

  /** Is told before a record is written. */
  void writing(RecordTimes times) {
    if (times.deadlineMillis() != RecordTimes.NEVER) {
      advance();
    }
  }

  /** Is told before a record that expires is written, or an expired one is removed. */
  void advance() {
    long now = nowMillis();
    if (!owed) {
      owed = true;
    }
    if (stored == UNKNOWN || now - stored >= STEP_MILLIS) {
      store(now);
    }
  }

  /** Is told that the store is empty, or about to be destroyed: the mark goes as well. */
  void cleared() {
    stored = UNKNOWN;
    owed = false;
  }

  /**
   * Leaves the mark as exact as it is known, if records were written for which it matters. If that
   * fails, it stays as it is: whatever the caller wrote is written.
   */
  void close() {
    if (!owed) {
      return;
    }
    owed = false;
    try {
      long now = nowMillis();
      if (now > stored) {
        store(now);
      }
    } catch (ArchiveException | IllegalStateException e) { // failed, or closed by another hand
      log(Level.INFO, "is left up to " + STEP_MILLIS + " ms behind", e);
    }
  }

  /**
   * Forgets a mark that is ahead of the wall clock, here and in the store: the wall clock is right.
   * Other users of the archive that have it open keep it in mind.
   */
  void reset() {
    long wall = clock.millis();
    if (nowMillis() <= wall) {
      return;
    }
    store.remove(KEY);
    stored = UNKNOWN;
    known.set(wall);
  }

  /** Returns how many records of the store are not the user's, 0 or 1. */
  int records() {
    try {
      return store.get(KEY) == null ? 0 : 1;
    } catch (DamagedRecordException damaged) {
      return 0; // it counts as damage, not as a record
    }
  }

  private void look(long wall) {
    try {
      StoreRecord found = store.get(KEY);
      if (found != null) {
        learn(markOf(found));
      }
    } catch (DamagedRecordException e) {
      tell(e);
    }
    lookedAt = wall;
  }

  private void learn(long mark) {
    stored = mark;
    seen(mark);
  }

  private static long markOf(StoreRecord record) {
    return record.content().times().createdMillis();
  }

  private void store(long now) {
    RecordContent content = NativeContent.of(now, RecordTimes.eternal(now));
    boolean done = false;
    while (!done) {
      StoreRecord found;
      try {
        found = store.get(KEY);
      } catch (DamagedRecordException e) {
        tell(e);
        store.put(KEY, content);
        break;
      }
      if (found != null && markOf(found) >= now) {
        learn(markOf(found));
        return;
      }
      long expected = found == null ? Store.ABSENT : found.version();
      done = store.compareAndSet(KEY, expected, content).isPresent();
    }
    stored = now;
  }

  private void tell(DamagedRecordException e) {
    if (!damageTold) {
      damageTold = true;
      log(
          Level.WARNING,
          "is damaged; until an entry that expires is written, the wall clock alone tells what is"
              + " over",
          e);
    }
  }

  private void log(Level level, String what, RuntimeException e) {
    System.getLogger(HighWaterMark.class.getName())
        .log(level, "archive " + store.name() + ": the high-water mark of its clock " + what, e);
  }
}
