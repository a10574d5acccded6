package dev.lakewright.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A regression tree (Breiman et al., 1984), kept as the partition of the space that its leaves are.
 */
record RegressionTree(List<Leaf> leaves) {

  /**
   * A part of the space.
   *
   * @param region the cells of every axis whose product the leaf is
   * @param mean of the scores of its rows
   */
  @SuppressWarnings("ArrayRecordComponent") // neither compared nor printed
  record Leaf(boolean[][] region, double mean) {}

  /**
   * Splits while that gains.
   *
   * @param rows to learn from; a row may occur more than once
   * @param least rows of a leaf
   */
  static RegressionTree fit(CellRows data, int[] rows, int least) {
    boolean[][] everywhere = new boolean[data.axes().size()][];
    for (int axis = 0; axis < everywhere.length; axis++) {
      everywhere[axis] = new boolean[data.axes().get(axis).count()];
      Arrays.fill(everywhere[axis], true);
    }
    List<Leaf> leaves = new ArrayList<>();
    grow(data, rows, least, everywhere, leaves);
    return new RegressionTree(leaves);
  }

  private static void grow(
      CellRows data, int[] rows, int least, boolean[][] region, List<Leaf> leaves) {
    Optional<Split> split = Split.best(data, rows, least);
    if (split.isEmpty()) {
      leaves.add(
          new Leaf(
              region, Arrays.stream(rows).mapToDouble(r -> data.scores()[r]).sum() / rows.length));
      return;
    }
    int axis = split.get().axis();
    boolean[] left = split.get().left();
    for (boolean side : new boolean[] {true, false}) {
      int[] part =
          Arrays.stream(rows).filter(row -> left[data.cells()[row][axis]] == side).toArray();
      boolean[][] within = region.clone();
      within[axis] = region[axis].clone();
      for (int cell = 0; cell < left.length; cell++) {
        within[axis][cell] &= left[cell] == side;
      }
      grow(data, part, least, within, leaves);
    }
  }
}
