package dev.lakewright.tuning;

import dev.lakewright.features.FeatureBlock;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.ClassTotals;
import java.util.List;

/**
 * The rows of one fold, weighed, in a task's memory: what most of that memory goes to, so that they
 * get the room they take and no more.
 *
 * @param training rows to learn from, in the order of their keys
 * @param inTable totals of the training rows that are in the table: without copies
 * @param validation rows to measure on; none where no fold is held out
 */
record FoldRows(RowMatrix training, ClassTotals inTable, ValidationRows validation) {

  /**
   * Weighs.
   *
   * @param blocks all rows, in the order of their numbers
   * @param featurizer learnt without the fold
   * @param fold that is held out; -1: none is
   */
  static FoldRows weigh(
      List<FeatureBlock> blocks,
      Featurizer featurizer,
      int classes,
      int fold,
      FoldTask.Effort effort) {
    return weigh(blocks, featurizer, classes, fold, effort, true);
  }

  /** The same without validation rows. */
  static FoldRows weighTraining(
      List<FeatureBlock> blocks,
      Featurizer featurizer,
      int classes,
      int fold,
      FoldTask.Effort effort) {
    return weigh(blocks, featurizer, classes, fold, effort, false);
  }

  private static FoldRows weigh(
      List<FeatureBlock> blocks,
      Featurizer featurizer,
      int classes,
      int fold,
      FoldTask.Effort effort,
      boolean validated) {
    Room training = new Room();
    Room validation = new Room();
    forEach(blocks, fold, effort, training::add, validated ? validation::add : NOBODY);
    FoldRows rows =
        new FoldRows(
            new RowMatrix(featurizer.size(), training.rows, training.entries()),
            ClassTotals.none(classes),
            new ValidationRows(featurizer.size(), validation.rows, validation.entries()));
    rows.fill(blocks, featurizer, fold, effort, validated);
    return rows;
  }

  private void fill(
      List<FeatureBlock> blocks,
      Featurizer featurizer,
      int fold,
      FoldTask.Effort effort,
      boolean validated) {
    SparseVector vector = new SparseVector();
    FeatureCounts counts = blocks.isEmpty() ? null : blocks.get(0).buffer();
    forEach(
        blocks,
        fold,
        effort,
        (block, row) -> {
          block.read(row, counts);
          featurizer.weigh(counts, vector);
          training.add(vector, block.label(row), block.weight(row));
          if (!block.isCopy(row)) {
            inTable.add(block.label(row), block.weight(row));
          }
        },
        validated
            ? (block, row) -> {
              block.read(row, counts);
              featurizer.weigh(counts, vector);
              validation.add(block, row, vector);
            }
            : NOBODY);
  }

  private static void forEach(
      List<FeatureBlock> blocks,
      int fold,
      FoldTask.Effort effort,
      RowVisitor training,
      RowVisitor validation) {
    for (FeatureBlock block : blocks) {
      for (int row = 0; row < block.rows(); row++) {
        if (block.validates(row, fold)) {
          validation.visit(block, row);
        } else if (block.trains(row, fold) && effort.trains(block.key(row))) {
          training.visit(block, row);
        }
      }
    }
  }

  private static final RowVisitor NOBODY = (block, row) -> {};

  private interface RowVisitor {
    void visit(FeatureBlock block, int row);
  }

  /** What rows take at most: a featurizer may leave terms out. */
  private static final class Room {

    private int rows;
    private long entries;

    void add(FeatureBlock block, int row) {
      rows++;
      entries += block.entries(row);
    }

    int entries() {
      return (int) Math.min(Integer.MAX_VALUE - 8L, entries);
    }
  }
}
