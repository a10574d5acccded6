package dev.lakewright.sampling;

import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;
import dev.lakewright.neighbours.RowBlock;
import java.util.Arrays;

/**
 * NearMiss (Mani and Zhang, 2003): keeps rows by their distances to rows of the smallest class.
 *
 * @param version 1: those nearest, on average, to their nearest rows of the smallest class; 2:
 *     those nearest to their farthest rows of it; 3: of the rows that are nearest to some row of
 *     the smallest class, those farthest from their own nearest rows of it, which may be fewer than
 *     asked for
 */
record NearMiss(int version, int neighbours) implements UnderSampling {

  @Override
  public int[] select(RowsByClass rows, int label, int count, Draws draws) {
    int[] smallest = rows.of(rows.smallest());
    return switch (version) {
      case 1 -> Shares.lowest(rows.of(label), nearest(rows, rows.of(label), smallest), count);
      case 2 -> Shares.lowest(rows.of(label), farthest(rows, rows.of(label), smallest), count);
      default -> {
        int[] close = close(rows, smallest, rows.of(label));
        double[] distances = nearest(rows, close, smallest);
        Arrays.setAll(distances, i -> -distances[i]);
        yield Shares.lowest(close, distances, count);
      }
    };
  }

  /** Per row the sum of the distances to its nearest candidates. */
  private double[] nearest(RowsByClass rows, int[] members, int[] candidates) {
    NeighbourTable table = NearestNeighbours.search(rows.matrix(), members, candidates, neighbours);
    double[] sums = new double[members.length];
    for (int i = 0; i < sums.length; i++) {
      for (int rank = 0; rank < Segments.known(table, i); rank++) {
        sums[i] += Math.sqrt(table.square(i, rank));
      }
    }
    return sums;
  }

  /** Per row the sum of the distances to its farthest candidates. */
  private double[] farthest(RowsByClass rows, int[] members, int[] candidates) {
    RowBlock from = RowBlock.of(rows.matrix(), members);
    RowBlock to = RowBlock.of(rows.matrix(), candidates);
    double[] squares = new double[candidates.length];
    double[] sums = new double[members.length];
    for (int i = 0; i < sums.length; i++) {
      int member = i;
      Arrays.setAll(squares, candidate -> from.square(member, to, candidate));
      Arrays.sort(squares);
      for (int rank = Math.max(0, squares.length - neighbours); rank < squares.length; rank++) {
        sums[i] += Math.sqrt(squares[rank]);
      }
    }
    return sums;
  }

  /** The members that are among the nearest of some query, ascending. */
  private int[] close(RowsByClass rows, int[] queries, int[] members) {
    NeighbourTable table = NearestNeighbours.search(rows.matrix(), queries, members, neighbours);
    return Arrays.stream(table.rows()).filter(row -> row >= 0).sorted().distinct().toArray();
  }
}
