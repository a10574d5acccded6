package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Rows on segments from base rows to their neighbours. */
final class Segments {

  private Segments() {}

  /**
   * Appends rows between each base and one of its nearest candidates drawn at random, at a uniform
   * share of the way: {@code base + gap × (neighbour - base)} (Chawla et al., 2002, section 4.2).
   * To a neighbour of another class it goes at most half way (Han et al., 2005, section 3).
   *
   * @param copies per base how many rows
   */
  static void make(
      RowMatrix matrix,
      int[] bases,
      int[] copies,
      int[] candidates,
      int neighbours,
      Draws draws,
      MadeRows out) {
    int[] used = places(copies);
    int[] queries = Arrays.stream(used).map(place -> bases[place]).toArray();
    NeighbourTable table = NearestNeighbours.search(matrix, queries, candidates, neighbours);
    SparseVector vector = new SparseVector();
    for (int query = 0; query < queries.length; query++) {
      int base = queries[query];
      int known = known(table, query);
      for (int copy = 0; copy < copies[used[query]]; copy++) {
        int other = table.row(query, draws.below(known, Draws.Use.NEIGHBOUR, base, copy));
        double reach = matrix.label(other) == matrix.label(base) ? 1 : 0.5;
        double gap = reach * draws.uniform(Draws.Use.GAP, base, copy);
        Segment.read(matrix, base, other, gap, vector);
        out.add(vector, Segment.weight(matrix, base, other), Origin.BETWEEN, base, other);
      }
    }
  }

  private static int[] places(int[] copies) {
    return IntStream.range(0, copies.length).filter(place -> copies[place] > 0).toArray();
  }

  /** How many neighbours were found for a query. */
  static int known(NeighbourTable table, int query) {
    int known = 0;
    while (known < table.width() && table.row(query, known) >= 0) {
      known++;
    }
    return known;
  }
}
