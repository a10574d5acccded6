package dev.lakewright.model;

import dev.lakewright.errors.DataException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows per value of one categorical column, and rows where it is missing. */
final class CategoryStatistics implements Serializable {

  private static final long serialVersionUID = 1L;

  /** More distinct values than this would not fit a task's memory. */
  private static final int MOST_VALUES = 1_000_000;

  private final String column;
  private final TreeMap<String, Long> counts = new TreeMap<>();
  private long missing;

  CategoryStatistics(String column) {
    this.column = column;
  }

  /** Adds a row's value; null is missing. */
  void add(String value) {
    if (value == null) {
      missing++;
    } else {
      add(value, 1);
    }
  }

  void merge(CategoryStatistics other) {
    missing += other.missing;
    other.counts.forEach(this::add);
  }

  private void add(String value, long rows) {
    counts.merge(value, rows, Long::sum);
    if (counts.size() > MOST_VALUES) {
      throw new DataException(
          ("categorical column %s has more than %d distinct values; set"
                  + " features.categorical.encode: hashed, or read it as text")
              .formatted(column, MOST_VALUES));
    }
  }

  boolean hasMissing() {
    return missing > 0;
  }

  /** At most so many values: the most frequent, then the smallest; in ascending order. */
  List<String> mostFrequent(int most) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
