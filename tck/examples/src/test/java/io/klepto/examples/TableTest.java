package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columns_areAlignedAsTextOrNumbers() {
    Table table = new Table("name", "count", "what");
    table.row("a", 5, "x");
    table.row("longer", 1_234_567L, "y");
    assertEquals(
        List.of(
            "name        count  what", //
            "a               5  x",
            "longer  1,234,567  y"),
        lines(table));
  }

  @Test
  void row_withTooFewCells_isRefused() {
    assertEquals(
        "row: expected 2 cells, found 1",
        assertThrows(IllegalArgumentException.class, () -> new Table("a", "b").row("x"))
            .getMessage());
  }

  private static List<String> lines(Table table) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
