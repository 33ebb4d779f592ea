package io.klepto.bench;

import java.util.ArrayList;
import java.util.List;

/** A table of text in Markdown, its columns aligned. Not thread-safe. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** Creates a table with the titles of its columns. */
  public TextTable(String... titles) {
    rows.add(List.of(titles));
  }

  /** Adds a row. */
  public void add(List<String> cells) {
    if (cells.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "expected " + rows.get(0).size() + " cells, found " + cells.size());
    }
    rows.add(List.copyOf(cells));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      for (int column = 0; column < rows.get(i).size(); column++) {
        String cell = rows.get(i).get(column);
        String gap = " ".repeat(width(column) - cell.length());
        text.append("| ").append(column == 0 ? cell + gap : gap + cell).append(' ');
      }
      text.append("|\n");
      if (i == 0) {
        for (int column = 0; column < rows.get(0).size(); column++) {
          String dashes = "-".repeat(width(column));
          text.append("| ").append(column == 0 ? dashes + " " : dashes + ":");
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
