package dev.lakewright.neighbours;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Rows that one task holds, ordered by cell, then by key.
 *
 * @param firstCell number of the first of its cells, which are consecutive
 * @param cellStarts where each cell begins, and the end of the last
 * @param nearness per row, of its own centroid, see {@link Cells.Reading}; empty where there are no
 *     cells to choose from
 * @param ranges per row, the squared distance within which its cell holds neighbours; empty before
 *     any were looked for. It does not depend on other cells, so that what depends on it does not
 *     either
 * @param bounds per row, a squared distance within which its neighbours are known to lie, no more
 *     than its range
 */
@SuppressWarnings("ArrayRecordComponent")
record Region(
    int number,
    RowBlock rows,
    int firstCell,
    int[] cellStarts,
    float[] nearness,
    double[] ranges,
    double[] bounds)
    implements Serializable {

  /** With what was found in the rows' own cells. */
  Region within(double[] newRanges) {
    return new Region(number, rows, firstCell, cellStarts, nearness, newRanges, newRanges);
  }

  /** With what was found since. */
  Region narrowed(double[] newBounds) {
    return new Region(number, rows, firstCell, cellStarts, nearness, ranges, newBounds);
  }

  int cells() {
    return cellStarts.length - 1;
  }

  /** Rows of one of its cells, counted from 0. */
  int[] cell(int cell) {
    return IntStream.range(cellStarts[cell], cellStarts[cell + 1]).toArray();
  }

  /** Number of the cell of every row. */
  int[] cellOfRows() {
    int[] cells = new int[rows.rows()];
    for (int cell = 0; cell < cells(); cell++) {
      for (int row = cellStarts[cell]; row < cellStarts[cell + 1]; row++) {
        cells[row] = firstCell + cell;
      }
    }
    return cells;
  }
}
