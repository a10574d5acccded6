package dev.lakewright.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A split of rows in two along an axis. Ordered axes are cut between neighbours; absence may join
 * either side or be one. Choices part into those of low and those of high mean, which holds the
 * best of all partitions (Breiman et al., "Classification and Regression Trees", 1984).
 *
 * @param left the cells of the axis that belong to one side
 * @param gain how much the sum of squared errors falls
 */
@SuppressWarnings("ArrayRecordComponent") // neither compared nor printed
record Split(int axis, boolean[] left, double gain) {

  /** Gains closer than this are equal: the axis that comes first, a parent, keeps the split. */
  private static final double EQUAL = 1e-9;

  /** A gain below this share of the sum of squares is rounding. */
  private static final double ROUNDING = 1e-12;

  /**
   * The best split of some rows; empty when none gains.
   *
   * @param least rows of a side
   */
  static Optional<Split> best(CellRows data, int[] rows, int least) {
    double squares = 0;
    for (int row : rows) {
      squares += data.scores()[row] * data.scores()[row];
    }
    Split best = new Split(-1, new boolean[0], ROUNDING * squares);
    for (int axis = 0; axis < data.axes().size(); axis++) {
      best = new Along(data, axis, rows).best(best, least);
    }
    return best.axis() < 0 ? Optional.empty() : Optional.of(best);
  }

  /** Rows summed up by their cells along one axis. */
  private static final class Along {
    private final Cells cells;
    private final int axis;
    private final int[] counts;
    private final double[] sums;
    private final int rows;
    private final double sum;

    Along(CellRows data, int axis, int[] rows) {
      this.cells = data.axes().get(axis);
      this.axis = axis;
      this.rows = rows.length;
      counts = new int[cells.count()];
      sums = new double[cells.count()];
      for (int row : rows) {
        int cell = data.cells()[row][axis];
        counts[cell]++;
        sums[cell] += data.scores()[row];
      }
      sum = Arrays.stream(sums).sum();
    }

    /** The best split along this axis if it is better than another, else that one. */
    Split best(Split other, int least) {
      Split best = other;
      for (List<Integer> order : orders()) {
        int rowsLeft = 0;
        double sumLeft = 0;
        for (int i = 0; i + 1 < order.size(); i++) {
          rowsLeft += counts[order.get(i)];
          sumLeft += sums[order.get(i)];
          int rowsRight = rows - rowsLeft;
          double sumRight = sum - sumLeft;
          double gain =
              sumLeft * sumLeft / rowsLeft + sumRight * sumRight / rowsRight - sum * sum / rows;
          if (Math.min(rowsLeft, rowsRight) >= least && gain > best.gain() * (1 + EQUAL)) {
            best = new Split(axis, left(order, i + 1, rowsLeft >= rowsRight), gain);
          }
        }
      }
      return best;
    }

    /** The cells that have rows, in every order that may be cut. */
    private List<List<Integer>> orders() {
      List<Integer> present =
          IntStream.range(0, counts.length).filter(cell -> counts[cell] > 0).boxed().toList();
      if (!cells.ordered()) {
        return List.of(
            present.stream()
                .sorted(Comparator.comparingDouble(cell -> sums[cell] / counts[cell]))
                .toList());
      }
      if (!present.contains(cells.absent())) {
        return List.of(present);
      }
      IntStream absentFirst =
          IntStream.concat(
              IntStream.of(cells.absent()),
              present.stream().limit(present.size() - 1L).mapToInt(Integer::intValue));
      return List.of(present, absentFirst.boxed().toList());
    }

    /**
     * The left side, of the first cells of an order. Cells without rows go with the nearest value,
     * or, where there is no order, with the greater side.
     */
    private boolean[] left(List<Integer> order, int first, boolean leftIsGreater) {
      boolean[] left = new boolean[counts.length];
      Arrays.fill(left, leftIsGreater);
      if (cells.ordered()) {
        int last = highest(order.subList(0, first));
        int next = lowest(order.subList(first, order.size()));
        for (int cell = 0; cell < cells.absent(); cell++) {
          left[cell] = last >= 0 && (next == cells.absent() || cell <= (last + next) / 2);
        }
      }
      for (int i = 0; i < order.size(); i++) {
        left[order.get(i)] = i < first;
      }
      return left;
    }

    /** The greatest value's cell; -1 when there is only absence. */
    private int highest(List<Integer> side) {
      return side.stream().filter(cell -> cell != cells.absent()).reduce(-1, Math::max);
    }

    /** The least value's cell; that of absence when there is no other. */
    private static int lowest(List<Integer> side) {
      return side.stream().reduce(Integer.MAX_VALUE, Math::min);
    }
  }
}
