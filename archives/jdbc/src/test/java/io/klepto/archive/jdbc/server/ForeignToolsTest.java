package io.klepto.archive.jdbc.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.DamagedRecordException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Native columns as others see them: hand-written JDBC, and the shells of the engines. */
final class ForeignToolsTest {
  private static final String TABLE = "measurements";
  private static final String LINES = "alpha|1.5\nbeta|-2.25\nzoë 😀|0.125\n";

  private static <K, V> ArchiveConfiguration<K, V> nativeColumns(Class<K> key, Class<V> value) {
    return ArchiveConfiguration.builder(key, value)
        .setting("serialized", "false")
        .setting("table", TABLE)
        .build();
  }

  private static Archive<String, Double> measurements(Database database) {
    Archive<String, Double> archive =
        Archives.open(database.location(), nativeColumns(String.class, Double.class));
    archive.putAll(Map.of("alpha", 1.5, "beta", -2.25, "zoë 😀", 0.125));
    return archive;
  }

  private static String query(Database database) {
    TestEngine engine = database.engine();
    return "select %s, %s from %s order by 1"
        .formatted(engine.quote("key"), engine.quote("value"), engine.quote(TABLE));
  }

  /** Puts entries of one pair of types, and reads the columns by hand. */
  private static <K, V> List<List<Object>> columns(
      TestEngine engine, Class<K> keyType, Class<V> valueType, Map<K, V> entries)
      throws SQLException {
    try (Database database = engine.newDatabase()) {
      try (Archive<K, V> archive =
          Archives.open(database.location(), nativeColumns(keyType, valueType))) {
        archive.putAll(entries);
        entries.keySet().forEach(key -> assertEquals(entries.get(key), archive.get(key)));
      }
      return database.query(query(database));
    }
  }

  @ParameterizedTest
  @EnumSource
  void texts_areTexts(TestEngine engine) throws SQLException {
    Map<String, String> entries = new TreeMap<>(Map.of("a", "", "b", "it's \"zoë\" 😀 \\ \n%"));
    assertEquals(
        List.of(List.of("a", ""), List.of("b", entries.get("b"))),
        columns(engine, String.class, String.class, entries));
  }

  @ParameterizedTest
  @EnumSource
  void wholeNumbers_areNumbers(TestEngine engine) throws SQLException {
    List<List<Object>> rows =
        columns(engine, Integer.class, Long.class, Map.of(-7, Long.MIN_VALUE, 12, Long.MAX_VALUE));
    assertEquals(List.of(-7L, Long.MIN_VALUE), longs(rows.get(0)));
    assertEquals(List.of(12L, Long.MAX_VALUE), longs(rows.get(1)));
  }

  private static List<Long> longs(List<Object> row) {
    return row.stream().map(cell -> ((Number) cell).longValue()).toList();
  }

  @ParameterizedTest
  @EnumSource
  void fractions_areNumbers(TestEngine engine) throws SQLException {
    List<List<Object>> rows =
        columns(engine, Long.class, Double.class, Map.of(1L, 0.1, 2L, -Double.MAX_VALUE));
    assertEquals(0.1, ((Number) rows.get(0).get(1)).doubleValue());
    assertEquals(-Double.MAX_VALUE, ((Number) rows.get(1).get(1)).doubleValue());
  }

  @ParameterizedTest
  @EnumSource
  void decimals_areReadable(TestEngine engine) throws SQLException {
    BigDecimal value = new BigDecimal("-12345678901234567890.1200");
    List<List<Object>> rows = columns(engine, String.class, BigDecimal.class, Map.of("a", value));
    assertEquals(0, value.compareTo(new BigDecimal(rows.get(0).get(1).toString())));
  }

  @ParameterizedTest
  @EnumSource
  void bytes_areBytes(TestEngine engine) throws SQLException {
    try (Database database = engine.newDatabase()) {
      byte[] value = {0, -1, 7};
      try (Archive<String, byte[]> archive =
          Archives.open(database.location(), nativeColumns(String.class, byte[].class))) {
        archive.put("a", value);
        assertArrayEquals(value, archive.get("a"));
      }
      List<List<Object>> rows = database.query(query(database));
      assertEquals("a", rows.get(0).get(0));
      assertArrayEquals(value, (byte[]) rows.get(0).get(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void valueChangedByAnotherTool_isDamage(TestEngine engine) throws SQLException {
    try (Database database = engine.newDatabase();
        Archive<String, Double> archive = measurements(database)) {
      database.execute(
          "update %s set %s = 1.75 where %s = 'alpha'"
              .formatted(engine.quote(TABLE), engine.quote("value"), engine.quote("key")));
      assertThrows(DamagedRecordException.class, () -> archive.get("alpha"));
      assertEquals(-2.25, archive.get("beta"));
      assertEquals(1, archive.verify(false).damages().size());
    }
  }

  @Test
  void psql_readsNativeColumns() {
    ForeignTool psql = ForeignTool.find("psql");
    try (ServerDatabase database = (ServerDatabase) TestEngine.POSTGRES.newDatabase();
        Archive<String, Double> archive = measurements(database)) {
      assertEquals(3, archive.size());
      String url =
          "postgresql://127.0.0.1:%d/postgres?user=%s&options=-csearch_path%%3D%s"
              .formatted(database.server().port(), DatabaseServer.USER, database.container());
      assertEquals(
          LINES,
          psql.run(
              Map.of("PGPASSWORD", DatabaseServer.PASSWORD, "PGCLIENTENCODING", "UTF8"),
              List.of("-X", "-A", "-t", "-d", url, "-c", query(database))));
    }
  }

  @Test
  void mariadbShell_readsNativeColumns() {
    ForeignTool shell = ForeignTool.find("mariadb");
    try (ServerDatabase database = (ServerDatabase) TestEngine.MARIADB.newDatabase();
        Archive<String, Double> archive = measurements(database)) {
      assertEquals(3, archive.size());
      String printed =
          shell.run(
              Map.of("MYSQL_PWD", DatabaseServer.PASSWORD),
              List.of(
                  "--no-defaults",
                  "--default-character-set=utf8mb4",
                  "--batch",
                  "--skip-column-names",
                  "--host=127.0.0.1",
                  "--port=" + database.server().port(),
                  "--user=" + DatabaseServer.USER,
                  "--database=" + database.container(),
                  "--execute=" + query(database)));
      assertEquals(LINES, printed.replace('\t', '|'));
    }
  }

  @Test
  void sqliteShell_readsNativeColumns() {
    ForeignTool shell = ForeignTool.find("sqlite3");
    try (FileDatabase database = (FileDatabase) TestEngine.SQLITE.newDatabase();
        Archive<String, Double> archive = measurements(database)) {
      assertEquals(3, archive.size());
      assertEquals(
          LINES, shell.run(Map.of(), Arrays.asList(database.file().toString(), query(database))));
    }
  }
}
