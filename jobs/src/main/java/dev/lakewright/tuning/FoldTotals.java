package dev.lakewright.tuning;

import dev.lakewright.config.Folds;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.sampling.ClassTotals;
import java.io.Serializable;

/**
 * Rows and weights per part and class, of the rows themselves and of the copies that a training
 * takes: training 0 has all rows, training f + 1 those that train without fold f.
 */
@SuppressWarnings("ArrayRecordComponent")
record FoldTotals(
    Folds folds, long[][] rows, double[][] weights, long[][] copies, double[][] copyWeights)
    implements Serializable {

  FoldTotals(Folds folds, int classes) {
    this(
        folds,
        new long[folds.parts()][classes],
        new double[folds.parts()][classes],
        new long[folds.count() + 1][classes],
        new double[folds.count() + 1][classes]);
  }

  /** Of the rows of the table that train without a fold; -1: of all. */
  ClassTotals without(int fold) {
    int classes = rows[0].length;
    ClassTotals sum = new ClassTotals(new long[classes], new double[classes]);
    for (int part = 0; part < rows.length; part++) {
      for (int k = 0; folds.train(part, fold) && k < classes; k++) {
        sum.rows()[k] += rows[part][k];
        sum.weights()[k] += weights[part][k];
      }
    }
    return sum;
  }

  /** The same with the copies that the training takes. */
  ClassTotals trained(int fold) {
    ClassTotals sum = without(fold);
    for (int k = 0; k < sum.rows().length; k++) {
      sum.rows()[k] += copies[fold + 1][k];
      sum.weights()[k] += copyWeights[fold + 1][k];
    }
    return sum;
  }

  void add(FoldTotals other) {
    for (int k = 0; k < rows[0].length; k++) {
      for (int training = 0; training < copies.length; training++) {
        copies[training][k] += other.copies[training][k];
        copyWeights[training][k] += other.copyWeights[training][k];
      }
      for (int part = 0; part < rows.length; part++) {
        rows[part][k] += other.rows[part][k];
        weights[part][k] += other.weights[part][k];
      }
    }
  }

  /** Counts the rows of a block that an effort trains on. */
  void count(FeatureBlock block, FoldTask.Effort effort) {
    for (int row = 0; row < block.rows(); row++) {
      if (effort.trains(block.key(row))) {
        count(block, row);
      }
    }
  }

  private void count(FeatureBlock block, int row) {
    int label = block.label(row);
    if (!block.isCopy(row)) {
      rows[block.part(row)][label]++;
      weights[block.part(row)][label] += block.weight(row);
      return;
    }
    for (int training = 0; training < copies.length; training++) {
      if (block.trains(row, training - 1)) {
        copies[training][label]++;
        copyWeights[training][label] += block.weight(row);
      }
    }
  }
}
