package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.function.IntPredicate;

/** Rows between two rows. */
public final class Segment {

  private Segment() {}

  /**
   * Refills {@code out} with {@code from + gap * (to - from)}, whose entries are among those of
   * either row.
   *
   * @param gap on [0, 1]
   * @param columns those to fill
   */
  static void read(
      RowMatrix matrix, int from, int to, double gap, IntPredicate columns, SparseVector out) {
    out.clear();
    int left = matrix.starts()[from];
    int right = matrix.starts()[to];
    int leftEnd = matrix.starts()[from + 1];
    int rightEnd = matrix.starts()[to + 1];
    while (left < leftEnd || right < rightEnd) {
      int leftColumn = left < leftEnd ? matrix.columns()[left] : Integer.MAX_VALUE;
      int rightColumn = right < rightEnd ? matrix.columns()[right] : Integer.MAX_VALUE;
      int column = Math.min(leftColumn, rightColumn);
      double start = leftColumn == column ? matrix.values()[left++] : 0;
      double end = rightColumn == column ? matrix.values()[right++] : 0;
      float value = (float) (start + gap * (end - start));
      if (value != 0 && columns.test(column)) {
        out.add(column, value);
      }
    }
  }

  /** Refills {@code out} with {@code from + gap * (to - from)}. */
  public static void read(RowMatrix matrix, int from, int to, double gap, SparseVector out) {
    read(matrix, from, to, gap, column -> true, out);
  }

  /** Mean of two rows' weights. */
  static float weight(RowMatrix matrix, int from, int to) {
    return (float) (((double) matrix.weight(from) + matrix.weight(to)) / 2);
  }
}
