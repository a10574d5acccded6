package dev.lakewright.neighbours;

import dev.lakewright.matrix.RowMatrix;

/**
 * Squared Euclidean distances from one row to others, fast for sparse rows, and rounded otherwise
 * than those of {@link RowBlock#square}. Keeps one dense row; one per thread.
 */
public final class RowDistances {

  /** Of sums of up to a million terms. */
  private static final double ROUNDING = 1e-9;

  private final RowMatrix matrix;
  private final double[] dense;
  private int row = -1;
  private double norm;

  public RowDistances(RowMatrix matrix) {
    this.matrix = matrix;
    this.dense = new double[matrix.features()];
  }

  /** Measures from this row from now on. */
  public RowDistances from(int newRow) {
    if (row >= 0) {
      for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
        dense[matrix.columns()[at]] = 0;
      }
    }
    row = newRow;
    norm = 0;
    for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
      double value = matrix.values()[at];
      dense[matrix.columns()[at]] = value;
      norm += value * value;
    }
    return this;
  }

  /** No less than what {@link RowBlock#square} gives. */
  public double atMost(int other) {
    double square = square(other);
    return square + rounding(square);
  }

  /** No more than what {@link RowBlock#square} gives. */
  public double atLeast(int other) {
    double square = square(other);
    return square - rounding(square);
  }

  /** The terms add up to the square and twice the norm at most; of each 2^-52 is lost at most. */
  private double rounding(double square) {
    return ROUNDING * (square + norm);
  }

  /** Squared distance to another row, in time of that row's entries. */
  public double square(int other) {
    double sum = 0;
    for (int at = matrix.starts()[other]; at < matrix.starts()[other + 1]; at++) {
      double value = matrix.values()[at];
      double met = dense[matrix.columns()[at]];
      sum += (value - met) * (value - met) - met * met;
    }
    return Math.max(0, norm + sum);
  }
}
