package dev.lakewright.ml;

import java.io.Serializable;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Margins, probabilities and labels of a feature vector. */
final class LogisticScores implements Serializable {

  private static final long serialVersionUID = 1L;

  private final double[] coefficients;
  private final double[] intercepts;
  private final int features;
  private final double[] thresholds;

  /**
   * @param coefficients {@code outputs × features}, by columns; one output: two classes
   * @param thresholds one per class; empty: the most probable class is predicted
   */
  LogisticScores(DenseMatrix coefficients, Vector intercepts, double[] thresholds) {
    this.coefficients = coefficients.values();
    this.intercepts = intercepts.toArray();
    this.features = coefficients.numCols();
    this.thresholds = thresholds;
  }

  /** One margin per class; with one output {@code (-margin, margin)}. */
  Vector margins(Vector row) {
    if (row.size() != features) {
      throw new IllegalArgumentException(
          "a row has %d features, the model %d; use the features it was trained with"
              .formatted(row.size(), features));
    }
    double[] margins = intercepts.clone();
    if (row instanceof SparseVector sparse) {
      for (int i = 0; i < sparse.indices().length; i++) {
        add(sparse.indices()[i], sparse.values()[i], margins);
      }
    } else {
      double[] values = ((DenseVector) row).values();
      for (int i = 0; i < values.length; i++) {
        add(i, values[i], margins);
      }
    }
    return margins.length == 1
        ? Vectors.dense(new double[] {-margins[0], margins[0]})
        : Vectors.dense(margins);
  }

  private void add(int feature, double value, double[] margins) {
    if (value == 0) {
      return;
    }
    int from = feature * margins.length;
    for (int k = 0; k < margins.length; k++) {
      margins[k] += value * coefficients[from + k];
    }
  }

  /** Softmax of the margins; with one output the logistic function of its margin. */
  Vector probabilities(Vector margins) {
    double[] scores = margins.toArray().clone();
    if (intercepts.length == 1) {
      double positive = 1 / (1 + Math.exp(-scores[1]));
      return Vectors.dense(new double[] {1 - positive, positive});
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (int k = 0; k < scores.length; k++) {
      scores[k] = scores[k] == largest ? 1 : Math.exp(scores[k] - largest);
      sum += scores[k];
    }
    for (int k = 0; k < scores.length; k++) {
      scores[k] /= sum;
    }
    return Vectors.dense(scores);
  }

  /** The label that probabilities and thresholds speak for; ties go to the first. */
  double label(Vector probabilities) {
    double[] shares = probabilities.toArray();
    if (thresholds.length == 0) {
      return probabilities.argmax();
    }
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < shares.length; k++) {
      double share =
          thresholds[k] == 0 && shares[k] > 0
              ? Double.POSITIVE_INFINITY
              : thresholds[k] == 0 ? 0 : shares[k] / thresholds[k];
      if (share > most) {
        most = share;
        best = k;
      }
    }
    return best;
  }
}
