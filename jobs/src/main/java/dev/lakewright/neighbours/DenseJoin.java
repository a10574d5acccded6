package dev.lakewright.neighbours;

/**
 * Compares dense rows with dense rows and keeps the nearest, exactly: tile by tile in single
 * precision, and what may be near enough again in double precision.
 *
 * <p>The error of {@code |a|² + |b|² − 2ab} in single precision, roundings of coordinates, lengths
 * and bounds included, is below {@code 2u (n + 32) (|a|² + |b|²)} for n columns and u = 2^-24
 * (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1). So lengths are taken
 * that much shorter, and no near row is missed. Of no use to two threads at once.
 */
final class DenseJoin {

  /** Pairs of rows of two sides. */
  interface Pairs {

    boolean contain(Side x, int row, Side y, int otherRow);

    /** All but those of a row with itself, where a key names one row. */
    static boolean ofTwoKeys(Side x, int row, Side y, int otherRow) {
      return x.rows().keys()[row] != y.rows().keys()[otherRow];
    }

    /** All. */
    static boolean any(Side x, int row, Side y, int otherRow) {
      return true;
    }
  }

  private static final double UNIT = 0x1p-24;

  /** Above what vanishes below the smallest float. */
  private static final float LEAST = 0x1p-120f;

  private final Pairs pairs;
  private final double share;
  private final double scale;
  private final int width;
  private final Tile tile;
  private final Tile.Group group;
  private final float[][] out;
  private final float[] limits;
  private final float[] ownLimits = new float[Tile.GROUP];

  /**
   * Prepares to compare rows that lie in a frame.
   *
   * @param pairs which count; asked only of rows that may be near
   */
  DenseJoin(Frame frame, Pairs pairs) {
    int columns = frame.center().length;
    this.pairs = pairs;
    this.share = 1 - 2 * (columns + 32) * UNIT;
    this.scale = (double) frame.factor() * frame.factor();
    this.width = Tile.width(columns);
    this.tile = new Tile(frame);
    this.group = new Tile.Group(frame, width);
    this.out = new float[Tile.GROUP][width];
    this.limits = new float[width];
  }

  /** Compares each row of a selection with each of another; no row is in both. */
  void between(Side x, int[] xs, Side y, int[] ys) {
    for (int from = 0; from < xs.length; from += width) {
      int count = Math.min(width, xs.length - from);
      group.fill((DenseRows) x.rows(), xs, from, count, share);
      for (int other = 0; other < ys.length; other += width) {
        load(y, ys, other);
        compare(new Block(x, xs, from, count, y, ys, other, false));
      }
    }
  }

  /** Compares each pair of a selection once. */
  void within(Side x, int[] xs) {
    for (int from = 0; from < xs.length; from += width) {
      int count = Math.min(width, xs.length - from);
      group.fill((DenseRows) x.rows(), xs, from, count, share);
      for (int other = from; other < xs.length; other += width) {
        load(x, xs, other);
        compare(new Block(x, xs, from, count, x, xs, other, other == from));
      }
    }
  }

  private void load(Side y, int[] ys, int from) {
    int count = Math.min(width, ys.length - from);
    tile.fill((DenseRows) y.rows(), ys, from, count, share);
    for (int j = 0; j < count; j++) {
      limits[j] = limit(y, ys[from + j]);
    }
  }

  /** The least value of minus half the squared distance with which a row may enter a list. */
  private float limit(Side side, int row) {
    float half = (float) (side.lists().bound(row) * scale * (0.5 + 4 * UNIT));
    return -half - LEAST;
  }

  /** Some rows against a tile; on the diagonal, a row only against those after it. */
  private record Block(
      Side x, int[] xs, int from, int count, Side y, int[] ys, int other, boolean diagonal) {}

  private void compare(Block block) {
    for (int first = 0; first < block.count; first += Tile.GROUP) {
      tile.compare(group, first, out);
      int rows = Math.min(Tile.GROUP, block.count - first);
      for (int i = 0; i < Tile.GROUP; i++) {
        ownLimits[i] =
            i < rows ? limit(block.x, block.xs[block.from + first + i]) : Float.POSITIVE_INFINITY;
      }
      scan(block, first, rows);
    }
  }

  private void scan(Block block, int first, int rows) {
    float[] out0 = out[0];
    float[] out1 = out[1];
    float[] out2 = out[2];
    float[] out3 = out[3];
    int count = tile.count();
    float own = leastOwnLimit();
    for (int j = block.diagonal ? first + 1 : 0; j < count; j++) {
      float limit = Math.min(own, limits[j]);
      // one jump for the four, which is hardly ever taken
      if (out0[j] >= limit | out1[j] >= limit | out2[j] >= limit | out3[j] >= limit) {
        consider(block, first, rows, j);
        own = leastOwnLimit();
      }
    }
  }

  private float leastOwnLimit() {
    return Math.min(Math.min(ownLimits[0], ownLimits[1]), Math.min(ownLimits[2], ownLimits[3]));
  }

  private void consider(Block block, int first, int rows, int j) {
    int otherRow = block.ys[block.other + j];
    for (int i = 0; i < rows && !(block.diagonal && first + i >= j); i++) {
      int row = block.xs[block.from + first + i];
      if (out[i][j] >= Math.min(ownLimits[i], limits[j])
          && pairs.contain(block.x, row, block.y, otherRow)) {
        double square = block.x.rows().square(row, block.y.rows(), otherRow);
        block.x.offer(row, block.y, otherRow, square);
        block.y.offer(otherRow, block.x, row, square);
        ownLimits[i] = limit(block.x, row);
        limits[j] = limit(block.y, otherRow);
      }
    }
  }
}
