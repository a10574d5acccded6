package dev.lakewright.neighbours;

import dev.lakewright.matrix.RowMatrix;

/** How rows are held while they are compared. */
public enum Density {
  DENSE,
  SPARSE;

  /**
   * The share of entries from which on a distance takes longer through inverted lists than through
   * a product of dense tiles.
   */
  private static final double DENSE_SHARE = 0.15;

  private static final int FEW_COLUMNS = 32;

  /** The faster way for these rows. */
  static Density of(RowMatrix matrix) {
    return of(matrix.rows(), matrix.features(), matrix.starts()[matrix.rows()]);
  }

  /** The faster way for rows of a width, with so many entries in all. */
  public static Density of(long rows, int columns, long entries) {
    long cells = rows * columns;
    boolean fits = cells < Integer.MAX_VALUE - 8L;
    return fits && (columns <= FEW_COLUMNS || entries >= DENSE_SHARE * cells) ? DENSE : SPARSE;
  }
}
