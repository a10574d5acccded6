package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;

/** Standard deviations of columns. */
final class Deviations {

  private Deviations() {}

  /** Per column its population deviation over some rows; absent entries are 0. */
  static double[] of(RowMatrix matrix, int[] rows) {
    double[] means = new double[matrix.features()];
    int[] entries = new int[matrix.features()];
    for (int row : rows) {
      for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
        means[matrix.columns()[at]] += matrix.values()[at];
        entries[matrix.columns()[at]]++;
      }
    }
    double[] squares = new double[matrix.features()];
    for (int column = 0; column < means.length; column++) {
      means[column] /= rows.length;
      squares[column] = (rows.length - entries[column]) * means[column] * means[column];
    }
    for (int row : rows) {
      for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
        double distance = matrix.values()[at] - means[matrix.columns()[at]];
        squares[matrix.columns()[at]] += distance * distance;
      }
    }
    for (int column = 0; column < squares.length; column++) {
      squares[column] = Math.sqrt(squares[column] / rows.length);
    }
    return squares;
  }
}
