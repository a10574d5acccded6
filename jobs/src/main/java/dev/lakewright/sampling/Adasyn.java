package dev.lakewright.sampling;

import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;

/**
 * ADASYN (He, Bai, Garcia, Li, 2008, algorithm 1): SMOTE whose rows go to each base in proportion
 * to the share of other classes among its nearest rows. Shares are rounded so that they sum to the
 * rows asked for; where no row has a neighbour of another class, all rows get the same.
 */
record Adasyn(int neighbours) implements OverSampling {

  @Override
  public void make(RowsByClass rows, int label, int count, Draws draws, MadeRows out) {
    int[] members = rows.of(label);
    int[] copies = Shares.proportional(hardness(rows, label), count);
    Segments.make(rows.matrix(), members, copies, members, neighbours, draws, out);
  }

  /** Per row of a class the share of other classes among its nearest rows. */
  double[] hardness(RowsByClass rows, int label) {
    int[] members = rows.of(label);
    NeighbourTable table = NearestNeighbours.search(rows.matrix(), members, rows.all(), neighbours);
    double[] hardness = new double[members.length];
    for (int i = 0; i < members.length; i++) {
      hardness[i] = Neighbourhood.of(rows, table, i, label).hardness();
    }
    return hardness;
  }
}
