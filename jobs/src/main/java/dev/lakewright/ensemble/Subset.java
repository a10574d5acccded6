package dev.lakewright.ensemble;

import dev.lakewright.matrix.RowMatrix;

/**
 * Rows that one member is trained on.
 *
 * @param rows ascending
 * @param copies of each row, at least 1
 * @param drawn rows per class, copies counted
 */
@SuppressWarnings("ArrayRecordComponent")
public record Subset(int[] rows, int[] copies, long[] drawn) {

  /** The rows of a matrix, a row drawn twice with twice its weight. */
  RowMatrix of(RowMatrix matrix) {
    float[] weights = new float[rows.length];
    for (int at = 0; at < rows.length; at++) {
      weights[at] = matrix.weight(rows[at]) * copies[at];
    }
    return matrix.select(rows, weights);
  }
}
