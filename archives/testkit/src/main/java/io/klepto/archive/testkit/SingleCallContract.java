package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One key at a time: get, contains, put, remove. */
abstract class SingleCallContract extends StoreContractPart {
  private static final int LONG_KEY_BYTES = 10_000;
  private static final int LARGE_PAYLOAD_BYTES = 64 << 20;

  @Test
  void get_ofAbsentKey_isNull() {
    assertNull(store.get(key("a")));
    assertFalse(store.contains(key("a")));
  }

  @Test
  void get_afterPut_returnsWhatWasPut() {
    RecordContent content =
        new RecordContent(255, 0, new RecordTimes(-5, 60_000, 90_000), new byte[] {0, -1, 127});
    long version = store.put(key("a"), content);
    assertHolds(key("a"), content);
    assertEquals(version, store.get(key("a")).version());
    assertNotEquals(Store.ABSENT, version);
    assertTrue(store.contains(key("a")));
    assertFalse(store.contains(key("b")));
  }

  @Test
  void put_overARecord_replacesItUnderAGreaterVersion() {
    long previous = Store.ABSENT;
    for (int i = 0; i < 100; i++) {
      long version = store.put(key("a"), content("value " + i));
      assertTrue(version > previous, "version " + version + " after " + previous);
      assertHolds(key("a"), content("value " + i));
      previous = version;
    }
    assertEquals(1, store.size());
  }

  @Test
  void put_afterRemove_getsAVersionNotUsedBefore() {
    long first = store.put(key("a"), content("one"));
    assertTrue(store.remove(key("a")));
    assertTrue(store.put(key("a"), content("two")) > first);
  }

  @Test
  void remove_tellsWhetherThereWasARecord() {
    store.put(key("a"), content("one"));
    assertTrue(store.remove(key("a")));
    assertNull(store.get(key("a")));
    assertFalse(store.contains(key("a")));
    assertFalse(store.remove(key("a")));
    assertEquals(0, store.size());
  }

  @Test
  void put_ofAnEmptyPayload_roundTrips() {
    store.put(key("a"), content(""));
    assertHolds(key("a"), content(""));
  }

  @Test
  void put_ofSixtyFourMebibytes_roundTrips() {
    byte[] payload = new byte[LARGE_PAYLOAD_BYTES];
    new Random(1).nextBytes(payload);
    store.put(key("a"), content(payload));
    assertHolds(key("a"), content(payload));
    assertTrue(store.remove(key("a")));
  }

  @Test
  void put_underAwkwardKeys_keepsThemApart() {
    List<KeyBytes> keys = new ArrayList<>();
    keys.add(KeyBytes.of(new byte[0]));
    keys.add(KeyBytes.of(new byte[] {0}));
    keys.add(KeyBytes.of(new byte[] {0, 0}));
    keys.add(KeyBytes.of(new byte[LONG_KEY_BYTES]));
    for (int bit = 0; bit < Byte.SIZE; bit++) {
      byte[] longKey = new byte[LONG_KEY_BYTES];
      longKey[LONG_KEY_BYTES - 1] = (byte) (1 << bit);
      keys.add(KeyBytes.of(longKey));
      keys.add(KeyBytes.of(new byte[] {(byte) (1 << bit)}));
    }
    for (String text : List.of("a", "A", "../../a", "/a", "con", "a ", "a\0", "ä", "a\u0308")) {
      keys.add(key(text));
    }
    for (int i = 0; i < keys.size(); i++) {
      store.put(keys.get(i), content("value " + i));
    }
    assertEquals(keys.size(), store.size());
    for (int i = 0; i < keys.size(); i++) {
      assertHolds(keys.get(i), content("value " + i));
    }
    for (int i = 0; i < keys.size(); i += 2) {
      assertTrue(store.remove(keys.get(i)));
    }
    for (int i = 0; i < keys.size(); i++) {
      assertEquals(i % 2 == 1, store.contains(keys.get(i)), "key number " + i);
    }
  }

  @Test
  void expiredRecord_isReturnedAsItIs() {
    RecordContent content =
        new RecordContent(1, 1, RecordTimes.expiringAfter(0, 1), new byte[] {1});
    store.put(key("a"), content);
    assertHolds(key("a"), content);
    assertEquals(1, store.size());
  }

  @Test
  void nullArguments_areRefused() {
    assertThrows(NullPointerException.class, () -> store.get(null));
    assertThrows(NullPointerException.class, () -> store.contains(null));
    assertThrows(NullPointerException.class, () -> store.put(null, content("one")));
    assertThrows(NullPointerException.class, () -> store.put(key("a"), null));
    assertThrows(NullPointerException.class, () -> store.remove(null));
  }
}
