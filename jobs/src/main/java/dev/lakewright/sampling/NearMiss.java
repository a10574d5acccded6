package dev.lakewright.sampling;

import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;
import dev.lakewright.neighbours.RowBlock;
import dev.lakewright.neighbours.RowDistances;
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

  /** Per row the sum of the distances to its farthest candidates, from the least distance on. */
  private double[] farthest(RowsByClass rows, int[] members, int[] candidates) {
    RowDistances distances = new RowDistances(rows.matrix());
    RowBlock from = RowBlock.of(rows.matrix(), members);
    RowBlock to = RowBlock.of(rows.matrix(), candidates);
    double[] farthest = new double[Math.min(neighbours, candidates.length)];
    double[] sums = new double[members.length];
    for (int i = 0; i < sums.length; i++) {
      distances.from(members[i]);
      Arrays.fill(farthest, -1);
      for (int candidate = 0; candidate < candidates.length; candidate++) {
        if (distances.atMost(candidates[candidate]) > farthest[0]) {
          insert(from.square(i, to, candidate), farthest);
        }
      }
      for (double square : farthest) {
        sums[i] += Math.sqrt(square);
      }
    }
    return sums;
  }

  /** Puts a square among the largest, which ascend, in place of the least of them. */
  private static void insert(double square, double[] largest) {
    if (square <= largest[0]) {
      return;
    }
    int at = 0;
    while (at + 1 < largest.length && largest[at + 1] < square) {
      largest[at] = largest[at + 1];
      at++;
    }
    largest[at] = square;
  }

  /** The members that are among the nearest of some query, ascending. */
  private int[] close(RowsByClass rows, int[] queries, int[] members) {
    NeighbourTable table = NearestNeighbours.search(rows.matrix(), queries, members, neighbours);
    return Arrays.stream(table.rows()).filter(row -> row >= 0).sorted().distinct().toArray();
  }
}
