package io.klepto.archive.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.Archives;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.RecordTimes;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and values in columns of their own, as plain SQL sees them. */
final class NativeColumnsTest {
  static Stream<FileFixture> databases() {
    return Stream.of(FileFixture.h2(), FileFixture.sqlite());
  }

  private static <K, V> Archive<K, V> open(FileFixture database, Class<K> key, Class<V> value) {
    return Archives.open(
        database.uri(),
        ArchiveConfiguration.builder(key, value)
            .namespace("orders")
            .setting("serialized", "false")
            .build());
  }

  private static String query(FileFixture database, String columns, String where)
      throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT %s FROM \"%s\" WHERE %s"
                    .formatted(columns, database.table("orders"), where))) {
      StringBuilder found = new StringBuilder();
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          found
              .append(rows.getString(i))
              .append(i < rows.getMetaData().getColumnCount() ? "|" : ";");
        }
      }
      return found.toString();
    }
  }

  private static void execute(FileFixture database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      assertEquals(1, statement.executeUpdate(sql.formatted(database.table("orders"))), sql);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void declaredTypes_makeColumnsThatSqlReads(FileFixture database) throws SQLException {
    try (database;
        Archive<String, Long> archive = open(database, String.class, Long.class)) {
      assertTrue(archive.store().capabilities().contains(Capability.FOREIGN_READABLE));
      archive.put("a", 20L);
      archive.put("ä", 22L);
      assertEquals("42;", query(database, "SUM(\"value\")", "1 = 1"));
      assertEquals("20|null;", query(database, "\"value\", \"record\"", "\"key\" = 'a'"));
      assertEquals(Map.of("a", 20L, "ä", 22L), archive.asMap());
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void anyTypes_standAsTextBesideTheirNames(FileFixture database) throws SQLException {
    Map<Object, Object> entries = new LinkedHashMap<>();
    entries.put("text", "some \uD83D\uDE00");
    entries.put(7, new BigDecimal("1.50"));
    entries.put(7L, true);
    entries.put(2.5, 'c');
    try (database) {
      try (Archive<Object, Object> archive = open(database, Object.class, Object.class)) {
        entries.forEach(archive::put);
        String columns = "\"key_type\", \"key\", \"value_type\", \"value\"";
        assertEquals(
            "integer|7|bigdecimal|1.50;", query(database, columns, "\"key_type\" = 'integer'"));
        assertEquals("long|7|boolean|true;", query(database, columns, "\"key_type\" = 'long'"));
        assertEquals("double|2.5|character|c;", query(database, columns, "\"key\" = '2.5'"));
      }
      try (Archive<Object, Object> archive = open(database, Object.class, Object.class)) {
        assertEquals(entries, archive.asMap());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void whatHasNoColumn_standsAsBytesAndComesBack(FileFixture database) throws SQLException {
    try (database;
        Archive<Object, Object> archive = open(database, Object.class, Object.class)) {
      archive.put("list", List.of(1, 2));
      archive.put("array", new double[] {1, 2});
      archive.put("nan", Double.NaN);
      archive.put("zero\0", -0.0);
      archive.put(List.of("k"), "v");
      assertEquals(
          "5;", query(database, "COUNT(*)", "\"record\" IS NOT NULL AND \"value\" IS NULL"));
      assertEquals("3;", query(database, "COUNT(*)", "\"key\" IS NOT NULL"));
      assertEquals(List.of(1, 2), archive.get("list"));
      assertArrayEquals(new double[] {1, 2}, (double[]) archive.get("array"));
      assertEquals(Double.NaN, archive.get("nan"));
      assertEquals(-0.0, archive.get("zero\0"));
      assertEquals("v", archive.get(List.of("k")));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void changedColumn_isDamage(FileFixture database) throws SQLException {
    try (database;
        Archive<String, Long> archive = open(database, String.class, Long.class)) {
      for (String change :
          List.of(
              "\"value\" = \"value\" + 1",
              "\"value\" = NULL",
              "\"key\" = 'b'",
              "\"key\" = NULL",
              "\"version\" = \"version\" + 1",
              "\"deadline\" = 5, \"duration\" = 5",
              "\"checksum\" = \"checksum\" + 1",
              "\"record\" = x'00'")) {
        archive.put("a", 20L);
        execute(database, "UPDATE \"%s\" SET " + change);
        assertThrows(DamagedRecordException.class, () -> archive.get("a"), change);
        assertFalse(archive.verify(false).isSound(), change);
        assertEquals(1, archive.verify(true).setAside().size(), change);
        assertNull(archive.get("a"), change);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void touch_leavesTheColumnsAndKeepsTheChecksum(FileFixture database) throws SQLException {
    RecordTimes late = new RecordTimes(1, RecordTimes.NEVER, RecordTimes.NEVER);
    try (database;
        Archive<String, Long> archive = open(database, String.class, Long.class)) {
      long version = archive.put("a", 20L, RecordTimes.expiringAfter(4_000_000_000_000L, 5));
      assertTrue(archive.touch("a", version, late));
      assertEquals(late, archive.entry("a").times());
      assertEquals("20|1;", query(database, "\"value\", \"created\"", "\"key\" IS NOT NULL"));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void reopening_withOtherTypes_keepsTheColumns(FileFixture database) throws SQLException {
    try (database) {
      try (Archive<String, Long> archive = open(database, String.class, Long.class)) {
        archive.put("a", 20L);
      }
      try (Archive<Object, Object> archive = open(database, Object.class, Object.class)) {
        assertEquals(20L, archive.get("a"));
        archive.put(7, "seven");
        archive.put("b", 21L);
        assertEquals("41;", query(database, "SUM(\"value\")", "1 = 1"));
        assertEquals("seven", archive.get(7));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void reopening_asSerialized_keepsTheColumns(FileFixture database) throws SQLException {
    try (database) {
      try (Archive<String, Long> archive = open(database, String.class, Long.class)) {
        archive.put("a", 20L);
      }
      try (Archive<String, Long> archive =
          Archives.open(
              database.uri(),
              ArchiveConfiguration.builder(String.class, Long.class).namespace("orders").build())) {
        assertEquals(20L, archive.get("a"));
        archive.put("b", 21L);
        assertTrue(archive.store().capabilities().contains(Capability.FOREIGN_READABLE));
      }
      assertEquals("41;", query(database, "SUM(\"value\")", "1 = 1"));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void typeWithoutColumn_isRefusedByName(FileFixture database) {
    try (database) {
      ArchiveException refused =
          assertThrows(
              ArchiveException.class, () -> open(database, String.class, double[].class).close());
      assertTrue(refused.getMessage().contains("double[]"), refused.getMessage());
    }
  }
}
