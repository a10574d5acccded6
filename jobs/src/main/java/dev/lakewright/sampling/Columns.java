package dev.lakewright.sampling;

import java.util.Arrays;

/**
 * Which columns are numbers and which are the values of a category. A row has at most one entry
 * among a category's columns; a row without one is of a value of its own.
 *
 * @param categories per column the category that it is a value of, numbered from 0, or -1 for a
 *     number
 */
@SuppressWarnings("ArrayRecordComponent")
public record Columns(int[] categories) {

  /** Numbers only. */
  public static Columns numbers(int columns) {
    int[] categories = new int[columns];
    Arrays.fill(categories, -1);
    return new Columns(categories);
  }

  boolean isNumber(int column) {
    return categories[column] < 0;
  }

  /** Number of categories. */
  int categoryCount() {
    return Arrays.stream(categories).max().orElse(-1) + 1;
  }

  /** Number of columns that are numbers. */
  int numberCount() {
    return (int) Arrays.stream(categories).filter(category -> category < 0).count();
  }
}
