package io.klepto.archive.jdbc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Store;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names of namespaces, tables and columns that SQL would take for something else. */
final class NamesTest {
  /** Names that end a quoted name, a text or a statement, and go on with one of their own. */
  private static final List<String> INJECTIONS =
      List.of(
          "x\"; drop table victim; --",
          "x'; drop table victim; --",
          "x`; drop table victim; -- ",
          "x\"\"; drop table victim; --",
          "x\\'; drop table victim; --",
          "x\\\"; drop table victim; --",
          "x') ; delete from victim; --",
          "x */ ; drop table victim; /*",
          "victim");

  private static final List<String> AWKWARD =
      List.of(
          "Orders",
          "orders",
          "ORDERS",
          "orders ",
          "a.b",
          "a..b",
          "\"a\".\"b\"",
          "a\"b",
          "a'b",
          "a`b",
          "a%b",
          "a?b",
          "a\\b",
          "select",
          "\uD83D\uDE00",
          "\uD83D\uDE01",
          "é",
          "e\u0301",
          "e",
          "l".repeat(300),
          "l".repeat(299) + "m",
          "L".repeat(300),
          "l".repeat(299));

  @ParameterizedTest
  @EnumSource
  void namespaces_ofAnyName_areApartAndHarmNothing(TestEngine engine) throws SQLException {
    try (Database database = engine.newDatabase()) {
      makeVictim(database);
      List<String> names = new ArrayList<>(AWKWARD);
      names.addAll(INJECTIONS);
      for (String name : names) {
        try (Store store = Stores.open(database, name, Map.of())) {
          assertNull(store.get(Stores.key("name")), name);
          store.put(Stores.key("name"), Stores.content(name));
        }
      }
      for (String name : names) {
        try (Store store = Stores.open(database, name, Map.of())) {
          assertEquals(Map.of("name", name), Stores.textsIn(store));
        }
      }
      try (Store store = Stores.open(database, names.get(0), Map.of())) {
        store.destroy();
      }
      for (String name : names.subList(1, names.size())) {
        try (Store store = Stores.open(database, name, Map.of())) {
          assertEquals(1, store.size(), name);
        }
      }
      requireVictim(database);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tables_ofAnyName_areThatTableOrRefused(TestEngine engine) throws SQLException {
    List<String> names = new ArrayList<>(INJECTIONS);
    names.remove("victim");
    names.addAll(List.of("Plain", "with space", "a.b", "a\"b", "a'b", "a`b", "select", "é"));
    settingOfAnyName(engine, "table", names);
  }

  @ParameterizedTest
  @EnumSource
  void columns_ofAnyName_areThatColumnOrRefused(TestEngine engine) throws SQLException {
    List<String> names =
        List.of(
            "x\" int); drop table victim; --",
            "x` int); drop table victim; -- ",
            "x' --",
            "Plain",
            "with space",
            "a.b",
            "select",
            "é");
    for (String column : List.of("id", "version", "checksum", "record")) {
      settingOfAnyName(engine, "column-" + column, names);
    }
  }

  /** Each name is either used as it stands, or refused by a message that names the setting. */
  private static void settingOfAnyName(TestEngine engine, String setting, List<String> names)
      throws SQLException {
    try (Database database = engine.newDatabase()) {
      makeVictim(database);
      for (String name : names) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("table", "archive");
        settings.put(setting, name);
        try (Store store = Stores.open(database, Stores.NAMESPACE, settings)) {
          store.put(Stores.key("name"), Stores.content(name));
          assertEquals(Map.of("name", name), Stores.textsIn(store));
          requireUsed(database, setting, settings);
          store.destroy();
        } catch (ArchiveException e) {
          ClearFailure.require(e, "setting " + setting);
        }
      }
      requireVictim(database);
    }
  }

  private static void requireUsed(Database database, String setting, Map<String, String> settings)
      throws SQLException {
    TestEngine engine = database.engine();
    String column = setting.equals("table") ? "*" : engine.quote(settings.get(setting));
    String table = engine.quote(settings.get("table"));
    assertEquals(1, database.query("select " + column + " from " + table).size());
  }

  private static void makeVictim(Database database) throws SQLException {
    database.execute("create table victim (n int)", "insert into victim values (7)");
  }

  private static void requireVictim(Database database) throws SQLException {
    List<List<Object>> rows = database.query("select n from victim");
    assertEquals(1, rows.size());
    assertTrue(rows.get(0).get(0) instanceof Number number && number.intValue() == 7);
  }
}
