package dev.lakewright.neighbours;

import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;

/** Nearest neighbours among rows in memory, exact. */
public final class NearestNeighbours {

  private NearestNeighbours() {}

  /**
   * Finds the nearest candidates of each query. A row is never its own neighbour; rows of equal
   * content are.
   *
   * @param queries row numbers
   * @param candidates row numbers, ascending
   * @param k at least 1
   */
  public static NeighbourTable search(RowMatrix matrix, int[] queries, int[] candidates, int k) {
    int[] rows = new int[queries.length * k];
    double[] squares = new double[queries.length * k];
    Arrays.fill(rows, -1);
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
    double[] dense = new double[matrix.features()];
    for (int query = 0; query < queries.length; query++) {
      spread(matrix, queries[query], dense, 1);
      for (int candidate : candidates) {
        if (candidate != queries[query]) {
          insert(
              rows,
              squares,
              query * k,
              k,
              candidate,
              square(matrix, queries[query], candidate, dense));
        }
      }
      spread(matrix, queries[query], dense, 0);
    }
    return new NeighbourTable(k, rows, squares);
  }

  private static void spread(RowMatrix matrix, int row, double[] dense, int factor) {
    for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
      dense[matrix.columns()[at]] = factor * matrix.values()[at];
    }
  }

  private static double square(RowMatrix matrix, int query, int candidate, double[] dense) {
    double own = 0;
    double others = 0;
    for (int at = matrix.starts()[query]; at < matrix.starts()[query + 1]; at++) {
      own += (double) matrix.values()[at] * matrix.values()[at];
    }
    for (int at = matrix.starts()[candidate]; at < matrix.starts()[candidate + 1]; at++) {
      double value = matrix.values()[at];
      double met = dense[matrix.columns()[at]];
      others += (value - met) * (value - met) - met * met;
    }
    return Math.max(0, own + others);
  }

  private static void insert(
      int[] rows, double[] squares, int base, int k, int candidate, double square) {
    int place = base + k;
    while (place > base && square < squares[place - 1]) {
      place--;
    }
    for (int i = base + k - 1; i > place; i--) {
      rows[i] = rows[i - 1];
      squares[i] = squares[i - 1];
    }
    if (place < base + k) {
      rows[place] = candidate;
      squares[place] = square;
    }
  }
}
