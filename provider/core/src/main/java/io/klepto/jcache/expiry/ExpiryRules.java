package io.klepto.jcache.expiry;

import io.klepto.archive.store.RecordTimes;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/**
 * How long entries live, from a JSR-107 {@link ExpiryPolicy} (section 6.5).
 *
 * <p>A duration is given in nanoseconds: {@link #FOREVER}, {@link #AT_ONCE}, or {@link #UNCHANGED}
 * where the policy returns null. The standard's own policies return the same answer each time, so
 * they are asked once, when the cache is created; any other policy is asked at each event, as the
 * standard says. What a policy throws reaches the caller.
 *
 * <p>Safe for use by many threads if the policy is.
 */
public final class ExpiryRules {
  /** The entry does not expire. */
  public static final long FOREVER = Long.MAX_VALUE;

  /** The entry is expired as soon as it is there. */
  public static final long AT_ONCE = 0;

  /** The deadline that the entry has stays. */
  public static final long UNCHANGED = -1;

  private final ExpiryPolicy policy;
  private final boolean constant;
  private final long creation;
  private final long access;
  private final long update;

  private ExpiryRules(ExpiryPolicy policy) {
    this.policy = policy;
    this.constant = isStandard(policy.getClass());
    this.creation = constant ? nanosOf(policy.getExpiryForCreation(), FOREVER) : FOREVER;
    this.access = constant ? nanosOf(policy.getExpiryForAccess(), UNCHANGED) : UNCHANGED;
    this.update = constant ? nanosOf(policy.getExpiryForUpdate(), UNCHANGED) : UNCHANGED;
  }

  /** Returns the rules of a policy. */
  public static ExpiryRules of(ExpiryPolicy policy) {
    return new ExpiryRules(policy);
  }

  /** Returns whether no entry ever expires, so that nothing about time needs to be kept. */
  public boolean isEternal() {
    return constant
        && creation == FOREVER
        && (access == FOREVER || access == UNCHANGED)
        && (update == FOREVER || update == UNCHANGED);
  }

  /** Returns whether reading an entry may change its deadline. */
  public boolean readsMatter() {
    return !constant || access != UNCHANGED;
  }

  /** Returns the duration of a new entry. */
  public long forCreation() {
    return constant ? creation : nanosOf(policy.getExpiryForCreation(), FOREVER);
  }

  /** Returns the duration from a read on, or {@link #UNCHANGED}. */
  public long forAccess() {
    return constant ? access : nanosOf(policy.getExpiryForAccess(), UNCHANGED);
  }

  /** Returns the duration from a write on, or {@link #UNCHANGED}. */
  public long forUpdate() {
    return constant ? update : nanosOf(policy.getExpiryForUpdate(), UNCHANGED);
  }

  /** Returns the deadline of a duration that starts now; {@link #FOREVER} if out of range. */
  public static long deadline(long nowNanos, long durationNanos) {
    long sum = nowNanos + durationNanos;
    return durationNanos == FOREVER || sum < 0 ? FOREVER : sum;
  }

  /** Returns the times of a record that is written now with a duration of {@link #forCreation}. */
  public static RecordTimes timesFor(long wallMillis, long durationNanos) {
    if (durationNanos == FOREVER) {
      return RecordTimes.eternal(wallMillis);
    }
    return RecordTimes.expiringAfter(wallMillis, TimeUnit.NANOSECONDS.toMillis(durationNanos));
  }

  /** Returns the deadline in memory of a record that was read at the given moment. */
  public static long deadlineOf(RecordTimes times, long wallMillis, long nowNanos) {
    long remaining = times.remainingMillis(wallMillis);
    return remaining == RecordTimes.NEVER
        ? FOREVER
        : deadline(nowNanos, TimeUnit.MILLISECONDS.toNanos(remaining));
  }

  private static boolean isStandard(Class<?> type) {
    return type == EternalExpiryPolicy.class
        || type == CreatedExpiryPolicy.class
        || type == ModifiedExpiryPolicy.class
        || type == AccessedExpiryPolicy.class
        || type == TouchedExpiryPolicy.class;
  }

  private static long nanosOf(Duration duration, long ifNull) {
    if (duration == null) {
      return ifNull;
    }
    if (duration.isEternal()) {
      return FOREVER;
    }
    return duration.getTimeUnit().toNanos(duration.getDurationAmount());
  }
}
