package io.klepto.archive.jdbc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a server is set to decides what can be promised: how commits reach the disk, and sizes. */
final class ServerSettingsTest {
  private static final String FORCED = "set global innodb_flush_log_at_trx_commit = 1";
  private static final String NOT_FORCED = "set global innodb_flush_log_at_trx_commit = 2";

  private static Store openForSync(Database database) {
    StoreOptions options =
        new StoreOptions(Stores.NAMESPACE, Optional.of(Durability.SYNC), Map.of());
    return Stores.open(database.location(), options, Map.of());
  }

  @Test
  void postgresWithoutForcedCommits_refusesSyncByName() {
    try (Database database = TestEngine.POSTGRES.newDatabase()) {
      ClearFailure.of("fsync", () -> openForSync(database).close());
      try (Store store = Stores.open(database)) {
        assertEquals(Durability.OS, store.durability());
      }
    }
  }

  @Test
  void mariaDbWithoutForcedCommits_refusesSyncByName() throws SQLException {
    try (ServerDatabase database = (ServerDatabase) TestEngine.MARIADB.newDatabase()) {
      ClearFailure.of("innodb_flush_log_at_trx_commit", () -> openForSync(database).close());
      try (Store store = Stores.open(database)) {
        assertEquals(Durability.OS, store.durability());
      }
      database.server().execute(FORCED);
      try (Store store = openForSync(database)) {
        assertEquals(Durability.SYNC, store.durability());
      } finally {
        database.server().execute(NOT_FORCED);
      }
    }
  }

  @Test
  void mariaDb_manyValuesOfMoreThanAPacket_areWrittenInSeveral() throws SQLException {
    try (ServerDatabase database = (ServerDatabase) TestEngine.MARIADB.newDatabase()) {
      database.server().execute("set global max_allowed_packet = 1048576");
      try (Store store = Stores.open(database)) {
        Map<KeyBytes, RecordContent> contents = new HashMap<>();
        for (int i = 0; i < 40; i++) {
          contents.put(Stores.key("key " + i), Stores.content("\0'\"\\".repeat(25_000) + i));
        }
        store.putAll(contents).orThrow();
        Map<KeyBytes, StoreRecord> found = store.getAll(contents.keySet()).orThrow();
        contents.forEach((key, content) -> assertEquals(content, found.get(key).content()));
        String escaped = "'".repeat(600_000); // 1.2 MB as the driver writes it
        ClearFailure.of(
            "max_allowed_packet", () -> store.put(Stores.key("a"), Stores.content(escaped)));
      } finally {
        database.server().execute("set global max_allowed_packet = 268435456");
      }
    }
  }

  @Test
  void mariaDb_valueOverThePacketSize_isRefusedByName() throws SQLException {
    try (ServerDatabase database = (ServerDatabase) TestEngine.MARIADB.newDatabase()) {
      database.server().execute("set global max_allowed_packet = 1048576");
      try (Store store = Stores.open(database)) {
        store.put(Stores.key("a"), Stores.content("one"));
        String large = "v".repeat(3_000_000);
        ArchiveException refused =
            ClearFailure.of(store.name(), () -> store.put(Stores.key("a"), Stores.content(large)));
        assertTrue(refused.getMessage().contains("max_allowed_packet"), refused.getMessage());
        assertTrue(refused.getMessage().contains("found 3000"), refused.getMessage());
        assertEquals("one", Stores.textOf(store.get(Stores.key("a"))));
        BulkOutcome<Long> outcome =
            store.putAll(
                Map.of(
                    Stores.key("a"),
                    Stores.content("two"),
                    Stores.key("large"),
                    Stores.content(large)));
        assertEquals(Set.of(Stores.key("large")), outcome.failed().keySet());
        assertEquals(Map.of("a", "two"), Stores.textsIn(store));
      } finally {
        database.server().execute("set global max_allowed_packet = 268435456");
      }
    }
  }
}
