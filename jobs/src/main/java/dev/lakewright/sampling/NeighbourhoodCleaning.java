package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig.Agreement;
import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;
import java.util.stream.IntStream;

/**
 * Neighbourhood cleaning rule (Laurikkala, 2001, figure 1): removes rows that most of their
 * neighbours disagree with, and the neighbours of rows of the smallest class that would be put
 * wrongly, where these are of classes with more than half as many rows. As in imbalanced-learn, a
 * row of the smallest class counts among its own neighbours when it is put.
 */
record NeighbourhoodCleaning(int neighbours) implements Cleaning {

  private static final double LARGE = 0.5;

  @Override
  public int[] keep(RowsByClass rows, boolean[] cleaned, Draws draws) {
    boolean[] kept = new boolean[rows.matrix().rows()];
    for (int row : Editing.pass(rows, rows.all(), cleaned, neighbours, Agreement.MODE)) {
      kept[row] = true;
    }
    int[] smallest = rows.of(rows.smallest());
    NeighbourTable table =
        NearestNeighbours.search(rows.matrix(), smallest, rows.all(), neighbours);
    for (int i = 0; i < smallest.length; i++) {
      if (Neighbourhood.of(rows, table, i, rows.smallest()).isPutWrongly(neighbours)) {
        neighboursOf(table, i)
            .filter(row -> cleaned[rows.label(row)] && isLarge(rows, rows.label(row)))
            .forEach(row -> kept[row] = false);
      }
    }
    return Kept.rows(kept);
  }

  private static IntStream neighboursOf(NeighbourTable table, int query) {
    return IntStream.range(0, Segments.known(table, query)).map(rank -> table.row(query, rank));
  }

  private static boolean isLarge(RowsByClass rows, int label) {
    return rows.count(label) > LARGE * rows.count(rows.smallest());
  }
}
