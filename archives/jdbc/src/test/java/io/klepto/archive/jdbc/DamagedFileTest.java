package io.klepto.archive.jdbc;

import static io.klepto.archive.jdbc.Samples.content;
import static io.klepto.archive.jdbc.Samples.key;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that an engine opens as if nothing were wrong, or does not let go of. */
final class DamagedFileTest {
  private static final int BLOCK_BYTES = 4_096;
  private static final int CASES = 60;

  private static Path fileOf(FileFixture database, String name) {
    return database.folder().resolve(name);
  }

  private static void fill(FileFixture database) {
    try (Store store = database.open(Samples.options("orders"))) {
      store.put(key("a"), content("one"));
    }
  }

  private static String refusal(FileFixture database) {
    return assertThrows(
            ArchiveException.class, () -> database.open(Samples.options("orders")).close())
        .getMessage();
  }

  private static void requireRestored(FileFixture database, Path file, byte[] whole)
      throws IOException {
    Path backup = Files.write(file.resolveSibling("backup"), whole);
    Files.delete(file);
    Files.move(backup, file);
    try (Store store = database.open(Samples.options("orders"))) {
      assertEquals(content("one"), store.get(key("a")).content());
    }
  }

  @Test
  void h2_cutAtAnyBlock_isRefusedAndCanBeRestored() throws IOException {
    try (FileFixture database = FileFixture.h2()) {
      fill(database);
      Path file = fileOf(database, "database.mv.db");
      byte[] whole = Files.readAllBytes(file);
      for (int length = 2 * BLOCK_BYTES; length < whole.length; length += BLOCK_BYTES) {
        Files.write(file, Arrays.copyOf(whole, length));
        String refusal = refusal(database);
        assertTrue(refusal.contains("which its header calls the last"), refusal);
      }
      requireRestored(database, file, whole);
    }
  }

  @Test
  void h2_lastChunkDamaged_isRefused() throws IOException {
    try (FileFixture database = FileFixture.h2()) {
      fill(database);
      Path file = fileOf(database, "database.mv.db");
      byte[] whole = Files.readAllBytes(file);
      String header = new String(whole, 0, BLOCK_BYTES, US_ASCII);
      int block = Integer.parseInt(header.replaceFirst("(?s).*block:([0-9a-f]+),.*", "$1"), 16);
      byte[] damaged = whole.clone();
      damaged[block * BLOCK_BYTES] ^= 1;
      Files.write(file, damaged);
      assertTrue(refusal(database).contains("which its header calls the last"));
      requireRestored(database, file, whole);
    }
  }

  @Test
  void h2_thatFailsToOpen_isLetGoOf() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (FileFixture database = FileFixture.h2()) {
      fill(database);
      Path file = fileOf(database, "database.mv.db");
      byte[] whole = Files.readAllBytes(file);
      int refused = 0;
      for (int i = 0; i < CASES; i++) {
        byte[] damaged = whole.clone();
        int from = 2 * BLOCK_BYTES + random.nextInt(whole.length - 2 * BLOCK_BYTES);
        for (int at = from; at < Math.min(whole.length, from + 64); at++) {
          damaged[at] ^= 0x5A;
        }
        Files.write(file, damaged);
        try {
          database.open(Samples.options("orders")).close();
        } catch (ArchiveException e) {
          refused++;
        }
        requireRestored(database, file, whole);
      }
      assertTrue(refused > 0, "no case was refused, seed " + seed);
    }
  }

  @Test
  void sqlite_endingWithinItsHeader_isRefusedAndCanBeRestored() throws IOException {
    try (FileFixture database = FileFixture.sqlite()) {
      fill(database);
      Path file = fileOf(database, "database");
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, 100));
      assertTrue(refusal(database).contains("100 bytes"));
      requireRestored(database, file, whole);
    }
  }

  static Stream<FileFixture> databases() {
    return Stream.of(FileFixture.h2(), FileFixture.sqlite());
  }

  private static void execute(FileFixture database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void lostCatalogue_isMissed(FileFixture database) throws SQLException {
    try (database) {
      fill(database);
      execute(database, "DROP TABLE \"klepto_catalogue\"");
      String refusal = refusal(database);
      assertTrue(refusal.contains("klepto_catalogue"), refusal);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void catalogueWithAnotherOwner_isNoReasonToBeginAnew(FileFixture database) throws SQLException {
    try (database) {
      fill(database);
      execute(
          database, "UPDATE \"klepto_catalogue\" SET \"owner\" = x'%s'".formatted("ab".repeat(32)));
      String refusal = refusal(database);
      assertTrue(refusal.contains("another owner for namespace orders"), refusal);
    }
  }
}
