package io.klepto.archive.jdbc;

import static io.klepto.archive.jdbc.Samples.content;
import static io.klepto.archive.jdbc.Samples.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Store;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CatalogueTest {
  static Stream<FileFixture> databases() {
    return Stream.of(FileFixture.h2(), FileFixture.sqlite());
  }

  private static void execute(FileFixture database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> tables(FileFixture database) throws SQLException {
    try (Connection connection = database.connect();
        ResultSet rows = connection.getMetaData().getTables(null, null, "klepto_%", null)) {
      List<String> tables = new ArrayList<>();
      while (rows.next()) {
        if (rows.getString("TABLE_TYPE").endsWith("TABLE")) {
          tables.add(rows.getString("TABLE_NAME"));
        }
      }
      return tables;
    }
  }

  private static String refusal(FileFixture database) {
    return assertThrows(
            ArchiveException.class, () -> database.open(Samples.options("orders")).close())
        .getMessage();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void tables_areFoundAgain(FileFixture database) throws SQLException {
    try (database) {
      try (Store store = database.open(Samples.options("Orders & more"))) {
        store.put(key("a"), content("one"));
      }
      assertTrue(
          database.table("Orders & more").matches("klepto_orders___more_[0-9a-f]{16}"),
          database.table("Orders & more"));
      try (Store store = database.open(Samples.options("Orders & more"))) {
        assertNotNull(store.get(key("a")));
      }
      assertEquals(2, tables(database).size(), "catalogue and one table");
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void damagedRow_isRefused(FileFixture database) throws SQLException {
    try (database) {
      database.open(Samples.options("orders")).close();
      execute(
          database,
          "UPDATE \"klepto_catalogue\" SET \"stamp\" = REPLACE(\"stamp\", 'pack', 'Pack')");
      assertTrue(refusal(database).contains("damaged"), refusal(database));
      execute(database, "UPDATE \"klepto_catalogue\" SET \"namespace\" = 'another'");
      assertTrue(refusal(database).contains("damaged"), refusal(database));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void newerFormat_isRefusedByItsVersion(FileFixture database) throws SQLException {
    try (database) {
      database.open(Samples.options("orders")).close();
      execute(
          database, "UPDATE \"klepto_catalogue\" SET \"stamp\" = REPLACE(\"stamp\", ' 1 ', ' 2 ')");
      assertTrue(
          refusal(database).contains("expected format version 1, found 2"), refusal(database));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void layoutOfAnotherRelease_isRefusedByName(FileFixture database) throws SQLException {
    try (database) {
      database.open(Samples.options("orders")).close();
      String envelopes = new TableStamp("envelope", Map.of()).text();
      execute(database, "UPDATE \"klepto_catalogue\" SET \"stamp\" = '" + envelopes + "'");
      assertTrue(
          refusal(database).contains("expected a layout that this release knows, found envelope"),
          refusal(database));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void tableThatIsGone_isNamed(FileFixture database) throws SQLException {
    try (database) {
      database.open(Samples.options("orders")).close();
      String table = database.table("orders");
      execute(database, "DROP TABLE \"" + table + "\"");
      assertTrue(refusal(database).contains(table), refusal(database));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void tablesWithoutOwner_areDroppedOnceTheyAreOld(FileFixture database) throws SQLException {
    try (database;
        Store store = database.open(Samples.options("orders"))) {
      long now = System.currentTimeMillis();
      for (long since : new long[] {0, now}) {
        execute(database, "CREATE TABLE \"klepto_left_%d\" (\"a\" INTEGER)".formatted(since));
        execute(
            database,
            "INSERT INTO \"klepto_catalogue\" VALUES ('klepto_left_%d', NULL, 'left', 'x', %d)"
                .formatted(since, since));
      }
      store.put(key("a"), content("one"));
      store.compact();
      assertFalse(tables(database).contains("klepto_left_0"));
      assertTrue(tables(database).contains("klepto_left_" + now));
      assertNotNull(store.get(key("a")));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void namespaceThatWasDestroyedAndMadeAgain_isAnotherTable(FileFixture database) {
    try (database) {
      Store first = database.open(Samples.options("orders"));
      try (Store old = database.open(Samples.options("orders"))) {
        first.destroy();
        try (Store fresh = database.open(Samples.options("orders"))) {
          fresh.put(key("a"), content("one"));
          assertThrows(ArchiveException.class, () -> old.get(key("a")));
          assertThrows(ArchiveException.class, () -> old.put(key("a"), content("two")));
          assertEquals(content("one"), fresh.get(key("a")).content());
        }
      }
    }
  }
}
