package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;

/**
 * Each category's most frequent value among some rows, of equally frequent ones that of the first
 * voter. Reused from vote to vote; one per thread.
 */
final class CategoryVotes {

  private static final int ABSENT = -1;

  private final RowMatrix matrix;
  private final Columns columns;
  private final int[] chosen;
  private final float[] values;
  private int[][] ballots = new int[0][];
  private float[][] weights = new float[0][];

  CategoryVotes(RowMatrix matrix, Columns columns) {
    this.matrix = matrix;
    this.columns = columns;
    this.chosen = new int[columns.categoryCount()];
    this.values = new float[chosen.length];
  }

  /**
   * Takes a vote.
   *
   * @param voters rows, of which the first {@code size} vote
   */
  void take(int[] voters, int size) {
    reserve(size);
    for (int voter = 0; voter < size; voter++) {
      cast(voters[voter], ballots[voter], weights[voter]);
    }
    for (int category = 0; category < chosen.length; category++) {
      int winner = winner(category, size);
      chosen[category] = ballots[winner][category];
      values[category] = weights[winner][category];
    }
  }

  private void reserve(int voters) {
    if (ballots.length < voters) {
      ballots = new int[voters][chosen.length];
      weights = new float[voters][chosen.length];
    }
  }

  private void cast(int row, int[] ballot, float[] weight) {
    Arrays.fill(ballot, ABSENT);
    for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
      int category = columns.categories()[matrix.columns()[at]];
      if (category >= 0) {
        ballot[category] = matrix.columns()[at];
        weight[category] = matrix.values()[at];
      }
    }
  }

  private int winner(int category, int size) {
    int winner = 0;
    int most = 0;
    for (int voter = 0; voter < size; voter++) {
      int votes = 0;
      for (int other = 0; other < size; other++) {
        votes += ballots[other][category] == ballots[voter][category] ? 1 : 0;
      }
      if (votes > most) {
        most = votes;
        winner = voter;
      }
    }
    return winner;
  }

  /**
   * Writes the chosen columns, ascending, to the front of an array with room for each category.
   *
   * @return how many there are; categories whose most frequent value is absence have none
   */
  int columns(int[] out) {
    int size = 0;
    for (int column : chosen) {
      if (column != ABSENT) {
        out[size++] = column;
      }
    }
    Arrays.sort(out, 0, size);
    return size;
  }

  /** The value that a chosen column had in the first row that voted for it. */
  float value(int column) {
    return values[columns.categories()[column]];
  }
}
