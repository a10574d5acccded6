package dev.lakewright.neighbours;

/**
 * Compares rows on a grid, and what may be near enough again in double precision, so that it finds
 * what {@link DenseJoin} finds. Of no use to two threads at once.
 */
final class CoarseJoin {

  private final int width;
  private final CoarseTile tile;
  private final CoarseMeeting meeting;
  private final CoarseKernel kernel = CoarseKernel.fastest();

  CoarseJoin(int columns) {
    this.width = Tile.width(columns);
    this.tile = new CoarseTile(columns);
    this.meeting = new CoarseMeeting(width);
  }

  /** A side with its rows on the grid. */
  record Placed(Side side, CoarseRows rows) {

    void offer(int row, Placed other, int otherRow, double square) {
      if (square <= side.lists().bound(row)) {
        side.offer(row, other.side, otherRow, square);
        rows.narrow(row, side.lists().bound(row));
      }
    }
  }

  /**
   * Compares each row with those of the others that it meets, but for rows that look farther than
   * the grid tells; no row is in both.
   */
  void stepwise(Placed x, Placed y, Staircase steps) {
    int most = steps.count() == 0 ? 0 : steps.end(0);
    for (int other = 0; other < most; other += width) {
      tile.fill(y.rows, steps.others(), other, Math.min(width, most - other));
      for (int first = 0;
          first < steps.count() && steps.end(first) > other;
          first += Kernel.GROUP) {
        int count = Math.min(width, steps.end(first) - other);
        int rows = Math.min(Kernel.GROUP, steps.count() - first);
        load(x.rows, steps.rows(), first, rows);
        kernel.compare(x.rows.values(), meeting, tile, count);
        scan(x, y, steps, first, rows, other, count);
      }
    }
  }

  /** Missing rows are like the last. */
  private void load(CoarseRows rows, int[] positions, int first, int count) {
    for (int i = 0; i < Kernel.GROUP; i++) {
      int row = positions[first + Math.min(i, count - 1)];
      meeting.starts()[i] = row * rows.pairs();
      meeting.halves()[i] = rows.halves()[row];
      meeting.wanted()[i] = rows.halves()[row] + rows.limits()[row];
    }
  }

  private void scan(
      Placed x, Placed y, Staircase steps, int first, int rows, int other, int count) {
    for (int run = 0; run < count; run += Kernel.RUN) {
      for (long near = meeting.near()[run / Kernel.RUN]; near != 0; near &= near - 1) {
        int j = run + Long.numberOfTrailingZeros(near);
        if (j < count) {
          for (int i = 0; i < rows; i++) {
            if (meeting.near(i, tile, j)) {
              consider(x, steps.rows()[first + i], i, y, steps.others()[other + j], j);
            }
          }
        }
      }
    }
  }

  private void consider(Placed x, int row, int i, Placed y, int otherRow, int j) {
    if (x.rows.wide(row) || y.rows.wide(otherRow)) {
      return;
    }
    double square = x.side.rows().square(row, y.side.rows(), otherRow);
    x.offer(row, y, otherRow, square);
    y.offer(otherRow, x, row, square);
    meeting.wanted()[i] = meeting.halves()[i] + x.rows.limits()[row];
    tile.wanted()[j] = tile.halves()[j] + y.rows.limits()[otherRow];
  }
}
