package dev.lakewright.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows of words in aligned columns. */
final class TextTable {

  private static final int MOST_WIDTH = 60;

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    rows.add(List.of(header));
  }

  void row(Object... cells) {
    rows.add(Stream.of(cells).map(TextTable::cut).toList());
  }

  private static String cut(Object cell) {
    String text = cell.toString();
    return text.length() <= MOST_WIDTH ? text : text.substring(0, MOST_WIDTH - 1) + "…";
  }

  @Override
  public String toString() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString().stripTrailing();
  }
}
