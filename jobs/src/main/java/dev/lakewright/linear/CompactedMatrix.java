package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;

/**
 * The columns of a matrix that occur, the most frequent first: weights that are used together lie
 * together, and what never occurs costs nothing.
 *
 * @param matrix with renumbered columns
 * @param places per column of the original: its new number, or -1
 */
@SuppressWarnings("ArrayRecordComponent")
record CompactedMatrix(RowMatrix matrix, int[] places) {

  static CompactedMatrix of(RowMatrix matrix) {
    int[] columns = matrix.columns();
    int entries = matrix.starts()[matrix.rows()];
    int[] counts = new int[matrix.features()];
    for (int at = 0; at < entries; at++) {
      counts[columns[at]]++;
    }
    int[] places = places(counts, matrix.rows());
    int occurring = 0;
    for (int place : places) {
      occurring = Math.max(occurring, place + 1);
    }
    return new CompactedMatrix(matrix.renumbered(places, occurring), places);
  }

  /** A counting sort by descending count, columns of equal count in their order. */
  private static int[] places(int[] counts, int rows) {
    int[] starts = new int[rows + 2];
    for (int count : counts) {
      starts[rows - Math.min(count, rows) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    int[] places = new int[counts.length];
    for (int column = 0; column < counts.length; column++) {
      places[column] = counts[column] == 0 ? -1 : starts[rows - Math.min(counts[column], rows)]++;
    }
    return places;
  }

  /** Other rows with the same columns, without those that do not occur here. */
  RowMatrix renumber(RowMatrix other) {
    return other.selectedColumns(places, matrix.features());
  }

  /** A point of the original columns and the intercepts, without columns that do not occur. */
  double[] compact(double[] point, int outputs) {
    int weights = matrix.features() * outputs;
    double[] compacted = new double[weights + outputs];
    for (int column = 0; column < places.length; column++) {
      if (places[column] >= 0) {
        System.arraycopy(point, column * outputs, compacted, places[column] * outputs, outputs);
      }
    }
    System.arraycopy(point, places.length * outputs, compacted, weights, outputs);
    return compacted;
  }

  /**
   * Weights of the original columns, {@code features × outputs}; 0 where a column does not occur.
   */
  float[] expand(double[] point, int outputs) {
    float[] weights = new float[places.length * outputs];
    for (int column = 0; column < places.length; column++) {
      int place = places[column];
      if (place >= 0) {
        for (int k = 0; k < outputs; k++) {
          weights[column * outputs + k] = (float) point[place * outputs + k];
        }
      }
    }
    return weights;
  }
}
