package io.klepto.archive.jdbc;

import static io.klepto.archive.jdbc.Samples.content;
import static io.klepto.archive.jdbc.Samples.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.VerifyReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * An index whose order is damaged hides rows, and lets a put make a second row for a key, so that
 * an old value may come back later. Nothing of it shows in the rows, which are whole.
 */
final class SqliteIndexRepairTest {
  private static final int RECORDS = 40;
  private static final int POINTERS_OF_A_LEAF = 8;

  private static void fill(FileFixture database, String turn) {
    try (Store store = database.open(Samples.options("orders"))) {
      for (int i = 0; i < RECORDS; i++) {
        store.put(key("k" + i), content(turn + i));
      }
    }
  }

  /** Exchanges the first half of the cells of the index with the second, in its only page. */
  private static void shuffleIndex(FileFixture database) throws SQLException, IOException {
    int page;
    int pageBytes;
    try (Connection connection = database.connect()) {
      page =
          number(
              connection,
              "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name LIKE"
                  + " 'klepto_orders%'");
      pageBytes = number(connection, "PRAGMA page_size");
    }
    Path file = database.folder().resolve("database");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer leaf = ByteBuffer.wrap(bytes, (page - 1) * pageBytes, pageBytes).slice();
    assertEquals(10, leaf.get(0), "expected a leaf of an index");
    assertEquals(RECORDS, leaf.getShort(3));
    for (int i = 0; i < RECORDS / 2; i++) {
      int one = POINTERS_OF_A_LEAF + 2 * i;
      int other = one + RECORDS;
      short cell = leaf.getShort(one);
      leaf.putShort(one, leaf.getShort(other));
      leaf.putShort(other, cell);
    }
    Files.write(file, bytes);
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      assertTrue(rows.next(), sql);
      return rows.getInt(1);
    }
  }

  @Test
  void verify_ofAnIndexOutOfOrder_namesIt_andWithRepairBringsAllRowsBack() throws Exception {
    try (FileFixture database = FileFixture.sqlite()) {
      fill(database, "one");
      shuffleIndex(database);
      try (Store store = database.open(Samples.options("orders"))) {
        assertNull(store.get(key("k0")), "the index was expected to hide a row");
        assertFalse(store.verify(false).isSound());
        VerifyReport repaired = store.verify(true);
        assertFalse(repaired.isSound());
        assertEquals(RECORDS, repaired.records());
        assertTrue(store.verify(false).isSound());
        for (int i = 0; i < RECORDS; i++) {
          assertEquals(content("one" + i), store.get(key("k" + i)).content());
        }
      }
      fill(database, "two");
      try (Store store = database.open(Samples.options("orders"))) {
        assertEquals(RECORDS, store.size());
        assertEquals(content("two7"), store.get(key("k7")).content());
      }
    }
  }

  @Test
  void verify_ofAnIndexThatAPutWentThrough_namesTheTwoRows_andKeepsThem() throws Exception {
    try (FileFixture database = FileFixture.sqlite()) {
      fill(database, "one");
      shuffleIndex(database);
      try (Store store = database.open(Samples.options("orders"))) {
        store.put(key("k0"), content("hidden before"));
        VerifyReport repaired = store.verify(true);
        assertTrue(
            repaired.damages().stream().anyMatch(d -> d.contains("UNIQUE")),
            repaired.damages()::toString);
        assertEquals(RECORDS + 1, store.size());
      }
    }
  }
}
