package dev.lakewright.ml;

import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;

/**
 * How features are shifted and scaled for training. Constant features take no part. Features that
 * most rows have are centered where there are intercepts to make up for it: that changes no
 * optimum, but lets the minimizer get there; the others stay sparse.
 */
@SuppressWarnings("ArrayRecordComponent")
record Scaling(double[] factors, double[] means, int[] centered) implements Serializable {

  private static final double CENTERED_FROM = 0.5;

  /**
   * @param standardize whether to scale to unit standard deviation
   * @param center whether intercepts are trained
   */
  static Scaling of(
      Vector mean,
      Vector deviation,
      Vector present,
      long rows,
      boolean standardize,
      boolean center) {
    int features = mean.size();
    double[] factors = new double[features];
    double[] means = new double[features];
    int[] centered = new int[features];
    int count = 0;
    for (int j = 0; j < features; j++) {
      double spread = deviation.apply(j);
      requireFinite(j, mean.apply(j) + spread);
      factors[j] = spread > 0 ? standardize ? 1 / spread : 1 : 0;
      if (center && spread > 0 && present.apply(j) > CENTERED_FROM * rows) {
        means[j] = mean.apply(j);
        centered[count++] = j;
      }
    }
    return new Scaling(factors, means, java.util.Arrays.copyOf(centered, count));
  }

  private static void requireFinite(int feature, double sum) {
    if (Double.isNaN(sum) || Double.isInfinite(sum)) {
      throw new IllegalArgumentException(
          "feature %d is NaN or infinite in some training row; replace or drop such values"
              .formatted(feature));
    }
  }

  float scaled(int feature, double value) {
    return (float) ((value - means[feature]) * factors[feature]);
  }

  /**
   * Turns what was learnt on scaled features into what holds for the features as they are, in
   * place.
   *
   * @param coefficients {@code features × outputs}
   */
  void toOriginalUnits(double[] coefficients, double[] intercepts) {
    int outputs = intercepts.length;
    for (int j = 0; j < factors.length; j++) {
      for (int k = 0; k < outputs; k++) {
        coefficients[j * outputs + k] *= factors[j];
        intercepts[k] -= coefficients[j * outputs + k] * means[j];
      }
    }
  }
}
