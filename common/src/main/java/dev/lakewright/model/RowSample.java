package dev.lakewright.model;

import java.io.Serializable;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The numbers of the rows with the smallest keys: a uniform sample that does not depend on the
 * order of the rows, and all of them while they are few.
 */
final class RowSample implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Rows kept: quantiles of a larger table are off by about one hundredth at most. */
  static final int CAPACITY = 10_000;

  private static final class Entry implements Serializable {
    private static final long serialVersionUID = 1L;
    final long key;
    final double[] numbers;

    Entry(long key, double[] numbers) {
      this.key = key;
      this.numbers = numbers;
    }

    long key() {
      return key;
    }
  }

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          (Comparator<Entry> & Serializable) (a, b) -> Long.compare(b.key(), a.key()));

  void add(long key, double[] numbers) {
    if (entries.size() < CAPACITY) {
      entries.add(new Entry(key, numbers.clone()));
    } else if (key < entries.element().key) {
      entries.remove();
      entries.add(new Entry(key, numbers.clone()));
    }
  }

  void add(RowSample other) {
    other.entries.forEach(entry -> add(entry.key, entry.numbers));
  }

  /** Present values of a column, ascending. */
  double[] sorted(int column) {
    return entries.stream()
        .mapToDouble(entry -> entry.numbers[column])
        .filter(value -> !Double.isNaN(value))
        .sorted()
        .toArray();
  }

  /**
   * The value below which a share of ascending values lies, interpolated (Hyndman and Fan's type
   * 7).
   */
  static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
