package io.klepto.archive.testkit.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * An endless series of calls on keys of its own, the same for the same name in every process:
 * whoever knows how many steps were acknowledged knows what must be there.
 *
 * <p>Each value is unlike every other. Immutable; safe for use by many threads.
 *
 * @param name the name, which begins its keys
 * @param alone whether nobody else uses the namespace, so that it may be cleared
 */
record Script(String name, boolean alone) {
  private static final int KEYS = 8;
  private static final int SMALL_BYTES = 120;
  private static final int LARGE_BYTES = 5_000;
  private static final int VERY_LARGE_BYTES = 40_000;
  private static final long TOUCHED_MILLIS = 4_000_000_000L;

  /** Returns all keys that the script uses. */
  List<KeyBytes> keys() {
    List<KeyBytes> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      keys.add(key(i));
    }
    return keys;
  }

  private KeyBytes key(int number) {
    return KeyBytes.of((name + "/" + number).getBytes(UTF_8));
  }

  /** Returns a step, from 1 on. */
  Step step(int number) {
    Random random = new Random(31L * name.hashCode() + 1_000_003L * number);
    int kind = random.nextInt(100);
    KeyBytes key = key(random.nextInt(KEYS));
    if (kind < 10) {
      return new Step.Remove(key);
    } else if (kind < 20) {
      return new Step.CompareAndSet(key, content(number, 0, random));
    } else if (kind < 28) {
      return new Step.Touch(key, RecordTimes.expiringAfter(number, TOUCHED_MILLIS + number));
    } else if (kind < 40) {
      return new Step.PutAll(several(number, random));
    } else if (kind < 45) {
      return new Step.RemoveAll(Set.copyOf(several(number, random).keySet()));
    } else if (kind < 48) {
      return Step.Upkeep.SYNC;
    } else if (kind < 54) {
      return Step.Upkeep.COMPACT;
    } else if (kind < 57 && alone) {
      return new Step.Clear();
    }
    return new Step.Put(key, content(number, 0, random));
  }

  private Map<KeyBytes, RecordContent> several(int number, Random random) {
    Set<Integer> chosen = new HashSet<>();
    int count = 2 + random.nextInt(KEYS - 2);
    while (chosen.size() < count) {
      chosen.add(random.nextInt(KEYS));
    }
    Map<KeyBytes, RecordContent> contents = new LinkedHashMap<>();
    chosen.forEach(i -> contents.put(key(i), content(number, i, random)));
    return contents;
  }

  private RecordContent content(int step, int part, Random random) {
    int size = random.nextInt(100);
    int limit = size < 75 ? SMALL_BYTES : size < 96 ? LARGE_BYTES : VERY_LARGE_BYTES;
    byte[] noise = new byte[random.nextInt(limit)];
    random.nextBytes(noise);
    byte[] origin = (name + ":" + step + ":" + part + ":").getBytes(UTF_8);
    byte[] payload =
        ByteBuffer.allocate(origin.length + noise.length).put(origin).put(noise).array();
    return new RecordContent(7, 3, RecordTimes.eternal(step), payload);
  }
}
