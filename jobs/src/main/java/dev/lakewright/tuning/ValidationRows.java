package dev.lakewright.tuning;

import dev.lakewright.features.FeatureBlock;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.Scorer;
import dev.lakewright.model.SparseVector;
import java.util.ArrayList;
import java.util.List;

/** The validation rows of a fold, weighed, with who they are. */
final class ValidationRows {

  private final RowMatrix matrix;
  private final List<FeatureBlock> blocks = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();

  ValidationRows(int features) {
    this.matrix = new RowMatrix(features);
  }

  void add(FeatureBlock block, int row, SparseVector vector) {
    matrix.add(vector, block.label(row), block.weight(row));
    blocks.add(block);
    places.add(row);
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
      FeatureBlock block = blocks.get(row);
      keys[row] = block.key(places.get(row));
      ids[row] = block.name(places.get(row));
      labels[row] = matrix.label(row);
      weights[row] = matrix.weight(row);
      matrix.read(row, vector);
      scorer.score(vector, margin);
      System.arraycopy(margin, 0, margins, row * classes, classes);
    }
    return new FoldScores(trial, fold, keys, ids, labels, weights, margins);
  }
}
