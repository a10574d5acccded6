package dev.lakewright.neighbours;

/**
 * The rows of a region on a {@link Grid}, with what tells which others may be near.
 *
 * <p>By the triangle inequality two rows are no nearer than their places on the grid, less the
 * distances of both to their places. So for a row that looks within a distance r, no others come
 * into question than those whose places are within r and these two distances. Halves of squared
 * distances between places are sums of whole numbers, and as such exact but for multiples of 2^16:
 * far rows may look near, but no near ones far.
 */
final class CoarseRows {

  /** The upper half of an integer. */
  static final int UPPER = -1 << Short.SIZE;

  /** The most half of a squared distance within which a row may look. */
  private static final double MOST_HALF = 32_000;

  /** The most that distances to places may add to the distance within which rows look. */
  private static final double MOST_EXCESS = 0.05;

  /** The most of a cell's rows that may look farther than the grid tells. */
  private static final double MOST_WIDE = 0.1;

  private final Grid grid;
  private final int pairs;
  private final int[] values;
  private final int[] halves;
  private final int[] limits;
  private final double error;
  private final double[] cellErrors;
  private final boolean[] cellFits;
  private final boolean[] wide;
  private final int[] cellWide;

  private double excess;

  /** The rows of a region, or of none where the grid is too coarse for most of them. */
  static CoarseRows of(Grid grid, Region region) {
    double error = 2 * Math.sqrt(grid.center().length / 12.0);
    double middle =
        Math.sqrt(Grid.median(region.bounds(), 0, region.bounds().length)) * grid.scale();
    return new CoarseRows(grid, region, error <= MOST_EXCESS * middle);
  }

  private CoarseRows(Grid grid, Region region, boolean fits) {
    DenseRows rows = fits ? (DenseRows) region.rows() : DenseRows.none(region.rows().columns());
    this.grid = grid;
    int columns = rows.columns();
    this.pairs = pairs(columns);
    this.values = new int[rows.rows() * pairs];
    this.halves = new int[rows.rows()];
    this.limits = new int[rows.rows()];
    this.cellErrors = new double[region.cells()];
    this.wide = new boolean[rows.rows()];
    this.cellWide = new int[region.cells()];
    this.cellFits = new boolean[region.cells()];
    short[] placed = new short[2 * pairs];
    double most = 0;
    for (int cell = 0; fits && cell < region.cells(); cell++) {
      for (int row = region.cellStarts()[cell]; row < region.cellStarts()[cell + 1]; row++) {
        int at = row * columns;
        for (int c = 0; c < columns; c++) {
          placed[c] = grid.place(rows.values()[at + c], c);
        }
        put(placed, row);
        cellErrors[cell] = Math.max(cellErrors[cell], grid.error(rows.values(), at, placed));
      }
      // rows beyond the grid
      if (cellErrors[cell] < columns) {
        most = Math.max(most, cellErrors[cell]);
      }
    }
    this.error = most;
  }

  private void put(short[] placed, int row) {
    long sum = 0;
    for (int pair = 0; pair < pairs; pair++) {
      int lower = placed[2 * pair];
      int upper = placed[2 * pair + 1];
      values[row * pairs + pair] = upper << Short.SIZE | lower & ~UPPER;
      sum += (long) lower * lower + (long) upper * upper;
    }
    halves[row] = (int) (sum / 2) << Short.SIZE;
  }

  /** Prepares to be compared with others on the same grid. */
  void meet(CoarseRows others, Region region) {
    if (limits.length == 0 || others.limits.length == 0) {
      return;
    }
    // and what the double precision of all this loses
    excess = (error + others.error) * (1 + 0x1p-20) + 0x1p-20;
    for (int cell = 0; cell < cellFits.length; cell++) {
      for (int row = region.cellStarts()[cell]; row < region.cellStarts()[cell + 1]; row++) {
        wide[row] = half(region.bounds()[row]) > MOST_HALF;
        // wide rows are compared apart
        limits[row] = limit(wide[row] ? 0 : region.bounds()[row]);
        cellWide[cell] += wide[row] ? 1 : 0;
      }
    }
    for (int cell = 0; cell < cellFits.length; cell++) {
      cellFits[cell] = fits(region, cell);
    }
  }

  private boolean fits(Region region, int cell) {
    int from = region.cellStarts()[cell];
    int to = region.cellStarts()[cell + 1];
    if (from == to || !(cellErrors[cell] <= error)) {
      return false;
    }
    double middle = Math.sqrt(Grid.median(region.bounds(), from, to)) * grid.scale();
    return cellWide[cell] <= (to - from) * MOST_WIDE && excess <= MOST_EXCESS * middle;
  }

  /** Half of the squared distance of places beyond which others are too far. */
  private double half(double bound) {
    double reach = Math.sqrt(bound) * grid.scale() * (1 + 0x1p-20) + excess;
    return reach * reach / 2;
  }

  private int limit(double bound) {
    return -((int) Math.min(MOST_HALF, Math.ceil(half(bound))) + 1) << Short.SIZE;
  }

  /** A row looks within this squared distance from now on. */
  void narrow(int row, double bound) {
    limits[row] = limit(bound);
  }

  /** Pairs that so many columns make; the odd one's partner is 0 in all rows. */
  static int pairs(int columns) {
    return (columns + 1) / 2;
  }

  int pairs() {
    return pairs;
  }

  /** Row by row, two columns to an integer, the first of them in its lower half. */
  int[] values() {
    return values;
  }

  /**
   * Half of the places' squared lengths, rounded down, but for multiples of 2^16; in the upper half
   * of an integer.
   */
  int[] halves() {
    return halves;
  }

  /** The least value, minus half a squared distance, that each row wants, likewise. */
  int[] limits() {
    return limits;
  }

  /** Whether a row looks farther than the grid tells. */
  boolean wide(int row) {
    return wide[row];
  }

  /** Whether any row of a cell looks farther than the grid tells. */
  boolean anyWide(int cell) {
    return cellWide[cell] > 0;
  }

  /** Whether the grid is fine enough for a cell, and most rows look no farther than it tells. */
  boolean fit(int cell) {
    return cellFits[cell];
  }
}
