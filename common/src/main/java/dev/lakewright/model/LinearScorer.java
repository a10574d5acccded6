package dev.lakewright.model;

/**
 * Linear margins: {@code intercept + Σ value × weight}, summed in double from the intercept on by
 * ascending feature. Two classes have one output, the margin of the second over the first; more
 * classes have one each.
 */
public final class LinearScorer implements Scorer {

  private final int features;
  private final int classes;
  private final int outputs;
  private final float[] weights;
  private final double[] intercepts;

  /**
   * @param weights {@code features × outputs}, contiguous per feature; not to be changed any more
   * @param intercepts one per output; not to be changed any more
   * @throws IllegalArgumentException when sizes disagree or a parameter is not finite
   */
  public LinearScorer(int features, int classes, float[] weights, double[] intercepts) {
    if (classes < 2) {
      throw new IllegalArgumentException("a scorer needs at least 2 classes, not " + classes);
    }
    this.features = features;
    this.classes = classes;
    this.outputs = outputs(classes);
    if (weights.length != (long) features * outputs || intercepts.length != outputs) {
      throw new IllegalArgumentException(
          "%d features and %d classes need %d weights and %d intercepts, not %d and %d"
              .formatted(
                  features,
                  classes,
                  (long) features * outputs,
                  outputs,
                  weights.length,
                  intercepts.length));
    }
    requireFinite(weights, intercepts);
    this.weights = weights;
    this.intercepts = intercepts;
  }

  private static void requireFinite(float[] weights, double[] intercepts) {
    boolean finite = true;
    for (float weight : weights) {
      finite &= Float.isFinite(weight);
    }
    for (double intercept : intercepts) {
      finite &= Double.isFinite(intercept);
    }
    if (!finite) {
      throw new IllegalArgumentException("weights and intercepts must be finite");
    }
  }

  /** Outputs of a linear model: one for two classes, else one per class. */
  public static int outputs(int classes) {
    return classes == 2 ? 1 : classes;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public void score(SparseVector vector, double[] margins) {
    if (outputs == 1) {
      margins[0] = 0;
      margins[1] = dot(vector, 0);
    } else {
      addOutputs(vector, margins);
    }
  }

  private double dot(SparseVector vector, int output) {
    int[] indices = vector.indices();
    float[] values = vector.values();
    double sum = intercepts[output];
    for (int at = 0; at < vector.size(); at++) {
      sum += (double) values[at] * weights[indices[at] * outputs + output];
    }
    return sum;
  }

  /**
   * Four outputs at a time, whose sums stay in registers: faster than going over the features once
   * with all sums in memory, though it reads the same cache lines again.
   */
  private void addOutputs(SparseVector vector, double[] margins) {
    int output = 0;
    for (; output + 4 <= outputs; output += 4) {
      addFour(vector, output, margins);
    }
    for (; output < outputs; output++) {
      margins[output] = dot(vector, output);
    }
  }

  private void addFour(SparseVector vector, int output, double[] margins) {
    int[] indices = vector.indices();
    float[] values = vector.values();
    float[] rows = weights;
    int size = vector.size();
    int width = outputs;
    double sum0 = intercepts[output];
    double sum1 = intercepts[output + 1];
    double sum2 = intercepts[output + 2];
    double sum3 = intercepts[output + 3];
    for (int at = 0; at < size; at++) {
      double value = values[at];
      int place = indices[at] * width + output;
      sum0 += value * rows[place];
      sum1 += value * rows[place + 1];
      sum2 += value * rows[place + 2];
      sum3 += value * rows[place + 3];
    }
    margins[output] = sum0;
    margins[output + 1] = sum1;
    margins[output + 2] = sum2;
    margins[output + 3] = sum3;
  }

  /** Weight of a feature for a class; of two classes the first has the second's, negated. */
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
