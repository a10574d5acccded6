package dev.lakewright.sampling;

import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Tomek links (Tomek, 1976): two rows of different classes, each the nearest of the other. Rows of
 * links are removed where their class may be.
 */
record TomekLinks() implements Cleaning {

  @Override
  public int[] keep(RowsByClass rows, boolean[] cleaned, Draws draws) {
    return keep(rows, rows.all(), cleaned);
  }

  /** Those that stay of some rows, ascending, as if there were no others. */
  static int[] keep(RowsByClass rows, int[] some, boolean[] cleaned) {
    NeighbourTable table = NearestNeighbours.search(rows.matrix(), some, some, 1);
    int[] nearest = new int[rows.matrix().rows()];
    Arrays.fill(nearest, -1);
    for (int i = 0; i < some.length; i++) {
      nearest[some[i]] = table.row(i, 0);
    }
    return IntStream.of(some)
        .filter(row -> !cleaned[rows.label(row)] || !isLinked(rows, row, nearest))
        .toArray();
  }

  private static boolean isLinked(RowsByClass rows, int row, int[] nearest) {
    int other = nearest[row];
    return other >= 0 && nearest[other] == row && rows.label(other) != rows.label(row);
  }
}
