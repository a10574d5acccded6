package dev.lakewright.tuning;

import dev.lakewright.features.FeatureBlock;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.Scorer;
import dev.lakewright.model.SparseVector;
import java.util.Arrays;

/** The validation rows of a fold, weighed, with who they are. */
final class ValidationRows {

  private final RowMatrix matrix;
  private FeatureBlock[] blocks;
  private int[] places;

  /** With room for so many rows and entries; for more it grows. */
  ValidationRows(int features, int rowRoom, int entryRoom) {
    this.matrix = new RowMatrix(features, rowRoom, entryRoom);
    this.blocks = new FeatureBlock[rowRoom];
    this.places = new int[rowRoom];
  }

  void add(FeatureBlock block, int row, SparseVector vector) {
    int at = matrix.rows();
    if (at == places.length) {
      blocks = Arrays.copyOf(blocks, 2 * at + 16);
      places = Arrays.copyOf(places, 2 * at + 16);
    }
    matrix.add(vector, block.label(row), block.weight(row));
    blocks[at] = block;
    places[at] = row;
  }

  RowMatrix matrix() {
    return matrix;
  }

  int rows() {
    return matrix.rows();
  }

  /** Scores every row. */
  FoldScores score(int trial, int fold, Scorer scorer) {
    int rows = matrix.rows();
    int classes = scorer.classes();
    long[] keys = new long[rows];
    String[] ids = new String[rows];
    int[] labels = new int[rows];
    float[] weights = new float[rows];
    double[] margins = new double[rows * classes];
    double[] margin = new double[classes];
    SparseVector vector = new SparseVector();
    for (int row = 0; row < rows; row++) {
      FeatureBlock block = blocks[row];
      keys[row] = block.key(places[row]);
      ids[row] = block.name(places[row]);
      labels[row] = matrix.label(row);
      weights[row] = matrix.weight(row);
      matrix.read(row, vector);
      scorer.score(vector, margin);
      System.arraycopy(margin, 0, margins, row * classes, classes);
    }
    return new FoldScores(trial, fold, keys, ids, labels, weights, margins);
  }
}
