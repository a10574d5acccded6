package dev.lakewright.metrics;

import dev.lakewright.metrics.WeightedMetrics.Ranking;
import java.util.Arrays;

/**
 * Rows of known label in the order of falling probability of a class, rows of equal probability as
 * they are. What a curve, and each draw of a bootstrap, asks of a row lies side by side in that
 * order.
 */
final class RankedRows {

  private final int[] order;
  private final boolean[] positive;
  private final boolean[] lastOfEqual;

  RankedRows(ScoredRows rows, int label) {
    double[] keys = new double[rows.rows()];
    int[] known = new int[rows.rows()];
    int size = 0;
    for (int row = 0; row < keys.length; row++) {
      keys[row] = rows.probability(row, label);
      if (rows.labels()[row] >= 0) {
        known[size++] = row;
      }
    }
    this.order = DescendingOrder.of(Arrays.copyOf(known, size), keys);
    this.positive = new boolean[size];
    this.lastOfEqual = new boolean[size];
    for (int at = 0; at < size; at++) {
      positive[at] = rows.labels()[order[at]] == label;
      lastOfEqual[at] = at == size - 1 || keys[order[at]] != keys[order[at + 1]];
    }
  }

  /** Rows of known label. */
  int size() {
    return order.length;
  }

  /** Whether the row at a place is of the class. */
  boolean isPositive(int at) {
    return positive[at];
  }

  /** Whether the row after a place has another probability, or there is none. */
  boolean isLastOfEqual(int at) {
    return lastOfEqual[at];
  }

  /**
   * Ranking metrics of the class against the rest.
   *
   * @param weights one per row
   */
  Ranking ranking(double[] weights) {
    double positives = 0;
    double negatives = 0;
    double area = 0;
    double precisionSum = 0;
    double equalPositives = 0;
    double equalNegatives = 0;
    for (int at = 0; at < order.length; at++) {
      if (positive[at]) {
        equalPositives += weights[order[at]];
      } else {
        equalNegatives += weights[order[at]];
      }
      if (lastOfEqual[at]) {
        // pairs in the right order, equal ones counting half
        area += equalNegatives * (positives + equalPositives / 2);
        positives += equalPositives;
        negatives += equalNegatives;
        if (equalPositives > 0) {
          precisionSum += equalPositives * positives / (positives + negatives);
        }
        equalPositives = 0;
        equalNegatives = 0;
      }
    }
    return new Ranking(
        positives * negatives == 0 ? Double.NaN : area / (positives * negatives),
        positives == 0 ? Double.NaN : precisionSum / positives);
  }
}
