package io.klepto.jcache.expiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.Crew;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.Listeners;
import io.klepto.jcache.TestCaches;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When entries end, on a clock that the test moves. Entries live for ten seconds. */
final class ExpiryTest {
  private static final Duration TEN_SECONDS = new Duration(TimeUnit.SECONDS, 10);

  private final TestCaches caches = new TestCaches();
  private final ManualClock clock = new ManualClock();
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private KleptoCache<String, Integer> cache;

  @AfterEach
  void close() {
    caches.close();
  }

  private KleptoConfigurationBuilder<String, Integer> expiring(
      Factory<? extends ExpiryPolicy> policy) {
    return TestCaches.numbers()
        .clock(clock)
        .expiry(policy)
        .listener(
            Listeners.synchronous(
                (type, event) -> events.add(type + " " + event.getKey() + event.getOldValue())));
  }

  private void create(Factory<? extends ExpiryPolicy> policy) {
    cache = caches.create(expiring(policy));
  }

  /** A policy that a test makes up; null durations leave the deadline as it is. */
  private record Custom(Duration creation, Duration access, Duration update)
      implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return creation;
    }

    @Override
    public Duration getExpiryForAccess() {
      return access;
    }

    @Override
    public Duration getExpiryForUpdate() {
      return update;
    }
  }

  /**
   * Creates an entry, does something after six seconds, and returns whether the entry is there at
   * twelve.
   */
  private boolean outlives(Consumer<Cache<String, Integer>> use) {
    cache.remove("k");
    cache.put("k", 1);
    clock.advance(6);
    use.accept(cache);
    clock.advance(6);
    return cache.containsKey("k");
  }

  private static Integer read(Cache<String, Integer> cache) {
    return cache.invoke("k", (entry, arguments) -> entry.getValue());
  }

  @Test
  void created_endsWhateverIsDone() {
    create(CreatedExpiryPolicy.factoryOf(TEN_SECONDS));
    assertFalse(outlives(c -> c.get("k")));
    assertFalse(outlives(c -> c.replace("k", 2)));
    assertFalse(outlives(c -> c.put("k", 2)), "an update is no creation");
    assertTrue(
        outlives(
            c -> {
              c.remove("k");
              c.put("k", 2);
            }));
  }

  @Test
  void accessed_isProlongedByReadsAlone() {
    create(AccessedExpiryPolicy.factoryOf(TEN_SECONDS));
    assertTrue(outlives(c -> c.get("k")));
    assertTrue(outlives(c -> c.getAll(Set.of("k"))));
    assertTrue(outlives(ExpiryTest::read));
    assertTrue(outlives(c -> c.iterator().next()));
    assertTrue(outlives(c -> c.replace("k", 99, 2)), "a comparison that fails is a read");
    assertFalse(outlives(c -> c.containsKey("k")));
    assertFalse(outlives(c -> c.replace("k", 2)));
    assertFalse(outlives(c -> cache.lookup("k")));
  }

  @Test
  void modified_isProlongedByWritesAlone() {
    create(ModifiedExpiryPolicy.factoryOf(TEN_SECONDS));
    assertTrue(outlives(c -> c.put("k", 2)));
    assertTrue(outlives(c -> c.putAll(Map.of("k", 2))));
    assertTrue(outlives(c -> c.replace("k", 2)));
    assertFalse(outlives(c -> c.get("k")));
    assertFalse(outlives(ExpiryTest::read));
    assertFalse(outlives(c -> c.putIfAbsent("k", 2)));
  }

  @Test
  void touched_isProlongedByBoth() {
    create(TouchedExpiryPolicy.factoryOf(TEN_SECONDS));
    assertTrue(outlives(c -> c.put("k", 2)));
    assertTrue(outlives(c -> c.get("k")));
    assertFalse(outlives(c -> c.containsKey("k")));
  }

  @Test
  void eternal_neverEnds() {
    create(EternalExpiryPolicy.factoryOf());
    cache.put("k", 1);
    clock.advance(TimeUnit.DAYS.toSeconds(100_000));
    assertEquals(1, cache.get("k"));
  }

  @Test
  void nullForUpdate_keepsTheDeadline() {
    create(() -> new Custom(TEN_SECONDS, null, null));
    assertFalse(outlives(c -> c.put("k", 2)));
    assertFalse(outlives(c -> c.putAll(Map.of("k", 2))));
    assertFalse(outlives(c -> c.invoke("k", (entry, arguments) -> setTo(entry, 2))));
    cache.put("k", 1);
    cache.put("k", 2);
    clock.advance(9);
    assertEquals(2, cache.get("k"));
  }

  private static Integer setTo(MutableEntry<String, Integer> entry, int value) {
    entry.setValue(value);
    return value;
  }

  @Test
  void accessThatShortens_endsTheEntryEarlier() {
    create(() -> new Custom(Duration.ETERNAL, TEN_SECONDS, null));
    cache.put("k", 1);
    clock.advance(1_000);
    assertEquals(1, cache.get("k"));
    clock.advance(10);
    assertNull(cache.get("k"));
  }

  @Test
  void zeroForAccess_letsTheReadBeTheLast() {
    create(() -> new Custom(TEN_SECONDS, Duration.ZERO, null));
    cache.put("k", 1);
    assertEquals(1, cache.get("k"));
    assertNull(cache.get("k"));
  }

  @Test
  void zeroForCreation_storesNothingAndAnnouncesNothing() {
    create(() -> new Custom(Duration.ZERO, null, null));
    cache.put("k", 1);
    cache.putAll(Map.of("k", 1, "j", 2));
    cache.invoke("k", (entry, arguments) -> setTo(entry, 2));
    assertFalse(cache.putIfAbsent("k", 1));
    assertFalse(cache.containsKey("k"));
    assertEquals(0, cache.info().size());
    assertEquals(List.of(), events);
  }

  @Test
  void zeroForUpdate_endsWhatIsThere() {
    create(() -> new Custom(TEN_SECONDS, null, Duration.ZERO));
    cache.put("k", 1);
    cache.put("j", 1);
    cache.put("k", 2);
    cache.putAll(Map.of("j", 2));
    assertNull(cache.get("k"));
    assertNull(cache.get("j"));
    assertEquals(0, cache.info().size());
    assertEquals(List.of("CREATED knull", "CREATED jnull", "EXPIRED k1", "EXPIRED j1"), events);
  }

  @Test
  void atItsDeadline_theEntryIsGone_aMomentBeforeItIsNot() {
    create(CreatedExpiryPolicy.factoryOf(TEN_SECONDS));
    cache.put("k", 1);
    clock.advance(9);
    assertTrue(cache.containsKey("k"));
    clock.advance(1);
    assertFalse(cache.containsKey("k"));
  }

  @Test
  void expired_isNotSeenByAnyOperation() {
    create(CreatedExpiryPolicy.factoryOf(TEN_SECONDS));
    List<Consumer<Cache<String, Integer>>> looks =
        List.of(
            c -> assertNull(c.get("k")),
            c -> assertEquals(Map.of(), c.getAll(Set.of("k"))),
            c -> assertFalse(c.containsKey("k")),
            c -> assertFalse(c.iterator().hasNext()),
            c -> assertFalse(c.<Boolean>invoke("k", (entry, arguments) -> entry.exists())),
            c -> assertNull(read(c)),
            c -> assertFalse(c.remove("k")),
            c -> assertFalse(c.remove("k", 1)),
            c -> assertNull(c.getAndRemove("k")),
            c -> assertFalse(c.replace("k", 2)),
            c -> assertFalse(c.replace("k", 1, 2)),
            c -> assertNull(c.getAndReplace("k", 2)),
            c -> assertNull(c.getAndPut("k", 2)),
            c -> assertNull(cache.lookup("k")));
    for (Consumer<Cache<String, Integer>> look : looks) {
      cache.put("k", 1);
      clock.advance(10);
      look.accept(cache);
      cache.remove("k");
    }
    cache.put("k", 1);
    clock.advance(10);
    assertTrue(cache.putIfAbsent("k", 2));
  }

  @Test
  void expired_isAnnouncedOnce_byManyReadersToo() throws Exception {
    create(CreatedExpiryPolicy.factoryOf(TEN_SECONDS));
    cache.put("k", 1);
    clock.advance(10);
    Crew.together(
        8,
        thread -> {
          assertNull(cache.get("k"));
          assertEquals(Map.of(), cache.getAll(Set.of("k")));
        });
    assertEquals(List.of("CREATED knull", "EXPIRED k1"), events);
    assertEquals(0, cache.info().size(), "memory is freed");
  }

  @Test
  void expired_thenPut_isACreationWithAFullLife() {
    create(CreatedExpiryPolicy.factoryOf(TEN_SECONDS));
    cache.put("k", 1);
    clock.advance(10);
    cache.put("k", 2);
    assertEquals(List.of("CREATED knull", "EXPIRED k1", "CREATED knull"), events);
    clock.advance(9);
    assertEquals(2, cache.get("k"));
  }

  @Test
  void iterator_doesNotBringBackWhatExpiredBeforeNext() {
    create(AccessedExpiryPolicy.factoryOf(TEN_SECONDS));
    cache.put("k", 1);
    Iterator<Cache.Entry<String, Integer>> walk = cache.iterator();
    clock.advance(10);
    assertEquals("k", walk.next().getKey());
    assertFalse(cache.containsKey("k"));
  }

  @Test
  void loadedEntries_liveAsLongAsCreatedOnes() {
    cache =
        caches.create(expiring(CreatedExpiryPolicy.factoryOf(TEN_SECONDS)).loading(String::length));
    assertEquals(4, cache.get("four"));
    assertEquals(Map.of("a", 1), cache.getAll(Set.of("a")));
    clock.advance(10);
    assertFalse(cache.containsKey("four"));
    assertFalse(cache.containsKey("a"));
    assertEquals(4, cache.get("four"), "loaded again");
  }

  @Test
  void clockSetBack_neitherFailsNorRevivesWhatWasAnnounced() {
    create(CreatedExpiryPolicy.factoryOf(TEN_SECONDS));
    cache.put("k", 1);
    clock.advance(10);
    assertNull(cache.get("k"));
    clock.advance(-1_000);
    assertNull(cache.get("k"));
  }

  @Test
  void policyThatThrows_reachesTheCallerAndChangesNothing() throws Exception {
    boolean[] fails = {true};
    create(
        () ->
            new ExpiryPolicy() {
              @Override
              public Duration getExpiryForCreation() {
                if (fails[0]) {
                  throw new UnsupportedOperationException("no duration");
                }
                return Duration.ETERNAL;
              }

              @Override
              public Duration getExpiryForAccess() {
                return null;
              }

              @Override
              public Duration getExpiryForUpdate() {
                return null;
              }
            });
    assertThrows(UnsupportedOperationException.class, () -> cache.put("k", 1));
    assertThrows(UnsupportedOperationException.class, () -> cache.putAll(Map.of("j", 1, "k", 1)));
    assertEquals(0, cache.info().size());
    fails[0] = false;
    Crew.run(() -> cache.putAll(Map.of("j", 1, "k", 1))).result();
    assertEquals(2, cache.info().size());
  }
}
