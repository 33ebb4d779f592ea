package io.klepto.archive.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TableStampTest {
  private static final TableStamp STAMP =
      new TableStamp("native string long", Map.of("codec", "kryo", "a'b \0\uD800]", "*/ =%"));

  /** What stands in databases must be read for ever. */
  @Test
  void text_isTheFormatOfVersionOne() {
    assertEquals(
        "klepto-table 1 [packed] codec=kryo keys=canonical-1 crc32c=",
        new TableStamp("packed", Map.of("keys", "canonical-1", "codec", "kryo"))
            .text()
            .replaceFirst("[0-9a-f]{8}$", ""));
    assertEquals(
        "klepto-table 1 [packed] crc32c=",
        new TableStamp("packed", Map.of()).text().replaceFirst("[0-9a-f]{8}$", ""));
  }

  @Test
  void text_roundTrips() {
    assertEquals(STAMP, TableStamp.of(STAMP.text(), "x"));
    TableStamp bare = new TableStamp("packed", Map.of());
    assertEquals(bare, TableStamp.of(bare.text(), "x"));
    assertTrue(STAMP.text().matches("[ -~]*"), STAMP.text());
    assertTrue(!STAMP.text().contains("'") && !STAMP.text().contains("*/"), STAMP.text());
  }

  @Test
  void everyChangedCharacter_isRefused() {
    String text = STAMP.text();
    for (int i = 0; i < text.length(); i++) {
      String changed = text.substring(0, i) + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
      assertThrows(ArchiveException.class, () -> TableStamp.of(changed, "x"), changed);
      String cut = text.substring(0, i);
      assertThrows(ArchiveException.class, () -> TableStamp.of(cut, "x"), cut);
    }
  }

  @Test
  void anotherVersion_isRefusedByName() {
    ArchiveException refused =
        assertThrows(
            ArchiveException.class,
            () -> TableStamp.of(STAMP.text().replace("table 1 ", "table 2 "), "archive x"));
    assertTrue(
        refused.getMessage().contains("archive x: expected format version 1, found 2"),
        refused.getMessage());
  }
}
