package dev.lakewright.ensemble;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.config.EnsembleConfig.Replacement;
import dev.lakewright.config.EnsembleConfig.Type;
import dev.lakewright.config.EnsembleConfig.Vote;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/** Rows and settings for the tests of ensembles. */
final class Ensembles {

  private Ensembles() {}

  static EnsembleConfig config(Type type, int members, int rounds) {
    return new EnsembleConfig(type, members, rounds, 1, Replacement.NONE, Vote.DECISIONS, 7);
  }

  static EnsembleConfig drawing(double ratio, Replacement replacement, long seed) {
    return new EnsembleConfig(
        Type.BALANCED_BAGGING, 3, 1, ratio, replacement, Vote.DECISIONS, seed);
  }

  static Learner logistic(double l2) {
    return counts -> {
      double[] classWeights = new double[counts.length];
      Arrays.fill(classWeights, 1);
      return LinearProblem.logistic(l2, 0, true, 1000, 1e-12, classWeights);
    };
  }

  static EnsembleRows rows(RowMatrix matrix, int classes) {
    return new EnsembleRows(matrix, Optional.empty(), classes);
  }

  /** Rows of 20 features around one centre per class. */
  static RowMatrix blobs(long seed, int... rowsPerClass) {
    SplittableRandom random = new SplittableRandom(seed);
    RowMatrix matrix = new RowMatrix(20);
    for (int label = 0; label < rowsPerClass.length; label++) {
      for (int row = 0; row < rowsPerClass[label]; row++) {
        SparseVector vector = new SparseVector();
        for (int feature = 0; feature < 20; feature++) {
          double shift = feature % rowsPerClass.length == label ? 0.35 : 0;
          vector.add(feature, (float) (random.nextDouble(-1, 1) + shift));
        }
        matrix.add(vector, label, 1);
      }
    }
    return matrix;
  }
}
