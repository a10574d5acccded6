package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig.Agreement;
import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;
import java.util.stream.IntStream;

/** Wilson's edit: removes rows whose neighbours are of other classes. */
final class Editing {

  private Editing() {}

  /**
   * Those that stay of some rows, ascending, as if there were no others.
   *
   * @param cleaned per class whether its rows may be removed
   */
  static int[] pass(
      RowsByClass rows, int[] some, boolean[] cleaned, int neighbours, Agreement agreement) {
    int[] judged = IntStream.of(some).filter(row -> cleaned[rows.label(row)]).toArray();
    NeighbourTable table = NearestNeighbours.search(rows.matrix(), judged, some, neighbours);
    boolean[] removed = new boolean[rows.matrix().rows()];
    for (int i = 0; i < judged.length; i++) {
      removed[judged[i]] =
          !Neighbourhood.of(rows, table, i, rows.label(judged[i])).agrees(agreement);
    }
    return IntStream.of(some).filter(row -> !removed[row]).toArray();
  }
}
