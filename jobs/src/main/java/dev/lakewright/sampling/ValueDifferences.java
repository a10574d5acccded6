package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;

/**
 * The value difference metric (Stanfill and Waltz, 1986; as modified by Cost and Salzberg, 1993):
 * two values of a category differ by {@code sum over classes |P(class | one) - P(class | other)|};
 * two rows by the sum of the squares over all categories.
 */
final class ValueDifferences {

  private final RowMatrix matrix;
  private final Columns columns;
  private final int classes;

  /** Per column, then per category for absence: a share per class. */
  private final double[] shares;

  private final int categories;
  private final int[] own;
  private final int[] theirs;

  ValueDifferences(RowsByClass rows, Columns columns) {
    this.matrix = rows.matrix();
    this.columns = columns;
    this.classes = rows.classes();
    this.categories = columns.categoryCount();
    this.own = new int[categories];
    this.theirs = new int[categories];
    this.shares = shares();
  }

  private double[] shares() {
    double[] counts = new double[(matrix.features() + categories) * classes];
    for (int row = 0; row < matrix.rows(); row++) {
      read(row, own);
      for (int value : own) {
        counts[value * classes + matrix.label(row)]++;
      }
    }
    for (int first = 0; first < counts.length; first += classes) {
      double sum = 0;
      for (int label = 0; label < classes; label++) {
        sum += counts[first + label];
      }
      for (int label = 0; label < classes && sum > 0; label++) {
        counts[first + label] /= sum;
      }
    }
    return counts;
  }

  /** Per category the row's column, or beyond the columns what stands for absence. */
  private void read(int row, int[] values) {
    for (int category = 0; category < categories; category++) {
      values[category] = matrix.features() + category;
    }
    for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
      values[columns.categories()[matrix.columns()[at]]] = matrix.columns()[at];
    }
  }

  /**
   * A row and its nearest other candidates, the nearest first, of equal distance the lower row.
   *
   * @param candidates ascending
   */
  int[] nearest(int row, int[] candidates, int k) {
    int[] nearest = new int[Math.min(k + 1, candidates.length)];
    double[] distances = new double[nearest.length];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    nearest[0] = row;
    distances[0] = -1;
    read(row, own);
    for (int candidate : candidates) {
      if (candidate != row) {
        insert(nearest, distances, candidate, distance(candidate));
      }
    }
    return nearest;
  }

  private static void insert(int[] nearest, double[] distances, int candidate, double distance) {
    int place = nearest.length;
    while (distance < distances[place - 1]) {
      place--;
    }
    if (place < nearest.length) {
      System.arraycopy(nearest, place, nearest, place + 1, nearest.length - place - 1);
      System.arraycopy(distances, place, distances, place + 1, nearest.length - place - 1);
      nearest[place] = candidate;
      distances[place] = distance;
    }
  }

  /** How far apart two rows are. */
  double distance(int row, int other) {
    read(row, own);
    return distance(other);
  }

  /** From the row last read. */
  private double distance(int candidate) {
    read(candidate, theirs);
    double sum = 0;
    for (int category = 0; category < categories; category++) {
      double difference = difference(own[category], theirs[category]);
      sum += difference * difference;
    }
    return sum;
  }

  private double difference(int value, int other) {
    double difference = 0;
    for (int label = 0; label < classes && value != other; label++) {
      difference += Math.abs(shares[value * classes + label] - shares[other * classes + label]);
    }
    return difference;
  }
}
