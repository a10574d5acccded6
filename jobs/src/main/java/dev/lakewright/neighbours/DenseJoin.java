package dev.lakewright.neighbours;

import java.util.IdentityHashMap;
import java.util.Map;

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

  /** Tiles' widths of rows that are brought into the frame at once: as many as the cache holds. */
  private static final int CHUNK = 4;

  /** Above what vanishes below the smallest float. */
  private static final float LEAST = 0x1p-120f;

  private final Pairs pairs;
  private final double share;
  private final double scale;
  private final int width;
  private final int chunk;
  private final Tile tile;
  private final Tile.Group group;
  private final Kernel kernel = Kernel.fastest();
  private final Nearness found;
  private final Frame frame;

  /** By the rows' values. */
  private final Map<float[], float[]> halves = new IdentityHashMap<>();

  /**
   * Prepares to compare rows that lie in a frame.
   *
   * @param pairs which count; asked only of rows that may be near
   */
  DenseJoin(Frame frame, Pairs pairs) {
    int columns = frame.center().length;
    this.pairs = pairs;
    this.frame = frame;
    this.share = 1 - 2 * (columns + 32) * UNIT;
    this.scale = (double) frame.factor() * frame.factor();
    this.width = Tile.width(columns);
    this.tile = new Tile(frame);
    this.chunk = CHUNK * width;
    this.group = new Tile.Group(frame, chunk);
    this.found = new Nearness(width);
  }

  /** Compares each row of a selection with each of another; no row is in both. */
  void between(Side x, int[] xs, Side y, int[] ys) {
    for (int from = 0; from < xs.length; from += chunk) {
      load(x, xs, from, Math.min(chunk, xs.length - from));
      for (int other = 0; other < ys.length; other += width) {
        loadTile(y, ys, other, Math.min(width, ys.length - other));
        compare(new Block(x, xs, from, y, ys, other, false));
      }
    }
  }

  /** Compares each row with those of the others that it meets; no row is in both. */
  void stepwise(Side x, Side y, Staircase steps) {
    int[] xs = steps.rows();
    int[] ys = steps.others();
    for (int from = 0; from < steps.count(); from += chunk) {
      int count = Math.min(chunk, steps.count() - from);
      load(x, xs, from, count);
      for (int other = 0; other < steps.end(from); other += width) {
        loadTile(y, ys, other, Math.min(width, steps.end(from) - other));
        Block block = new Block(x, xs, from, y, ys, other, false);
        for (int first = 0;
            first < count && steps.end(from + first) > other;
            first += Kernel.GROUP) {
          tile.shorten(Math.min(width, steps.end(from + first) - other));
          compare(block, first, Math.min(Kernel.GROUP, count - first));
        }
      }
    }
  }

  /** Compares each pair of a selection once. */
  void within(Side x, int[] xs) {
    for (int from = 0; from < xs.length; from += chunk) {
      load(x, xs, from, Math.min(chunk, xs.length - from));
      for (int other = from; other < xs.length; other += width) {
        loadTile(x, xs, other, Math.min(width, xs.length - other));
        compare(new Block(x, xs, from, x, xs, other, true));
      }
    }
  }

  private void load(Side x, int[] xs, int from, int count) {
    DenseRows rows = (DenseRows) x.rows();
    group.fill(rows, halves(rows), xs, from, count);
  }

  private void loadTile(Side y, int[] ys, int from, int count) {
    DenseRows rows = (DenseRows) y.rows();
    tile.fill(rows, halves(rows), ys, from, count);
    for (int j = 0; j < count; j++) {
      found.tileLimits()[j] = limit(y, ys[from + j]);
    }
  }

  private float[] halves(DenseRows rows) {
    return halves.computeIfAbsent(rows.values(), all -> Tile.halves(frame, rows, share));
  }

  /** The least value of minus half the squared distance with which a row may enter a list. */
  private float limit(Side side, int row) {
    float half = (float) (side.lists().bound(row) * scale * (0.5 + 4 * UNIT));
    return -half - LEAST;
  }

  /**
   * Some rows against a tile.
   *
   * @param triangle whether both are of one selection, and a row meets only those after it
   */
  private record Block(Side x, int[] xs, int from, Side y, int[] ys, int other, boolean triangle) {

    /** The first row of the tile that a row meets. */
    int firstMet(int row) {
      return triangle ? Math.max(0, from + row + 1 - other) : 0;
    }
  }

  private void compare(Block block) {
    int count = Math.min(chunk, block.xs.length - block.from);
    for (int first = 0; first < count; first += Kernel.GROUP) {
      if (block.firstMet(first) < tile.count()) {
        compare(block, first, Math.min(Kernel.GROUP, count - first));
      }
    }
  }

  private void compare(Block block, int first, int rows) {
    for (int i = 0; i < Kernel.GROUP; i++) {
      found.rowLimits()[i] =
          i < rows ? limit(block.x, block.xs[block.from + first + i]) : Float.POSITIVE_INFINITY;
    }
    kernel.compare(group, first, tile, found);
    scan(block, first, rows);
  }

  private void scan(Block block, int first, int rows) {
    int met = block.firstMet(first);
    int count = tile.count();
    for (int run = met & -Kernel.RUN; run < count; run += Kernel.RUN) {
      // hardly ever
      for (long near = found.near()[run / Kernel.RUN]; near != 0; near &= near - 1) {
        int j = run + Long.numberOfTrailingZeros(near);
        if (j >= met && j < count) {
          consider(block, first, rows, j);
        }
      }
    }
  }

  private void consider(Block block, int first, int rows, int j) {
    int otherRow = block.ys[block.other + j];
    float[] limits = found.rowLimits();
    float[] otherLimits = found.tileLimits();
    for (int i = 0; i < rows && j >= block.firstMet(first + i); i++) {
      int row = block.xs[block.from + first + i];
      if (found.values()[i][j] >= Math.min(limits[i], otherLimits[j])
          && pairs.contain(block.x, row, block.y, otherRow)) {
        double square = block.x.rows().square(row, block.y.rows(), otherRow);
        block.x.offer(row, block.y, otherRow, square);
        block.y.offer(otherRow, block.x, row, square);
        limits[i] = limit(block.x, row);
        otherLimits[j] = limit(block.y, otherRow);
      }
    }
  }
}
