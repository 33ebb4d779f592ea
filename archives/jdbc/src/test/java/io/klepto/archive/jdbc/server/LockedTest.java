package io.klepto.archive.jdbc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.ChildJvm;
import io.klepto.keymap.KeyBytes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables and files that somebody else has locked. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class LockedTest {
  private static final String TABLE = "archive";
  private static final KeyBytes FREE_KEY = Stores.key("free");
  private static final Map<String, String> SETTINGS =
      Map.of("table", TABLE, "lock-timeout-millis", "500");

  @ParameterizedTest
  @EnumSource
  void lockedTable_failsInTimeAndWorksWhenItIsFree(TestEngine engine) throws SQLException {
    try (Database database = engine.newDatabase();
        Store store = Stores.open(database, Stores.NAMESPACE, SETTINGS)) {
      store.put(Stores.key("a"), Stores.content("one"));
      try (Connection other = database.connect();
          Statement statement = other.createStatement()) {
        for (String sql : locking(engine)) {
          statement.execute(sql);
        }
        ClearFailure.of(store.name(), () -> store.put(Stores.key("a"), Stores.content("two")));
        ClearFailure.of(store.name(), () -> store.remove(Stores.key("a")));
        BulkOutcome<Long> outcome =
            store.putAll(
                Map.of(Stores.key("a"), Stores.content("two"), FREE_KEY, Stores.content("free")));
        ClearFailure.require(outcome.failed().get(Stores.key("a")), store.name());
        boolean isFree = outcome.done().containsKey(FREE_KEY); // H2 locks rows
        assertTrue(isFree || outcome.failed().containsKey(FREE_KEY));
        for (String sql : unlocking(engine)) {
          statement.execute(sql);
        }
        Map<String, String> expected =
            isFree ? Map.of("a", "one", "free", "free") : Map.of("a", "one");
        assertEquals(expected, Stores.textsIn(store));
        store.put(Stores.key("a"), Stores.content("two"));
        assertEquals("two", Stores.textOf(store.get(Stores.key("a"))));
      }
    }
  }

  private static String[] locking(TestEngine engine) {
    return switch (engine) {
      case H2 -> new String[] {"set autocommit off", "select * from \"archive\" for update"};
      case SQLITE -> new String[] {"begin exclusive"};
      case POSTGRES -> new String[] {"begin", "lock table \"archive\" in access exclusive mode"};
      case MARIADB -> new String[] {"lock tables `archive` write"};
    };
  }

  private static String[] unlocking(TestEngine engine) {
    return switch (engine) {
      case MARIADB -> new String[] {"unlock tables"};
      default -> new String[] {"rollback"};
    };
  }

  @Test
  void fileOpenInAnotherProcess_isRefusedUntilItIsFree() {
    try (Database database = TestEngine.H2.newDatabase()) {
      try (ChildJvm other = ChildJvm.start(WritingProcess.class, database.url(), "other")) {
        other.awaitLines(2);
        ClearFailure.of("another process", () -> Stores.open(database).close());
        other.kill();
      }
      try (Store store = Stores.open(database)) {
        store.put(Stores.key("a"), Stores.content("one"));
        assertEquals("one", Stores.textOf(store.get(Stores.key("a"))));
      }
    }
  }
}
