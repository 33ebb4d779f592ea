package io.klepto.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows of text under headings, in columns as wide as their widest cell: text to the left, numbers
 * to the right with their thousands grouped. For one thread.
 */
final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<Object[]> rows = new ArrayList<>();

  Table(String... headings) {
    this.headings = List.of(headings);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not one cell for each heading
   */
  void row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "row: expected " + headings.size() + " cells, found " + cells.length);
    }
    rows.add(cells.clone());
  }

  void print(PrintStream out) {
    int[] widths = headings.stream().mapToInt(String::length).toArray();
    boolean[] numbers = new boolean[widths.length];
    for (Object[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], text(row[i]).length());
        numbers[i] |= row[i] instanceof Number;
      }
    }
    print(out, headings.toArray(), widths, numbers);
    rows.forEach(row -> print(out, row, widths, numbers));
  }

  private static void print(PrintStream out, Object[] cells, int[] widths, boolean[] numbers) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String text = text(cells[i]);
      String padding = " ".repeat(widths[i] - text.length());
      line.append(i == 0 ? "" : GAP).append(numbers[i] ? padding + text : text + padding);
    }
    out.println(line.toString().stripTrailing());
  }

  private static String text(Object cell) {
    return cell instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : cell.toString();
  }
}
