package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is kept is what was added, whether the keys come in even steps or not. */
final class KeyColumnTest {
  private static final long MOST = 0xFFFF_FFFFL;

  private static void assertKeeps(long... keys) {
    KeyColumn column = new KeyColumn(keys.length);
    List<Long> kept = new ArrayList<>();
    for (int at = 0; at < keys.length; at++) {
      assertTrue(column.takes(at, keys[at]), "key " + at);
      column.add(at, keys[at]);
    }
    for (int at = 0; at < keys.length; at++) {
      kept.add(column.get(at));
    }
    assertEquals(LongStream.of(keys).boxed().toList(), kept);
  }

  @Test
  void add_ofKeysInEvenSteps_keepsThem() {
    assertKeeps(7);
    assertKeeps(1, 1, 1, 1, 1);
    assertKeeps(41, 42, 43, 44);
    assertKeeps(1L << 62, (1L << 62) + 5, (1L << 62) + 10);
    assertKeeps(3, 3 + MOST / 2, 3 + MOST / 2 * 2);
  }

  @Test
  void add_ofKeysWithoutAStep_keepsThemAndThoseBefore() {
    assertKeeps(1, 1, 1, 2, 2, 1);
    assertKeeps(41, 42, 44, 45, 43);
    assertKeeps(3, 3 + MOST, 3, 4);
    assertKeeps(3, 3 + MOST / 2, 3 + MOST / 2 * 2, 3 + MOST);
    assertKeeps(-5, 0, -4);
  }

  @Test
  void takes_refusesWhatIsLessThanTheFirst_orFarFromIt() {
    KeyColumn column = new KeyColumn(4);
    assertTrue(column.takes(0, Long.MIN_VALUE));
    column.add(0, 100);
    assertFalse(column.takes(1, 99));
    assertTrue(column.takes(1, 100));
    assertTrue(column.takes(1, 100 + MOST));
    assertFalse(column.takes(1, 101 + MOST));
  }
}
