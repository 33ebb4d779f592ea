package io.klepto.jcache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.Crew;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.EvictionSettings;
import io.klepto.jcache.copy.Copiers;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.jfr.RecordedEvictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The table of nodes, and the locks of many keys at once. */
final class MemoryTierTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 5_000;

  private static final EvictionSettings UNBOUNDED =
      new EvictionSettings(EvictionPolicy.INF, EvictionSettings.UNBOUNDED, 1, 0);

  private final MemoryTier tier = tier(UNBOUNDED, node -> {});

  private static MemoryTier tier(EvictionSettings settings, MemoryTier.Leaving leaving) {
    return new MemoryTier(
        Keys.byEquals(Copiers.identity()),
        settings,
        /* timed= */ false,
        /* archived= */ false,
        new RecordedEvictions("test", settings.policy()),
        leaving);
  }

  private static void put(MemoryTier tier, Object key, Object value) {
    Node node = tier.lock(key);
    Object before = node.value();
    node.setValue(value);
    tier.release(node, before);
  }

  @Test
  void lockedAbsentKey_isAPlaceholderThatLeavesWithItsLock() {
    Node node = tier.lock("k");
    assertSame(node, tier.find("k"));
    assertNull(node.value());
    tier.release(node, null);
    assertNull(tier.find("k"));
    assertTrue(node.isRetired());
    assertEquals(0, tier.size());
  }

  @Test
  void keyThatComesBack_getsANewNode() {
    put(tier, "k", 1);
    Node first = tier.find("k");
    put(tier, "k", null);
    put(tier, "k", 2);
    assertNotSame(first, tier.find("k"));
    assertTrue(first.isRetired());
    assertNull(first.value());
    assertFalse(first.tryLock());
  }

  @Test
  void lockPresent_ofAnAbsentKey_isNull() {
    assertNull(tier.lockPresent("k"));
    put(tier, "k", 1);
    Node node = tier.lockPresent("k");
    assertNotNull(node);
    tier.release(node, 1);
  }

  @Test
  void lockAll_ofAKeyHeldByTheCaller_throwsAndHoldsNothingNew() throws Exception {
    Crew.run(
            () -> {
              Node held = tier.lock("b");
              assertThrows(IllegalStateException.class, () -> tier.lockAll(List.of("a", "b", "c")));
              Crew.run(() -> put(tier, "a", 1)).result();
              Crew.run(() -> put(tier, "c", 1)).result();
              assertTrue(held.isHeldByCurrentThread());
              tier.release(held, null);
            })
        .result();
    assertEquals(2, tier.size());
  }

  @Test
  void removedEntries_makeRoomForOthers() {
    MemoryTier bounded = tier(new EvictionSettings(EvictionPolicy.LRU, 10, 1, 0), node -> {});
    for (int key = 0; key < 10; key++) {
      put(bounded, key, key);
    }
    for (int key = 1; key < 10; key++) {
      put(bounded, key, null);
    }
    for (int key = 10; key < 19; key++) {
      put(bounded, key, key);
    }
    assertEquals(10, bounded.size());
    assertNotNull(bounded.find(0), "there was room for it");
  }

  @Test
  void lockAll_waitsHoldingNothing() throws Exception {
    Node held = tier.lock("b");
    Crew.Member<Void> waiter =
        Crew.run(
            () -> tier.releaseAll(tier.lockAll(List.of("a", "b", "c")), Arrays.asList(0, 0, 0)));
    waiter.awaitParked();
    put(tier, "a", 1);
    put(tier, "c", 1);
    assertFalse(waiter.isDone());
    tier.release(held, null);
    waiter.result();
    assertEquals(2, tier.size());
  }

  @Test
  void lockAll_keyWhoseHashFails_freesTheOthers() throws Exception {
    Object broken =
        new Object() {
          @Override
          public int hashCode() {
            throw new UnsupportedOperationException("no hash");
          }
        };
    assertThrows(
        UnsupportedOperationException.class, () -> tier.lockAll(List.of("a", broken, "c")));
    Crew.run(() -> put(tier, "a", 1)).result();
  }

  @Test
  void releaseAll_evictionThatFails_freesEveryKeyAndThrows() throws Exception {
    AtomicBoolean fails = new AtomicBoolean(true);
    MemoryTier bounded =
        tier(
            new EvictionSettings(EvictionPolicy.LRU, 1, 1, 0),
            node -> {
              if (fails.get()) {
                throw new IllegalArgumentException("disk full");
              }
            });
    List<Node> locked = bounded.lockAll(List.of("a", "b", "c"));
    locked.forEach(node -> node.setValue(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> bounded.releaseAll(locked, Arrays.asList(null, null, null)));
    fails.set(false);
    for (String key : List.of("a", "b", "c", "d")) {
      Crew.run(() -> put(bounded, key, 2)).result();
    }
    assertEquals(1, bounded.size());
  }

  @Test
  void evictionThatFails_leavesTheVictimInPlaceAndFree() throws Exception {
    MemoryTier bounded =
        tier(
            new EvictionSettings(EvictionPolicy.LRU, 1, 1, 0),
            node -> {
              if (node.key().equals("precious")) {
                throw new IllegalArgumentException("disk full");
              }
            });
    put(bounded, "precious", 1);
    assertThrows(IllegalArgumentException.class, () -> put(bounded, "k", 1));
    assertEquals(1, bounded.find("precious").value());
    assertFalse(bounded.find("precious").isRetired());
    Crew.run(() -> put(bounded, "precious", 2)).result();
    assertEquals(2, bounded.find("precious").value());
  }

  @Test
  void policyNo_keepsNothingAndAsksBeforeEachLeaves() {
    List<Object> left = new ArrayList<>();
    MemoryTier none =
        tier(new EvictionSettings(EvictionPolicy.NO, 0, 1, 0), node -> left.add(node.value()));
    put(none, "k", 1);
    assertNull(none.find("k"));
    assertEquals(List.of(1), left);
  }

  @Test
  void clear_waitsForAKeyThatIsChangedAndTakesItsValue() throws Exception {
    put(tier, "other", 1);
    Node held = tier.lock("k");
    Crew.Member<Void> clearing = Crew.run(tier::clear);
    clearing.awaitParked();
    held.setValue(1);
    tier.release(held, null);
    clearing.result();
    assertEquals(0, tier.size());
  }

  @Test
  void lockAndLockAllOfRandomKeys_loseNoUpdateAndDoNotDeadlock() throws Exception {
    List<Integer> keys = List.of(0, 1, 2, 3, 4, 5);
    int[] counters = new int[keys.size()]; // each guarded by the lock of its key
    Crew.together(
        THREADS,
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < ROUNDS; i++) {
            List<Integer> chosen = new ArrayList<>(keys);
            Collections.shuffle(chosen, random);
            int one = chosen.get(0);
            if (thread % 2 == 0) {
              List<Node> nodes = tier.lockAll(chosen);
              List<Object> befores = nodes.stream().map(Node::value).toList();
              for (int k = 0; k < chosen.size(); k++) {
                assertEquals(chosen.get(k), nodes.get(k).key());
                counters[chosen.get(k)]++;
                nodes.get(k).setValue(random.nextBoolean() ? i : null);
              }
              tier.releaseAll(nodes, befores);
            } else {
              Node node = tier.lock(one);
              Object before = node.value();
              counters[one]++;
              node.setValue(random.nextBoolean() ? i : null);
              tier.release(node, before);
            }
          }
        });
    int all = THREADS / 2 * ROUNDS * keys.size();
    int single = THREADS / 2 * ROUNDS;
    assertEquals(all + single, Arrays.stream(counters).sum());
    long resident = keys.stream().filter(key -> tier.find(key) != null).count();
    assertEquals(resident, tier.size());
  }
}
