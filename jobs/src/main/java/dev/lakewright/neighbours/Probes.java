package dev.lakewright.neighbours;

import java.util.BitSet;

/**
 * Which rows of a region look into which cells of a region. A row with cell A looks into cell B
 * when its distance to the plane between the two centroids is at most {@code effort} times the
 * distance of its k-th neighbour in A: with an effort of 1, no neighbour lies in a cell it does not
 * look into, since the segment to such a neighbour crosses the plane (Uhlmann's hyperplane bound,
 * 1991).
 */
final class Probes {

  private final int firstCell;
  private final BitSet[] rowsOfCell;

  private Probes(int firstCell, int cells, int rows) {
    this.firstCell = firstCell;
    this.rowsOfCell = new BitSet[cells];
    for (int cell = 0; cell < cells; cell++) {
      rowsOfCell[cell] = new BitSet(rows);
    }
  }

  /** The probes of a region's rows into the cells of another, or of the same, not its own cell. */
  static Probes of(Region region, Region into, Cells cells, double effort) {
    Probes probes = new Probes(into.firstCell(), into.cells(), region.rows().rows());
    int[] home = region.cellOfRows();
    double[][] distances = distances(region, into, cells);
    double unit = effort * cells.scale();
    cells
        .ruler(into.firstCell(), into.endCell())
        .measure(
            (DenseRows) region.rows(),
            (row, nearness) -> {
              double own = region.nearness()[row];
              double reach = unit * Math.sqrt(region.bounds()[row]);
              double[] ofHome = distances[home[row] - region.firstCell()];
              for (int cell = 0; cell < nearness.length; cell++) {
                if (nearness[cell] >= own - reach * ofHome[cell]) {
                  probes.rowsOfCell[cell].set(row);
                }
              }
            });
    probes.removeOwnCells(home);
    return probes;
  }

  /**
   * Where the rows of two cells look into each other so often that comparing all of them takes no
   * longer, all of one look, and none of the other.
   *
   * @param a whose rows look into cells of {@code b}
   * @param b the same region with the same probes, or another
   */
  static void settle(Probes ofA, Region a, Probes ofB, Region b) {
    boolean same = a.number() == b.number();
    for (int i = 0; i < a.cells(); i++) {
      for (int j = same ? i + 1 : 0; j < b.cells(); j++) {
        BitSet there = ofA.rowsOfCell[j];
        BitSet back = ofB.rowsOfCell[i];
        double looking = share(there, a, i) + share(back, b, j);
        if (looking >= 1) {
          there.set(a.cellStarts()[i], a.cellStarts()[i + 1]);
          back.clear(b.cellStarts()[j], b.cellStarts()[j + 1]);
        }
      }
    }
  }

  private static double share(BitSet looking, Region region, int cell) {
    int from = region.cellStarts()[cell];
    int to = region.cellStarts()[cell + 1];
    return from == to ? 0 : (double) looking.get(from, to).cardinality() / (to - from);
  }

  private static double[][] distances(Region region, Region into, Cells cells) {
    double[][] distances = new double[region.cells()][into.cells()];
    for (int a = 0; a < distances.length; a++) {
      for (int b = 0; b < distances[a].length; b++) {
        distances[a][b] = cells.distance(region.firstCell() + a, into.firstCell() + b);
      }
    }
    return distances;
  }

  private void removeOwnCells(int[] home) {
    for (int row = 0; row < home.length; row++) {
      int cell = home[row] - firstCell;
      if (cell >= 0 && cell < rowsOfCell.length) {
        rowsOfCell[cell].clear(row);
      }
    }
  }

  boolean contain(int row, int cell) {
    return rowsOfCell[cell - firstCell].get(row);
  }

  /** Rows that look into a cell, counted from the region's first. */
  int[] rows(int cell) {
    return rowsOfCell[cell].stream().toArray();
  }
}
