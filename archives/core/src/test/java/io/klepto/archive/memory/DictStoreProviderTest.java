package io.klepto.archive.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import io.klepto.keymap.KeyBytes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class DictStoreProviderTest {
  private static final KeyBytes KEY = KeyBytes.of(new byte[] {1});
  private static final RecordContent CONTENT =
      new RecordContent(1, 1, RecordTimes.eternal(0), new byte[] {1});

  private static Store open(String location) {
    return new DictStoreProvider()
        .open(URI.create(location), new StoreOptions("orders", Optional.empty(), Map.of()));
  }

  @Test
  void namedStore_isSharedByItsName_andOutlivesClosing() {
    String name = UUID.randomUUID().toString();
    try (Store store = open("dict:" + name)) {
      store.put(KEY, CONTENT);
    }
    try (Store again = open("dict:///" + name)) {
      assertEquals(CONTENT, again.get(KEY).content());
      again.destroy();
    }
    assertNull(open("dict:" + name).get(KEY));
  }

  @Test
  void storeWithoutName_isPrivateToItsOpener() {
    Store store = open("dict:/");
    store.put(KEY, CONTENT);
    assertNull(open("dict:/").get(KEY));
    assertNull(open("dict:///").get(KEY));
    assertEquals(CONTENT, store.get(KEY).content());
  }

  @Test
  void durabilityBeyondMemory_isRefused() {
    for (StoreProvider provider :
        new StoreProvider[] {new DictStoreProvider(), new NullStoreProvider()}) {
      URI location = URI.create(provider.schemes().iterator().next() + ":/");
      for (Durability durability : Durability.values()) {
        StoreOptions options = new StoreOptions("orders", Optional.of(durability), Map.of());
        if (durability == Durability.MEMORY) {
          assertEquals(Durability.MEMORY, provider.open(location, options).durability());
        } else {
          ArchiveException refused =
              assertThrows(ArchiveException.class, () -> provider.open(location, options));
          assertTrue(refused.getMessage().contains(durability.name()), refused.getMessage());
        }
      }
    }
  }

  @Test
  void malformedLocations_areRefused() {
    assertThrows(ArchiveException.class, () -> open("dict:/name?query"));
    assertThrows(ArchiveException.class, () -> open("dict:name#fragment"));
    StoreOptions options = new StoreOptions("orders", Optional.empty(), Map.of());
    assertThrows(
        ArchiveException.class,
        () -> new NullStoreProvider().open(URI.create("null:name"), options));
  }
}
