package io.klepto.archive.jdbc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Store;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse: wrong password, no such database, no right to write, nobody there. */
final class AccessTest {
  private static final String WRONG = "wrong-Sesame-71";

  /** Opens as a user who is named by settings, not in the URL. */
  private static Store open(ServerDatabase database, String user, String password) {
    return Stores.open(
        URI.create(database.server().url(database.container())),
        Stores.NAMESPACE,
        Map.of("user", user, "password", password));
  }

  /** Requires opening a URL to fail, and closes what opens nevertheless. */
  private static ArchiveException refusal(String url, String named) {
    return ClearFailure.of(
        named, () -> Stores.open(URI.create(url), Stores.NAMESPACE, Map.of()).close());
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MARIADB"})
  void userAndPassword_comeThroughSettings(TestEngine engine) {
    try (ServerDatabase database = (ServerDatabase) engine.newDatabase();
        Store store = open(database, DatabaseServer.USER, DatabaseServer.PASSWORD)) {
      store.put(Stores.key("a"), Stores.content("one"));
      assertEquals("one", Stores.textOf(store.get(Stores.key("a"))));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MARIADB"})
  void wrongPassword_isRefusedWithoutShowingIt(TestEngine engine) {
    try (ServerDatabase database = (ServerDatabase) engine.newDatabase()) {
      ArchiveException bySetting =
          ClearFailure.of("127.0.0.1", () -> open(database, DatabaseServer.USER, WRONG).close());
      assertFalse(ClearFailure.textOf(bySetting).contains(WRONG), bySetting::toString);
      ArchiveException byUrl =
          refusal(database.url().replace(DatabaseServer.PASSWORD, WRONG), "127.0.0.1");
      assertFalse(ClearFailure.textOf(byUrl).contains(WRONG), byUrl::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MARIADB"})
  void missingDatabase_isNamed(TestEngine engine) {
    try (ServerDatabase database = (ServerDatabase) engine.newDatabase()) {
      refusal(database.url().replaceFirst("/[a-z0-9]+\\?", "/nowhere?"), "nowhere");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb"})
  void nobodyListening_isToldWithoutSecrets(String product) {
    String host = "127.0.0.1:" + TemporaryFolder.freePort();
    refusal(
        "jdbc:%s://%s/db?user=klepto&password=%s".formatted(product, host, DatabaseServer.PASSWORD),
        host);
  }

  @Test
  void missingDriver_namesTheJarToAdd() {
    String password = DatabaseServer.PASSWORD;
    refusal("jdbc:mysql://127.0.0.1/db?user=klepto&password=" + password, "mysql-connector-j");
  }

  @Test
  void unknownDatabase_isRefusedByName() {
    ArchiveException refused = refusal("jdbc:nosuch:thing;password=open-Sesame-71", "nosuch");
    assertTrue(refused.getMessage().contains("postgresql"), "expected the known ones: " + refused);
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MARIADB"})
  void readOnlyUser_readsAndIsRefusedToWrite(TestEngine engine) throws SQLException {
    try (ServerDatabase database = (ServerDatabase) engine.newDatabase()) {
      try (Store store = Stores.open(database)) {
        store.put(Stores.key("a"), Stores.content("one"));
      }
      database.server().grantReading(database.container());
      try (Store store = open(database, DatabaseServer.READER, DatabaseServer.PASSWORD)) {
        assertEquals("one", Stores.textOf(store.get(Stores.key("a"))));
        ClearFailure.of(store.name(), () -> store.put(Stores.key("a"), Stores.content("two")));
        ClearFailure.of(store.name(), () -> store.remove(Stores.key("a")));
        ClearFailure.of(store.name(), store::clear);
        assertEquals("one", Stores.textOf(store.get(Stores.key("a"))));
      }
    }
  }
}
