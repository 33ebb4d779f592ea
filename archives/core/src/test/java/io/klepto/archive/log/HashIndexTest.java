package io.klepto.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HashIndexTest {
  private static final int STEPS = 200_000;
  private static final int KEYS = 3_000;

  @Test
  void randomChanges_agreeWithAMap() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String told = "seed " + seed;
    HashIndex index = new HashIndex();
    Map<KeyHash, Long> model = new HashMap<>();
    List<KeyHash> keys = keys(random);
    for (int step = 0; step < STEPS; step++) {
      KeyHash key = keys.get(random.nextInt(KEYS));
      boolean growing = step / (STEPS / 4) % 2 == 0;
      if (random.nextInt(10) < (growing ? 7 : 3)) {
        long position = 1L + random.nextInt(1_000_000);
        Long old = model.put(key, position);
        assertEquals(old == null ? 0 : old, index.put(key, position), told);
      } else {
        Long old = model.remove(key);
        assertEquals(old == null ? 0 : old, index.remove(key), told);
      }
      assertEquals(model.size(), index.size(), told);
      if (random.nextInt(1_000) == 0) {
        index.reserve(random.nextInt(2 * KEYS));
      } else if (random.nextInt(1_000) == 0) {
        index.trim();
      }
    }
    keys.forEach(key -> assertEquals(model.getOrDefault(key, 0L), index.get(key), told));
    Map<KeyHash, Long> visited = new HashMap<>();
    index.forEach(visited::put);
    assertEquals(model, visited, told);
  }

  /** Returns keys of which many share their first half, so that they want the same slot. */
  private static List<KeyHash> keys(Random random) {
    List<KeyHash> keys = new ArrayList<>();
    long shared = random.nextLong();
    for (int i = 0; i < KEYS; i++) {
      long high =
          switch (i % 4) {
            case 0 -> shared;
            case 1 -> -1L - i / 40; // the last slots, so that probing wraps
            default -> random.nextLong();
          };
      keys.add(new KeyHash(high, i));
    }
    return keys;
  }

  @Test
  void clear_leavesNothing() {
    HashIndex index = new HashIndex();
    for (int i = 0; i < KEYS; i++) {
      index.put(new KeyHash(i * 0x9E3779B97F4A7C15L, i), 1);
    }
    index.clear();
    assertEquals(0, index.size());
    assertEquals(0, index.get(new KeyHash(0, 0)));
    index.forEach((key, position) -> assertEquals(0, position));
  }

  @Test
  void position_keepsOffsetLengthAndKind() {
    long value = Position.ofValue(Position.MAX_OFFSET, 1_000);
    assertEquals(Position.MAX_OFFSET, Position.offsetOf(value));
    assertEquals(1_024, Position.bytesOf(value));
    long touch = Position.ofTouch(HeadV1.BYTES, value);
    assertEquals(HeadV1.BYTES, Position.offsetOf(touch));
    assertEquals(1_024, Position.bytesOf(touch));
    assertTrue(Position.isTouch(touch) && !Position.isTouch(value));
    long large = Position.ofValue(HeadV1.BYTES, 2_000_000_000);
    assertTrue(Position.bytesOf(large) < 300_000_000, "the length is only a guess from there on");
  }
}
