package dev.lakewright.linear;

/** Logistic loss of three classes and more. */
final class SoftmaxBlock implements BlockLoss {

  private final int classes;
  private final double smoothing;

  SoftmaxBlock(int classes, double smoothing) {
    this.classes = classes;
    this.smoothing = smoothing;
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
      loss += weights[row] * StrictMath.log(total);
      subtractTargets(margins, base, labels[from + row], weights[row]);
    }
    return loss;
  }

  /**
   * Makes the largest margin 0. Returns what the loss owes to the margins themselves: largest minus
   * the targets' mean.
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
    return largest - (1 - smoothing) * own - (smoothing == 0 ? 0 : smoothing / classes * sum);
  }

  private void subtractTargets(double[] margins, int base, int label, double weight) {
    margins[base + label] -= 1 - smoothing;
    double spread = smoothing / classes;
    for (int k = 0; k < classes; k++) {
      margins[base + k] = weight * (margins[base + k] - spread);
    }
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
