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
      margins[1] = Lanes.one(vector, weights, intercepts, 0);
    } else {
      Lanes.sums(vector, weights, intercepts, margins);
    }
  }

  @Override
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
