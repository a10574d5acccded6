package dev.lakewright.neighbours;

import java.io.Serializable;

/**
 * A region with the neighbours that its rows have in their own cells, later in all of the region.
 *
 * @param region with its bounds
 */
record SearchedRegion(Region region, NearestLists own) implements Serializable {

  static SearchedRegion of(Region region, int k) {
    Side side = Side.wanting(region.rows(), region.number(), k);
    if (region.rows() instanceof DenseRows dense) {
      DenseJoin join = new DenseJoin(Frame.of(dense), DenseJoin.Pairs::any);
      for (int cell = 0; cell < region.cells(); cell++) {
        join.within(side, region.cell(cell));
      }
    } else {
      new SparseJoin((SparseRows) region.rows()).search(side, side, true, false);
    }
    return new SearchedRegion(region.within(side.lists().bounds()), side.lists());
  }
}
