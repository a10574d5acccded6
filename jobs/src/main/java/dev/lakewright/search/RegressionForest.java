package dev.lakewright.search;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Regression trees, each of which learns from rows drawn with replacement (Breiman, "Random
 * forests", Machine Learning 45, 2001). Every split may use every axis, since the trees are to tell
 * which axes matter.
 */
record RegressionForest(List<RegressionTree> trees) {

  private static final int TREES = 64;

  /** Rows of a tree at most, so that a sweep of very many trials costs seconds. */
  private static final int MOST_ROWS = 4096;

  /** About so many leaves at most. */
  private static final int MOST_LEAVES = 512;

  /** The rows, the seed and nothing else decide. */
  static RegressionForest fit(CellRows data, long seed) {
    int size = Math.min(data.count(), MOST_ROWS);
    List<RegressionTree> trees = new ArrayList<>();
    for (int tree = 0; tree < TREES; tree++) {
      SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + tree);
      int[] rows = random.ints(size, 0, data.count()).toArray();
      trees.add(RegressionTree.fit(data, rows, 1 + size / MOST_LEAVES));
    }
    return new RegressionForest(trees);
  }
}
