package dev.lakewright.neighbours;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;

/** Rows made up for tests, and the search that needs no cleverness. */
final class Rows {

  private Rows() {}

  static RowMatrix random(int rows, int columns, double density, Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RowMatrix matrix = new RowMatrix(columns);
    SparseVector vector = new SparseVector();
    for (int row = 0; row < rows; row++) {
      vector.clear();
      for (int column = 0; column < columns; column++) {
        if (random.nextDouble() < density) {
          vector.add(column, (float) shape.value(random, column));
        }
      }
      matrix.add(vector, 0, 1);
    }
    return matrix;
  }

  static RowMatrix matrix(float[][] rows) {
    RowMatrix matrix = new RowMatrix(rows[0].length);
    SparseVector vector = new SparseVector();
    for (float[] row : rows) {
      vector.clear();
      for (int column = 0; column < row.length; column++) {
        vector.add(column, row[column]);
      }
      matrix.add(vector, 0, 1);
    }
    return matrix;
  }

  static NeighbourTable exhaustive(RowMatrix matrix, int[] queries, int[] candidates, int k) {
    float[][] rows = dense(matrix);
    int[] found = new int[queries.length * k];
    double[] squares = new double[queries.length * k];
    Arrays.fill(found, -1);
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
    for (int i = 0; i < queries.length; i++) {
      int query = queries[i];
      int[] nearest =
          Arrays.stream(candidates)
              .filter(candidate -> candidate != query)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer row) -> square(rows[query], rows[row]))
                      .thenComparing(Comparator.naturalOrder()))
              .limit(k)
              .mapToInt(Integer::intValue)
              .toArray();
      for (int rank = 0; rank < nearest.length; rank++) {
        found[i * k + rank] = nearest[rank];
        squares[i * k + rank] = square(rows[query], rows[nearest[rank]]);
      }
    }
    return new NeighbourTable(k, found, squares);
  }

  private static float[][] dense(RowMatrix matrix) {
    float[][] rows = new float[matrix.rows()][matrix.features()];
    for (int row = 0; row < rows.length; row++) {
      for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
        rows[row][matrix.columns()[at]] = matrix.values()[at];
      }
    }
    return rows;
  }

  /** In the four sums that RowBlock specifies. */
  static double square(float[] a, float[] b) {
    double[] sums = new double[4];
    for (int column = 0; column < a.length; column++) {
      double difference = (double) a[column] - b[column];
      sums[column % 4] += difference * difference;
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }
}
