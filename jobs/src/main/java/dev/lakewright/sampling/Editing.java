package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig.Agreement;
import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Wilson's edit: removes rows whose neighbours are of other classes. */
final class Editing {

  private Editing() {}

  /**
   * Those that stay of some rows, ascending, as if there were no others.
   *
   * @param cleaned per class whether its rows may be removed
   * @param agreement ALL: a row stays if all its neighbours are of its class; MODE: if its class is
   *     their most frequent one, of equally frequent ones the first
   */
  static int[] pass(
      RowsByClass rows, int[] some, boolean[] cleaned, int neighbours, Agreement agreement) {
    int[] judged = IntStream.of(some).filter(row -> cleaned[rows.label(row)]).toArray();
    NeighbourTable table = NearestNeighbours.search(rows.matrix(), judged, some, neighbours);
    boolean[] removed = new boolean[rows.matrix().rows()];
    int[] votes = new int[rows.classes()];
    for (int i = 0; i < judged.length; i++) {
      removed[judged[i]] = !agrees(rows, judged[i], table, i, agreement, votes);
    }
    return IntStream.of(some).filter(row -> !removed[row]).toArray();
  }

  private static boolean agrees(
      RowsByClass rows,
      int row,
      NeighbourTable table,
      int query,
      Agreement agreement,
      int[] votes) {
    int known = Segments.known(table, query);
    int label = rows.label(row);
    return switch (agreement) {
      case ALL -> BorderlineSmote.strangers(rows, table, query, label) == 0;
      case MODE -> known == 0 || mode(rows, table, query, known, votes) == label;
    };
  }

  /**
   * The most frequent class among a query's nearest neighbours, of equally frequent ones the first.
   *
   * @param votes scratch, one place per class
   */
  static int mode(RowsByClass rows, NeighbourTable table, int query, int known, int[] votes) {
    Arrays.fill(votes, 0);
    for (int rank = 0; rank < known; rank++) {
      votes[rows.label(table.row(query, rank))]++;
    }
    return first(votes);
  }

  /** Place of the largest number, of equal ones the first. */
  static int first(int[] votes) {
    int first = 0;
    for (int label = 1; label < votes.length; label++) {
      first = votes[label] > votes[first] ? label : first;
    }
    return first;
  }
}
