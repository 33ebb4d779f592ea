package io.klepto.archive.jdbc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.VerifyReport;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every column beside the record, changed by somebody else: that is damage, and named. */
final class ChangedColumnsTest {
  private static final String[] NUMBERS = {
    "version", "created", "duration", "deadline", "checksum"
  };
  private static final String[] CHANGES = {"%s + 1", "%s - 1", "0", "1", "-1"};

  @ParameterizedTest
  @EnumSource
  void changedNumber_isDamage(TestEngine engine) throws SQLException {
    requireDamage(engine, Map.of());
  }

  @ParameterizedTest
  @EnumSource
  void changedNumber_besideNativeColumns_isDamage(TestEngine engine) throws SQLException {
    requireDamage(engine, Map.of("serialized", "false"));
  }

  private static void requireDamage(TestEngine engine, Map<String, String> settings)
      throws SQLException {
    try (Database database = engine.newDatabase();
        Store store = Stores.open(database, Stores.NAMESPACE, settings)) {
      RecordTimes times = RecordTimes.expiringAfter(1_000, 2_000_000_000_000L);
      long version = store.put(Stores.key("a"), Stores.content("one"));
      assertTrue(store.touch(Stores.key("a"), version, times));
      String table = Stores.tableOf(database, Stores.NAMESPACE);
      for (String column : NUMBERS) {
        for (String change : CHANGES) {
          String name = engine.quote(column);
          String told = column + " = " + change.formatted(column);
          Object before = database.query("select " + name + " from " + table).get(0).get(0);
          set(database, table, name, change.formatted(name));
          assertThrows(DamagedRecordException.class, () -> store.get(Stores.key("a")), told);
          assertThrows(DamagedRecordException.class, () -> store.contains(Stores.key("a")), told);
          assertThrows(DamagedRecordException.class, () -> Stores.textsIn(store), told);
          set(database, table, name, before.toString());
          assertEquals("one", Stores.textOf(store.get(Stores.key("a"))));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void timesInPart_areDamage(TestEngine engine) throws SQLException {
    try (Database database = engine.newDatabase();
        Store store = Stores.open(database)) {
      long version = store.put(Stores.key("a"), Stores.content("one"));
      String table = Stores.tableOf(database, Stores.NAMESPACE);
      for (String column : NUMBERS) {
        if (!column.equals("version")) { // which is there before the first touch
          String name = engine.quote(column);
          set(database, table, name, "1");
          assertThrows(DamagedRecordException.class, () -> store.get(Stores.key("a")), column);
          set(database, table, name, "NULL");
          assertEquals("one", Stores.textOf(store.get(Stores.key("a"))));
        }
      }
      RecordTimes times = RecordTimes.expiringAfter(1_000, 2_000_000_000_000L);
      assertTrue(store.touch(Stores.key("a"), version, times));
      for (String column : NUMBERS) {
        if (!column.equals("version")) {
          String name = engine.quote(column);
          Object before = database.query("select " + name + " from " + table).get(0).get(0);
          set(database, table, name, "NULL");
          assertThrows(DamagedRecordException.class, () -> store.get(Stores.key("a")), column);
          set(database, table, name, before.toString());
          assertEquals(times, store.get(Stores.key("a")).content().times());
        }
      }
      store.put(Stores.key("a"), Stores.content("two"));
      assertEquals(Stores.content("two"), store.get(Stores.key("a")).content());
    }
  }

  private static void set(Database database, String table, String column, String value)
      throws SQLException {
    database.execute("update " + table + " set " + column + " = " + value);
  }

  @ParameterizedTest
  @EnumSource
  void rowUnderTheIdOfAnotherKey_isDamageAndSetAside(TestEngine engine) throws SQLException {
    try (Database database = engine.newDatabase();
        Store store = Stores.open(database)) {
      store.put(Stores.key("a"), Stores.content("one"));
      store.put(Stores.key("b"), Stores.content("two"));
      String table = Stores.tableOf(database, Stores.NAMESPACE);
      String column = engine.quote("key_id");
      String id = engine.bytes(Stores.key("a").bytes());
      String other = engine.bytes(Stores.key("c").bytes());
      database.execute(
          "update %s set %s = %s where %s = %s".formatted(table, column, other, column, id));
      assertNull(store.get(Stores.key("a")));
      assertThrows(DamagedRecordException.class, () -> store.get(Stores.key("c")));
      VerifyReport report = store.verify(true);
      assertEquals(1, report.damages().size());
      assertEquals(1, report.setAside().size());
      assertTrue(store.verify(false).isSound());
      assertEquals(Map.of("b", "two"), Stores.textsIn(store));
    }
  }
}
