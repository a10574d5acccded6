package dev.lakewright.linear;

import java.io.Serializable;

/**
 * Where a minimizer sets out: weights that are expected to be near the minimum.
 *
 * @param weights {@code features × outputs}, contiguous per feature, as of {@link LinearSolution}
 * @param intercepts one per output
 */
@SuppressWarnings("ArrayRecordComponent")
public record LinearStart(float[] weights, double[] intercepts) implements Serializable {

  double[] point() {
    double[] point = new double[weights.length + intercepts.length];
    for (int i = 0; i < weights.length; i++) {
      point[i] = weights[i];
    }
    System.arraycopy(intercepts, 0, point, weights.length, intercepts.length);
    return point;
  }
}
