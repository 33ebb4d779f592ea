package io.klepto.archive.jdbc;

import static io.klepto.archive.jdbc.Samples.content;
import static io.klepto.archive.jdbc.Samples.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.StoresByUri;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What H2 and SQLite promise of a write is what they were set up to keep. */
final class DurabilityTest {
  private static Durability of(FileFixture database, String parameters) {
    URI location = URI.create(database.uri() + parameters);
    try (Store store = StoresByUri.open(location, Samples.options("orders"))) {
      return store.durability();
    }
  }

  @Test
  void h2_withoutSettings_hasWhatWasAcknowledgedWithTheSystem() {
    try (FileFixture database = FileFixture.h2()) {
      assertEquals(Durability.OS, of(database, ""));
    }
  }

  @Test
  void h2_withWriteDelay_tellsThatAKillLoses() {
    try (FileFixture database = FileFixture.h2()) {
      assertEquals(Durability.MEMORY, of(database, ";write_delay=500"));
      URI location = URI.create(database.uri() + ";WRITE_DELAY=500");
      ArchiveException refused =
          assertThrows(
              ArchiveException.class,
              () -> StoresByUri.open(location, Samples.options(Durability.OS)).close());
      assertTrue(refused.getMessage().contains("durability OS"), refused.getMessage());
    }
  }

  @Test
  void h2InMemory_keepsNothingAndSaysSo() {
    URI location = URI.create("jdbc:h2:mem:" + System.nanoTime());
    try (Store store = StoresByUri.open(location, Samples.options("orders"))) {
      assertEquals(Durability.MEMORY, store.durability());
      assertEquals(Set.of(Capability.COMPARE_AND_SET), store.capabilities());
      store.put(key("a"), content("one"));
      assertEquals(content("one"), store.get(key("a")).content());
    }
    assertThrows(
        ArchiveException.class,
        () -> StoresByUri.open(location, Samples.options(Durability.SYNC)).close());
  }

  @Test
  void sync_isGivenByBoth() {
    for (FileFixture each : new FileFixture[] {FileFixture.h2(), FileFixture.sqlite()}) {
      try (FileFixture database = each;
          Store store = database.open(Samples.options(Durability.SYNC))) {
        assertEquals(Durability.SYNC, store.durability());
        store.put(key("a"), content("one"));
        assertEquals(content("one"), store.get(key("a")).content());
      }
    }
  }

  @Test
  void sqlite_withSynchronousOff_refusesSync() {
    try (FileFixture database = FileFixture.sqlite()) {
      URI location = URI.create(database.uri() + "?synchronous=OFF");
      ArchiveException refused =
          assertThrows(
              ArchiveException.class,
              () -> StoresByUri.open(location, Samples.options(Durability.SYNC)).close());
      assertTrue(refused.getMessage().contains("synchronous"), refused.getMessage());
      assertEquals(Durability.OS, of(database, "?synchronous=OFF"));
    }
  }
}
