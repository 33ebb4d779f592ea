package io.klepto.archive.jdbc;

import static io.klepto.archive.jdbc.Samples.content;
import static io.klepto.archive.jdbc.Samples.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.VerifyReport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows that are damaged go, as they are, to a table beside, unless a new value takes their place.
 */
final class DamagedRowsTest {
  static Stream<FileFixture> databases() {
    return Stream.of(
        FileFixture.h2(),
        FileFixture.sqlite(),
        FileFixture.h2().nativeColumns(),
        FileFixture.sqlite().nativeColumns());
  }

  private static int execute(FileFixture database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql.formatted(database.table("orders")));
    }
  }

  private static void damage(FileFixture database) throws SQLException {
    execute(database, "UPDATE \"%s\" SET \"record\" = x'00'");
  }

  private static long setAside(FileFixture database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(\"reason\") FROM \"%s_set_aside\""
                    .formatted(database.table("orders")))) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void whateverRemovesThem_setsThemAside(FileFixture database) throws SQLException {
    try (database;
        Store store = database.open(Samples.options("orders"))) {
      List<Consumer<Store>> calls =
          List.of(
              s -> s.remove(key("a")),
              s -> s.removeAll(List.of(key("a"), key("b"))).orThrow(),
              Store::clear,
              s -> s.verify(true));
      for (int i = 0; i < calls.size(); i++) {
        store.clear();
        store.put(key("a"), content("old"));
        damage(database);
        calls.get(i).accept(store);
        assertEquals(i + 1, setAside(database), "call number " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void rowUnderTheHashOfAnother_isReportedWhereItLies(FileFixture database) throws SQLException {
    try (database;
        Store store = database.open(Samples.options("orders"))) {
      store.put(key("a"), content("one"));
      execute(
          database,
          "UPDATE \"%s\" SET \"key_id\" ="
              + " x'0000000000000000000000000000000000000000000000000000000000000001'");
      assertNull(store.get(key("a")));
      VerifyReport report = store.verify(true);
      assertEquals(1, report.damages().size());
      assertTrue(report.damages().get(0).contains("0001"), report.damages().get(0));
      assertTrue(report.setAside().get(0).contains("_set_aside"), report.setAside().get(0));
      assertEquals(0, store.size());
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void bulkCalls_amongDamagedRows_haveAnOutcomeForEachKey(FileFixture database)
      throws SQLException {
    try (database;
        Store store = database.open(Samples.options("orders"))) {
      store.put(key("a"), content("one"));
      damage(database);
      long old = store.put(key("b"), content("two"));
      assertThrows(DamagedRecordException.class, () -> store.contains(key("a")));
      BulkOutcome<Long> outcome =
          store.putAll(
              Map.of(key("a"), content("A"), key("b"), content("B"), key("c"), content("C")));
      assertEquals(3, outcome.orThrow().size());
      assertTrue(outcome.done().get(key("b")) > old);
      assertEquals(content("A"), store.get(key("a")).content());
      assertEquals(content("B"), store.get(key("b")).content());
      assertEquals(content("C"), store.get(key("c")).content());
      assertTrue(store.verify(false).isSound());
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void damagedVersionAheadOfTheClock_isSetAsideByAPut(FileFixture database) throws SQLException {
    try (database;
        Store store = database.open(Samples.options("orders"))) {
      store.put(key("a"), content("one"));
      execute(database, "UPDATE \"%s\" SET \"version\" = 9000000000000000000");
      long version = store.put(key("a"), content("two"));
      assertTrue(version < 9_000_000_000_000_000_000L, "version " + version);
      assertEquals(content("two"), store.get(key("a")).content());
      assertEquals(1, setAside(database));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void destroy_removesThemToo(FileFixture database) throws SQLException {
    try (database) {
      Store store = database.open(Samples.options("orders"));
      store.put(key("a"), content("one"));
      damage(database);
      store.verify(true);
      String table = database.table("orders");
      store.destroy();
      try (Connection connection = database.connect();
          ResultSet tables = connection.getMetaData().getTables(null, null, table + "%", null)) {
        assertTrue(!tables.next(), "a table is left");
      }
    }
  }
}
