package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;
import dev.lakewright.neighbours.RowBlock;
import dev.lakewright.neighbours.RowDistances;
import java.util.Arrays;

/**
 * The nearest-neighbour rule between the smallest class and a growing store of rows of another one:
 * which rows of the other class the rule puts wrongly. Rows as near to both are put rightly.
 */
final class Rivalry {

  private final int[] members;
  private final RowDistances distances;
  private final RowBlock block;
  private final double[] toSmallest;
  private final double[] toStore;
  private final int seed;

  private Rivalry(RowMatrix matrix, int[] members, double[] toSmallest, int seed) {
    this.members = members;
    this.distances = new RowDistances(matrix);
    this.block = RowBlock.of(matrix, members);
    this.toSmallest = toSmallest;
    this.toStore = new double[members.length];
    this.seed = seed;
    Arrays.fill(toStore, Double.POSITIVE_INFINITY);
    reinforce(seed);
  }

  /** The store begins with one row of the class, drawn at random. */
  static Rivalry between(RowsByClass rows, int label, Draws draws) {
    int[] members = rows.of(label);
    NeighbourTable table =
        NearestNeighbours.search(rows.matrix(), members, rows.of(rows.smallest()), 1);
    int seed = draws.below(members.length, Draws.Use.START, label, 0);
    return new Rivalry(rows.matrix(), members, table.squares(), seed);
  }

  /** Place of the first row of the store among the members. */
  int seed() {
    return seed;
  }

  /** Whether the nearest row is of the smallest class. */
  boolean isLost(int place) {
    return toSmallest[place] < toStore[place];
  }

  /**
   * Adds a member to the store. Squares are those of the search that looked for the smallest class,
   * so that those of equal rows are equal to the last bit.
   */
  void reinforce(int place) {
    distances.from(members[place]);
    for (int i = 0; i < toStore.length; i++) {
      if (distances.atLeast(members[i]) < toStore[i]) {
        toStore[i] = Math.min(toStore[i], block.square(place, block, i));
      }
    }
  }
}
