package io.klepto.archive.jdbc;

import static io.klepto.archive.jdbc.Samples.content;
import static io.klepto.archive.jdbc.Samples.key;
import static io.klepto.archive.jdbc.Samples.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One table that is the archive, under names that the user chooses. */
final class OneTableTest {
  private static final String MADE_BY_HAND =
      "CREATE TABLE \"mine\" (\"h\" %s %s, \"version\" BIGINT, \"created\" BIGINT, \"duration\""
          + " BIGINT, \"deadline\" BIGINT, \"checksum\" INTEGER, \"record\" BLOB, \"note\""
          + " VARCHAR(10))";

  static Stream<FileFixture> databases() {
    return Stream.of(FileFixture.h2(), FileFixture.sqlite());
  }

  private static void execute(FileFixture database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(FileFixture database, String column) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(" + column + ") FROM \"mine\"")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static String refusal(FileFixture database, StoreOptions options) {
    return assertThrows(ArchiveException.class, () -> database.open(options).close()).getMessage();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void names_areTheUsers(FileFixture database) throws SQLException {
    StoreOptions options =
        settings("table", "mine", "column-id", "Key \"hash\"", "column-record", "select");
    try (database) {
      try (Store store = database.open(options)) {
        assertTrue(store.name().contains("table mine"), store.name());
        store.put(key("a"), content("one"));
        assertEquals(1, count(database, "\"Key \"\"hash\"\"\""));
        assertEquals(1, count(database, "\"select\""));
      }
      try (Store store = database.open(options)) {
        assertEquals(content("one"), store.get(key("a")).content());
      }
      String refusal = refusal(database, settings("table", "mine"));
      assertTrue(refusal.contains("key_id"), refusal);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void namespace_doesNotMatter(FileFixture database) {
    try (database;
        Store one = database.open(settings("table", "mine"));
        Store other =
            database.open(
                new StoreOptions("another", Optional.empty(), Map.of())
                    .with(settings("table", "mine").settings()))) {
      one.put(key("a"), content("one"));
      assertNotNull(other.get(key("a")));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void tableMadeByHand_isUsedAndNeverDropped(FileFixture database) throws SQLException {
    StoreOptions options = settings("table", "mine", "column-id", "h");
    try (database) {
      execute(database, MADE_BY_HAND.formatted("VARBINARY(32)", "PRIMARY KEY"));
      Store store = database.open(options);
      store.put(key("a"), content("one"));
      assertEquals(content("one"), store.get(key("a")).content());
      store.destroy();
      assertEquals(0, count(database, "*"));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void tableMadeByHand_withoutUniqueKey_isRefused(FileFixture database) throws SQLException {
    try (database) {
      execute(database, MADE_BY_HAND.formatted("VARBINARY(32)", ""));
      String refusal = refusal(database, settings("table", "mine", "column-id", "h"));
      assertTrue(refusal.contains("unique"), refusal);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void namesThatCannotBe_areRefusedByTheirSetting(FileFixture database) {
    try (database) {
      for (String name : new String[] {"", "x".repeat(300), "a\0b", "\uD800"}) {
        String refusal = refusal(database, settings("table", name));
        assertTrue(refusal.contains("setting table"), refusal);
        refusal =
            refusal(database, settings("table", "mine", "column-key", name, "serialized", "false"));
        assertTrue(refusal.contains("setting column"), refusal);
      }
      String twice = refusal(database, settings("table", "mine", "column-record", "VERSION"));
      assertTrue(twice.contains("differ"), twice);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void columnSettings_withoutTable_areRefused(FileFixture database) {
    try (database) {
      String refusal = refusal(database, settings("column-id", "h"));
      assertTrue(refusal.contains("column-id"), refusal);
    }
  }
}
