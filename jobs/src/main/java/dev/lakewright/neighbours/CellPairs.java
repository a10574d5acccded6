package dev.lakewright.neighbours;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Compares rows of the cells of two regions, or of one, but not those of the same cell. */
final class CellPairs {

  /** Cells whose claims are held at once. */
  private static final int BLOCK = 32;

  /** Claims of one side that are held at once, but for those of a single cell. */
  private static final int MOST_CLAIMS = 1 << 23;

  /** Cells that are compared with another while the processor's cache holds it. */
  private static final int NEAR = 4;

  private final Cells cells;
  private final double effort;
  private final Staircase steps = new Staircase();
  private final DenseJoin join;
  private final CoarseJoin coarse;
  private final CoarseJoin.Placed x;
  private final CoarseJoin.Placed y;
  private final Region a;
  private final Region b;

  /**
   * Prepares.
   *
   * @param x what is found for {@code a}, the lower region
   * @param y likewise for {@code b}; the same when the regions are
   */
  CellPairs(Cells cells, double effort, Side x, Region a, Side y, Region b) {
    Frame frame = Frame.of((DenseRows) a.rows(), (DenseRows) b.rows());
    Grid grid = Grid.of(frame, a, b);
    this.cells = cells;
    this.effort = effort;
    this.a = a;
    this.b = b;
    this.coarse = new CoarseJoin(frame.center().length);
    this.join = new DenseJoin(frame, DenseJoin.Pairs::any);
    this.x = new CoarseJoin.Placed(x, CoarseRows.of(grid, a));
    this.y = ofOne() ? this.x : new CoarseJoin.Placed(y, CoarseRows.of(grid, b));
    this.x.rows().meet(this.y.rows(), a);
    if (!ofOne()) {
      this.y.rows().meet(this.x.rows(), b);
    }
  }

  private boolean ofOne() {
    return a.number() == b.number();
  }

  /** Compares those that may be neighbours. */
  void compare() {
    boolean[][] worthwhile = worthwhile();
    int[] order = order();
    for (int from = 0; from < order.length; from += BLOCK) {
      int[] of = Arrays.copyOfRange(order, from, Math.min(order.length, from + BLOCK));
      int[] met =
          IntStream.range(0, b.cells())
              .filter(j -> Arrays.stream(of).anyMatch(i -> worthwhile[i][j]))
              .toArray();
      int step = cellsAtOnce(of);
      for (int begin = 0; begin < met.length; begin += step) {
        int end = Math.min(met.length, begin + step);
        compare(of, Arrays.copyOfRange(met, begin, end), worthwhile);
      }
    }
  }

  private int cellsAtOnce(int[] of) {
    int rows = Arrays.stream(of).map(i -> a.cellStarts()[i + 1] - a.cellStarts()[i]).sum();
    return Math.max(1, MOST_CLAIMS / Math.max(1, rows));
  }

  /** Per cell of either region: whether any of their rows may claim enough. */
  private boolean[][] worthwhile() {
    Claims.Most[] ofA = most(a);
    Claims.Most[] ofB = most(b);
    boolean[][] worthwhile = new boolean[ofA.length][ofB.length];
    for (int i = 0; i < ofA.length; i++) {
      for (int j = ofOne() ? i + 1 : 0; j < ofB.length; j++) {
        double distance = cells.distance(a.firstCell() + i, b.firstCell() + j);
        worthwhile[i][j] =
            ofA[i].on(distance, cells.scale()) + ofB[j].on(distance, cells.scale())
                >= Claims.least(cells, a.firstCell() + i, b.firstCell() + j);
      }
    }
    return worthwhile;
  }

  private Claims.Most[] most(Region region) {
    return IntStream.range(0, region.cells())
        .mapToObj(cell -> Claims.Most.of(region, cell, cells.scale(), effort))
        .toArray(Claims.Most[]::new);
  }

  /** The lower region's cells, those together that are nearest to the same other. */
  private int[] order() {
    int[] nearest = IntStream.range(0, a.cells()).map(this::nearest).toArray();
    return IntStream.range(0, a.cells())
        .boxed()
        .sorted(Comparator.comparingInt(i -> nearest[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int nearest(int cell) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < b.cells(); j++) {
      double distance = cells.distance(a.firstCell() + cell, b.firstCell() + j);
      if (distance < least && !(ofOne() && j == cell)) {
        best = j;
        least = distance;
      }
    }
    return best;
  }

  /** The rows of some cells. */
  private void compare(int[] of, int[] met, boolean[][] worthwhile) {
    Claims there = Claims.of(a, of, cells, numbers(b, met), effort);
    Claims back = Claims.of(b, met, cells, numbers(a, of), effort);
    for (int first = 0; first < of.length; first += NEAR) {
      for (int j : met) {
        for (int at = first; at < Math.min(of.length, first + NEAR); at++) {
          int i = of[at];
          if (worthwhile[i][j]) {
            int cell = a.firstCell() + i;
            int other = b.firstCell() + j;
            steps.fill(there.step(i, other), back.step(j, cell), Claims.least(cells, cell, other));
            compareCells(i, j);
          }
        }
      }
    }
  }

  private static int[] numbers(Region region, int[] of) {
    return Arrays.stream(of).map(cell -> region.firstCell() + cell).toArray();
  }

  private void compareCells(int cell, int other) {
    if (!x.rows().fit(cell) || !y.rows().fit(other)) {
      join.stepwise(x.side(), y.side(), steps);
      return;
    }
    coarse.stepwise(x, y, steps);
    if (x.rows().anyWide(cell) || y.rows().anyWide(other)) {
      compareWide();
    }
  }

  /** Pairs with rows that look farther than the grid tells: few. */
  private void compareWide() {
    int most = steps.count() == 0 ? 0 : steps.end(0);
    for (int place = 0; place < steps.count(); place++) {
      int row = steps.rows()[place];
      if (x.rows().wide(row)) {
        join.between(
            x.side(), new int[] {row}, y.side(), Arrays.copyOf(steps.others(), steps.end(place)));
      }
    }
    for (int place = 0; place < most; place++) {
      int other = steps.others()[place];
      if (y.rows().wide(other)) {
        int met = place;
        int[] rows =
            IntStream.range(0, steps.count())
                .filter(at -> steps.end(at) > met)
                .map(at -> steps.rows()[at])
                .filter(row -> !x.rows().wide(row))
                .toArray();
        join.between(x.side(), rows, y.side(), new int[] {other});
      }
    }
  }
}
