package dev.lakewright.linear;

/**
 * Focal loss of three classes and more. With target shares {@code t} and {@code A_c = alpha_c
 * (gamma p_c (1 - p_c)^(gamma - 1) ln p_c - (1 - p_c)^gamma)}, the derivative by margin k is {@code
 * t_k A_k - p_k sum_c(t_c A_c)}.
 */
final class FocalBlock implements BlockLoss {

  private final double gamma;
  private final double smoothing;
  private final double[] alpha;
  private final double[] factors;

  /**
   * @param alpha one per class
   */
  FocalBlock(double gamma, double smoothing, double[] alpha) {
    this.gamma = gamma;
    this.smoothing = smoothing;
    this.alpha = alpha;
    this.factors = new double[alpha.length];
  }

  @Override
  public double derivatives(
      double[] margins, int rows, int[] labels, int from, double[] weights, float[] curvature) {
    int classes = alpha.length;
    for (int row = 0; row < rows; row++) {
      shift(margins, row * classes);
    }
    Exponential.exp(margins, rows * classes);
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      normalize(margins, row * classes);
      loss +=
          weights[row] * differentiate(margins, row * classes, labels[from + row], weights[row]);
    }
    return loss;
  }

  /** Makes the largest margin 0. */
  private void shift(double[] margins, int base) {
    double largest = margins[base];
    for (int k = 1; k < alpha.length; k++) {
      largest = Math.max(largest, margins[base + k]);
    }
    for (int k = 0; k < alpha.length; k++) {
      margins[base + k] -= largest;
    }
  }

  private void normalize(double[] exponentials, int base) {
    double total = 0;
    for (int k = 0; k < alpha.length; k++) {
      total += exponentials[base + k];
    }
    double scale = 1 / total;
    for (int k = 0; k < alpha.length; k++) {
      exponentials[base + k] *= scale;
    }
  }

  /** Probabilities into derivatives; returns the loss. */
  private double differentiate(double[] probabilities, int base, int label, double weight) {
    int classes = alpha.length;
    double loss = 0;
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double target = smoothing / classes + (c == label ? 1 - smoothing : 0);
      factors[c] = 0;
      if (target > 0) {
        double p = probabilities[base + c];
        double log = StrictMath.log(p);
        double rest = StrictMath.pow(1 - p, gamma);
        double slope = (p >= 1 ? 0 : gamma * p * rest / (1 - p) * log) - rest;
        loss -= target * alpha[c] * rest * log;
        factors[c] = target * alpha[c] * slope;
        sum += factors[c];
      }
    }
    for (int k = 0; k < classes; k++) {
      probabilities[base + k] = weight * (factors[k] - probabilities[base + k] * sum);
    }
    return loss;
  }
}
