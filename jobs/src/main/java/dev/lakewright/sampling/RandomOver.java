package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;

/**
 * Random over-sampling: copies of rows, each row as often as any other up to one. With smoothing a
 * copy is scattered about its row: the smoothed bootstrap with the normal kernel of the width
 * {@code smoothing × (4 / ((columns + 2) × rows))^(1 / (columns + 4)) × deviation of the column in
 * the class} (Silverman, 1986, equation 4.14; ROSE: Menardi and Torelli, 2014). Noise falls only on
 * entries that a row has, so that sparse rows stay sparse, and on no category.
 *
 * @param smoothing at least 0; 0 gives plain copies
 */
record RandomOver(double smoothing, Columns columns) implements OverSampling {

  /** Plain copies. */
  static final RandomOver COPIES = new RandomOver(0, Columns.numbers(0));

  @Override
  public int neighbours() {
    return 0;
  }

  @Override
  public void make(RowsByClass rows, int label, int count, Draws draws, MadeRows out) {
    int[] members = rows.of(label);
    int[] copies = Shares.even(members, count, draws);
    double[] widths = smoothing > 0 ? widths(rows.matrix(), members) : new double[0];
    SparseVector vector = new SparseVector();
    for (int i = 0; i < members.length; i++) {
      if (smoothing == 0) {
        out.copy(members[i], copies[i]);
        continue;
      }
      for (int copy = 0; copy < copies[i]; copy++) {
        scatter(rows.matrix(), members[i], copy, widths, draws, vector);
        out.add(vector, rows.matrix().weight(members[i]), Origin.SCATTERED, members[i], -1);
      }
    }
  }

  private double[] widths(RowMatrix matrix, int[] members) {
    double dimensions = matrix.features();
    double constant =
        smoothing * StrictMath.pow(4 / ((dimensions + 2) * matrix.rows()), 1 / (dimensions + 4));
    double[] widths = Deviations.of(matrix, members);
    for (int column = 0; column < widths.length; column++) {
      widths[column] *= constant;
    }
    return widths;
  }

  private void scatter(
      RowMatrix matrix, int row, int copy, double[] widths, Draws draws, SparseVector out) {
    out.clear();
    for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
      int column = matrix.columns()[at];
      double value = matrix.values()[at];
      if (widths[column] > 0 && columns.isNumber(column)) {
        value += widths[column] * draws.normal(row, (long) copy * matrix.features() + column);
      }
      out.add(column, (float) value);
    }
  }
}
