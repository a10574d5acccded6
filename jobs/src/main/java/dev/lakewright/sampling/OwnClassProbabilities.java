package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;

/** How sure a classifier is of each row's own class, when it has not been trained on the row. */
@FunctionalInterface
public interface OwnClassProbabilities {

  /**
   * Out-of-fold probability of each row's own class, one per row.
   *
   * @param classes number of classes
   * @param seed decides the folds
   */
  double[] of(RowMatrix training, int classes, long seed);
}
