package io.klepto.archive.jdbc;

import static io.klepto.archive.jdbc.Samples.content;
import static io.klepto.archive.jdbc.Samples.key;
import static io.klepto.archive.jdbc.Samples.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.StoresByUri;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JdbcStoreProviderTest {
  private static final String SECRET = "open-Sesame";

  private static String refusal(String location, String... settings) {
    ArchiveException refused =
        assertThrows(
            ArchiveException.class,
            () -> StoresByUri.open(URI.create(location), settings(settings)).close());
    StringWriter text = new StringWriter();
    refused.printStackTrace(new PrintWriter(text, true));
    assertFalse(text.toString().contains(SECRET), text.toString());
    return refused.getMessage();
  }

  @Test
  void unknownSetting_isRefusedWithTheNearest() {
    assertTrue(refusal("jdbc:h2:mem:x", "pol-size", "3").contains("pool-size"));
  }

  @Test
  void missingDriver_namesTheJarToAdd() {
    String refusal = refusal("jdbc:mysql://h/d?password=" + SECRET, "password", SECRET);
    assertTrue(refusal.contains("com.mysql:mysql-connector-j"), refusal);
  }

  @Test
  void wrongPassword_isRefusedWithoutIt() {
    try (FileFixture database = FileFixture.h2();
        Store store = database.open(settings("user", "me", "password", "right"))) {
      String location = database.uri().toString();
      String refusal = refusal(location, "user", "me", "password", SECRET);
      assertTrue(refusal.contains("password"), refusal);
      assertTrue(refusal.contains(store.name()), refusal);
      refusal(location + ";USER=me;PASSWORD=" + SECRET);
    }
  }

  @Test
  void driversThatQuoteTheUrl_areNotPassedOn() {
    refusal("jdbc:h2:relative;PASSWORD=" + SECRET + ";NO_SUCH=1");
    refusal("jdbc:h2:relative;PASSWORD=" + SECRET + ";NO_SUCH");
  }

  @Test
  void onePoolOfOneConnection_isEnoughForEverything() {
    try (FileFixture database = FileFixture.h2();
        Store store = database.open(settings("pool-size", "1"))) {
      store.put(key("a"), content("one"));
      store.putAll(Map.of(key("a"), content("two"), key("b"), content("b"))).orThrow();
      assertTrue(store.verify(true).isSound());
      store.clear();
      assertEquals(0, store.size());
    }
  }

  @Test
  void lockOfAnotherSession_failsInTimeAndPasses() throws SQLException {
    try (FileFixture database = FileFixture.h2();
        Store store = database.open(settings("lock-timeout-millis", "50"))) {
      store.put(key("a"), content("one"));
      try (Connection other = database.connect();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("SELECT * FROM \"" + database.table("orders") + "\" FOR UPDATE");
        ArchiveException locked =
            assertThrows(ArchiveException.class, () -> store.put(key("a"), content("two")));
        assertTrue(locked.getMessage().contains("lock-timeout-millis"), locked.getMessage());
        BulkOutcome<Long> outcome = store.putAll(Map.of(key("a"), content("two")));
        assertEquals(Map.of(), outcome.done());
        other.rollback();
      }
      store.put(key("a"), content("two"));
      assertEquals(content("two"), store.get(key("a")).content());
    }
  }
}
