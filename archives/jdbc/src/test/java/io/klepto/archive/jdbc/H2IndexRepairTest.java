package io.klepto.archive.jdbc;

import static io.klepto.archive.jdbc.Samples.content;
import static io.klepto.archive.jdbc.Samples.key;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An index of H2 whose keys are damaged hides rows that are whole, and the engine does not notice.
 */
final class H2IndexRepairTest {
  private static final int RECORDS = 40;
  private static final int DAMAGED = 17;

  private static String text(int number) {
    return "key number %02d".formatted(number);
  }

  private static void fill(FileFixture database) {
    try (Store store = database.open(Samples.options("orders"))) {
      for (int i = 0; i < RECORDS; i++) {
        store.put(key(text(i)), content("value " + i));
      }
    }
  }

  /** Returns where a key stands in a file: in rows and indexes, now or once. */
  private static List<Integer> placesOf(String key, byte[] file) {
    String all = new String(file, US_ASCII);
    List<Integer> places = new ArrayList<>();
    for (int at = all.indexOf(key); at >= 0; at = all.indexOf(key, at + 1)) {
      places.add(at);
    }
    return places;
  }

  @Test
  void verify_ofAKeyDamagedAnywhere_namesIt_andWithRepairBringsWholeRowsBack() throws IOException {
    try (FileFixture database = FileFixture.h2()) {
      fill(database);
      Path file = database.folder().resolve("database.mv.db");
      byte[] whole = Files.readAllBytes(file);
      int hidden = 0;
      for (int place : placesOf(text(DAMAGED), whole)) {
        byte[] damaged = whole.clone();
        damaged[place] ^= 0x40;
        Files.write(file, damaged);
        try (Store store = database.open(Samples.options("orders"))) {
          hidden += isHidden(store) ? 1 : 0;
          requireRepaired(store);
        }
        Files.write(file, whole);
      }
      assertTrue(hidden > 0, "no damage has hidden a row");
    }
  }

  /** Returns whether a row is not found that is there; it must be missed. */
  private static boolean isHidden(Store store) {
    StoreRecord found;
    try {
      found = store.get(key(text(DAMAGED)));
    } catch (DamagedRecordException e) {
      return false;
    }
    List<String> damages = store.verify(false).damages();
    assertTrue(found != null || !damages.isEmpty(), "a row is missing, and nobody says so");
    return damages.stream().anyMatch(damage -> damage.contains("not found by the index"))
        && found == null;
  }

  private static void requireRepaired(Store store) {
    VerifyReport repaired = store.verify(true);
    int setAside = repaired.setAside().size();
    assertEquals(RECORDS - setAside, repaired.records());
    assertTrue(store.verify(false).isSound());
    for (int i = 0; i < RECORDS; i++) {
      StoreRecord found = store.get(key(text(i)));
      if (i == DAMAGED && setAside == 1) {
        assertNull(found);
      } else {
        assertEquals(content("value " + i), found.content());
      }
    }
  }

  /** Where two rows have one key, no index can be made: both stay, and nothing wrong comes out. */
  @Test
  void verify_ofTwoRowsOfOneKey_namesThem_andKeepsBoth() throws IOException {
    try (FileFixture database = FileFixture.h2()) {
      fill(database);
      Path file = database.folder().resolve("database.mv.db");
      byte[] whole = Files.readAllBytes(file);
      String other = text(DAMAGED - 1);
      boolean metTwo = false;
      for (int place : placesOf(text(DAMAGED), whole)) {
        byte[] damaged = whole.clone();
        damaged[place + other.length() - 1] = (byte) other.charAt(other.length() - 1);
        Files.write(file, damaged);
        try (Store store = database.open(Samples.options("orders"))) {
          List<String> damages = store.verify(true).damages();
          boolean two = damages.stream().anyMatch(damage -> damage.contains("Unique index"));
          metTwo |= two;
          assertEquals(two, !store.verify(false).isSound());
          assertEquals(content("value " + (DAMAGED - 1)), store.get(key(other)).content());
        }
        Files.write(file, whole);
      }
      assertTrue(metTwo, "no damage made a second row");
    }
  }

  /** A process may have died between two steps of a repair. */
  @Test
  void verify_afterARepairThatWasBrokenOff_goesOnWithIt() throws SQLException {
    try (FileFixture database = FileFixture.h2()) {
      fill(database);
      String table = tableOf(database);
      try (Connection connection = database.connect()) {
        String standby = table.substring(0, table.length() - 1) + "_again\"";
        Dialect.execute(
            connection,
            "CREATE UNIQUE INDEX %s ON %s (\"key_id\")".formatted(standby, table),
            "ALTER TABLE %s DROP PRIMARY KEY".formatted(table));
      }
      try (Store store = database.open(Samples.options("orders"))) {
        assertFalse(store.verify(false).isSound());
        requireRepaired(store);
      }
    }
  }

  /** Returns the only table of records, quoted. */
  private static String tableOf(FileFixture database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT \"table_name\" FROM \"klepto_catalogue\"")) {
      assertTrue(rows.next());
      return '"' + rows.getString(1) + '"';
    }
  }
}
