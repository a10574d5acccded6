package dev.lakewright.linear;

/**
 * Logistic and focal loss of three classes and more. With target shares {@code t} and {@code A_c =
 * gamma p_c (1 - p_c)^(gamma - 1) ln p_c - (1 - p_c)^gamma}, the derivative by margin k is {@code
 * t_k A_k - p_k sum_c(t_c A_c)}; gamma 0 gives {@code p_k - t_k}.
 */
final class SoftmaxBlock implements BlockLoss {

  private final int classes;
  private final double gamma;
  private final double smoothing;
  private final double[] factors;

  SoftmaxBlock(int classes, double gamma, double smoothing) {
    this.classes = classes;
    this.gamma = gamma;
    this.smoothing = smoothing;
    this.factors = new double[classes];
  }

  @Override
  public double derivatives(
      double[] margins, int rows, int[] labels, int from, double[] weights, float[] curvature) {
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      loss += weights[row] * shift(margins, row * classes, labels[from + row]);
    }
    Exponential.exp(margins, rows * classes);
    for (int row = 0; row < rows; row++) {
      int base = row * classes;
      double total = 0;
      for (int k = 0; k < classes; k++) {
        total += margins[base + k];
      }
      double scale = 1 / total;
      for (int k = 0; k < classes; k++) {
        margins[base + k] *= scale;
      }
      if (curvature != null) {
        int to = (from + row) * classes;
        for (int k = 0; k < classes; k++) {
          curvature[to + k] = (float) margins[base + k];
        }
      }
      loss +=
          weights[row]
              * (gamma == 0
                  ? StrictMath.log(total)
                      + logistic(margins, base, labels[from + row], weights[row])
                  : focal(margins, base, labels[from + row], weights[row]));
    }
    return loss;
  }

  /**
   * Makes the largest margin 0. Returns what the logistic loss owes to the margins themselves:
   * largest minus the targets' mean.
   */
  private double shift(double[] margins, int base, int label) {
    double largest = margins[base];
    double sum = margins[base];
    for (int k = 1; k < classes; k++) {
      largest = Math.max(largest, margins[base + k]);
      sum += margins[base + k];
    }
    double own = margins[base + label];
    for (int k = 0; k < classes; k++) {
      margins[base + k] -= largest;
    }
    return gamma == 0
        ? largest - (1 - smoothing) * own - (smoothing == 0 ? 0 : smoothing / classes * sum)
        : 0;
  }

  private double logistic(double[] margins, int base, int label, double weight) {
    margins[base + label] -= 1 - smoothing;
    double spread = smoothing / classes;
    for (int k = 0; k < classes; k++) {
      margins[base + k] = weight * (margins[base + k] - spread);
    }
    return 0;
  }

  private double focal(double[] margins, int base, int label, double weight) {
    double loss = 0;
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double target = smoothing / classes + (c == label ? 1 - smoothing : 0);
      double p = margins[base + c];
      double log = StrictMath.log(p);
      double rest = StrictMath.pow(1 - p, gamma);
      double slope = p >= 1 ? 0 : gamma * p * rest / (1 - p) * log - rest;
      loss -= target * rest * log;
      factors[c] = target * slope;
      sum += factors[c];
    }
    for (int k = 0; k < classes; k++) {
      margins[base + k] = weight * (factors[k] - margins[base + k] * sum);
    }
    return loss;
  }

  @Override
  public void product(double[] margins, int rows, int from, double[] weights, float[] curvature) {
    for (int row = 0; row < rows; row++) {
      int base = row * classes;
      int at = (from + row) * classes;
      double mean = 0;
      for (int k = 0; k < classes; k++) {
        mean += curvature[at + k] * margins[base + k];
      }
      double weight = weights[row];
      for (int k = 0; k < classes; k++) {
        margins[base + k] = weight * curvature[at + k] * (margins[base + k] - mean);
      }
    }
  }

  @Override
  public void diagonal(double[] out, int rows, int from, double[] weights, float[] curvature) {
    for (int row = 0; row < rows; row++) {
      int base = row * classes;
      int at = (from + row) * classes;
      for (int k = 0; k < classes; k++) {
        double p = curvature[at + k];
        out[base + k] = weights[row] * p * (1 - p);
      }
    }
  }
}
