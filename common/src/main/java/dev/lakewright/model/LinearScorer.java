package dev.lakewright.model;

/**
 * Weighted sums of features. For two classes there is one output, the margin of the second class
 * over the first, whose score is 0.
 */
public final class LinearScorer implements Scorer {

  private final int classes;
  private final int outputs;
  private final float[] weights;
  private final double[] intercepts;

  /**
   * @param weights {@code features × outputs}, contiguous per feature; one output for two classes,
   *     else one per class
   * @param intercepts one per output
   */
  public LinearScorer(int features, int classes, float[] weights, double[] intercepts) {
    this.classes = classes;
    this.outputs = classes == 2 ? 1 : classes;
    if (intercepts.length != outputs || weights.length != (long) features * outputs) {
      throw new IllegalArgumentException(
          "%d features of %d classes need %d weights and %d intercepts, not %d and %d"
              .formatted(
                  features,
                  classes,
                  (long) features * outputs,
                  outputs,
                  weights.length,
                  intercepts.length));
    }
    this.weights = weights;
    this.intercepts = intercepts;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public void score(SparseVector vector, double[] margins) {
    if (outputs == 1) {
      margins[0] = 0;
      margins[1] = margin(vector);
    } else {
      addMargins(vector, margins);
    }
  }

  private double margin(SparseVector vector) {
    int[] indices = vector.indices();
    float[] values = vector.values();
    double sum = intercepts[0];
    for (int i = 0; i < vector.size(); i++) {
      sum += (double) values[i] * weights[indices[i]];
    }
    return sum;
  }

  private void addMargins(SparseVector vector, double[] margins) {
    int[] indices = vector.indices();
    float[] values = vector.values();
    System.arraycopy(intercepts, 0, margins, 0, outputs);
    for (int i = 0; i < vector.size(); i++) {
      double value = values[i];
      int base = indices[i] * outputs;
      for (int k = 0; k < outputs; k++) {
        margins[k] += value * weights[base + k];
      }
    }
  }

  /** Weight of a feature for a class; for two classes the first has the second's, negated. */
  public float weight(int feature, int label) {
    if (outputs == 1) {
      return label == 1 ? weights[feature] : -weights[feature];
    }
    return weights[feature * outputs + label];
  }

  float[] weights() {
    return weights;
  }

  double[] intercepts() {
    return intercepts;
  }
}
