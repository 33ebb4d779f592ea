package io.klepto.jcache.expiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.RecordTimes;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;

/** From the durations of a policy to deadlines. */
final class ExpiryRulesTest {
  private static final Duration MINUTE = Duration.ONE_MINUTE;
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  @Test
  void standardPolicies_sayWhatTheStandardSays() {
    assertRules(new CreatedExpiryPolicy(MINUTE), MINUTE_NANOS, -1, -1);
    assertRules(new AccessedExpiryPolicy(MINUTE), MINUTE_NANOS, MINUTE_NANOS, -1);
    assertRules(new ModifiedExpiryPolicy(MINUTE), MINUTE_NANOS, -1, MINUTE_NANOS);
    assertRules(new TouchedExpiryPolicy(MINUTE), MINUTE_NANOS, MINUTE_NANOS, MINUTE_NANOS);
    assertRules(new EternalExpiryPolicy(), ExpiryRules.FOREVER, -1, -1);
  }

  private static void assertRules(ExpiryPolicy policy, long creation, long access, long update) {
    ExpiryRules rules = ExpiryRules.of(policy);
    assertEquals(creation, rules.forCreation());
    assertEquals(access, rules.forAccess());
    assertEquals(update, rules.forUpdate());
    assertEquals(access != ExpiryRules.UNCHANGED, rules.readsMatter());
  }

  @Test
  void isEternal_onlyIfNothingEverEnds() {
    assertTrue(ExpiryRules.of(new EternalExpiryPolicy()).isEternal());
    assertTrue(ExpiryRules.of(new TouchedExpiryPolicy(Duration.ETERNAL)).isEternal());
    assertFalse(ExpiryRules.of(new CreatedExpiryPolicy(MINUTE)).isEternal());
    assertFalse(ExpiryRules.of(new CreatedExpiryPolicy(Duration.ZERO)).isEternal());
  }

  @Test
  void deadline_beyondTheRange_isNever() {
    assertEquals(15, ExpiryRules.deadline(5, 10));
    assertEquals(ExpiryRules.FOREVER, ExpiryRules.deadline(5, ExpiryRules.FOREVER));
    assertEquals(ExpiryRules.FOREVER, ExpiryRules.deadline(5, Long.MAX_VALUE - 1));
    Duration ages = new Duration(TimeUnit.DAYS, Long.MAX_VALUE / 2);
    long nanos = ExpiryRules.of(new CreatedExpiryPolicy(ages)).forCreation();
    assertEquals(ExpiryRules.FOREVER, ExpiryRules.deadline(1, nanos));
  }

  @Test
  void timesOfARecord_giveTheDeadlineBack() {
    RecordTimes times = ExpiryRules.timesFor(1_000_000, MINUTE_NANOS);
    assertEquals(
        77 + MINUTE_NANOS - TimeUnit.SECONDS.toNanos(20),
        ExpiryRules.deadlineOf(times, 1_020_000, 77));
    RecordTimes eternal = ExpiryRules.timesFor(1_000_000, ExpiryRules.FOREVER);
    assertEquals(ExpiryRules.FOREVER, ExpiryRules.deadlineOf(eternal, 1_020_000, 77));
  }
}
