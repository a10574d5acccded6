package dev.lakewright.sampling;

import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;
import java.util.Arrays;

/**
 * Borderline-SMOTE (Han, Wang, Mao, 2005, section 3): only rows in danger are bases, those of whose
 * nearest rows at least half, but not all, are of other classes. Where no row of a class is in
 * danger, all are bases.
 *
 * @param neighbours from which the other end of a segment is drawn
 * @param borderNeighbours that tell whether a row is in danger
 * @param anyClass whether the other end may be of any class (borderline-SMOTE 2), reached at most
 *     half way if it is of another
 */
record BorderlineSmote(int neighbours, int borderNeighbours, boolean anyClass)
    implements OverSampling {

  @Override
  public void make(RowsByClass rows, int label, int count, Draws draws, MadeRows out) {
    int[] danger = danger(rows, label);
    int[] bases = danger.length > 0 ? danger : rows.of(label);
    int[] candidates = anyClass ? rows.all() : rows.of(label);
    int[] copies = Shares.even(bases, count, draws);
    Segments.make(rows.matrix(), bases, copies, candidates, neighbours, draws, out);
  }

  /** The rows of a class that are in danger. */
  int[] danger(RowsByClass rows, int label) {
    int[] members = rows.of(label);
    NeighbourTable table =
        NearestNeighbours.search(rows.matrix(), members, rows.all(), borderNeighbours);
    int[] danger = new int[members.length];
    int found = 0;
    for (int i = 0; i < members.length; i++) {
      if (Neighbourhood.of(rows, table, i, label).isInDanger()) {
        danger[found++] = members[i];
      }
    }
    return Arrays.copyOf(danger, found);
  }
}
