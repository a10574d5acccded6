package dev.lakewright.linear;

/** Logistic loss of two classes, whose margins are {@code [0, m]}. */
final class SigmoidBlock implements BlockLoss {

  private final double smoothing;
  private double[] tails = new double[0];

  SigmoidBlock(double smoothing) {
    this.smoothing = smoothing;
  }

  @Override
  public double derivatives(
      double[] margins, int rows, int[] labels, int from, double[] weights, float[] curvature) {
    if (tails.length < rows) {
      tails = new double[rows];
    }
    for (int row = 0; row < rows; row++) {
      tails[row] = -Math.abs(margins[row]);
    }
    Exponential.exp(tails, rows);
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      double margin = margins[row];
      double tail = tails[row];
      double likely = 1 / (1 + tail);
      double positive = margin >= 0 ? likely : tail * likely;
      if (curvature != null) {
        curvature[from + row] = (float) positive;
      }
      double target = smoothing / 2 + (labels[from + row] == 1 ? 1 - smoothing : 0);
      // ln(1 + e^-|m|) never overflows
      loss += weights[row] * (Exponential.logOnePlus(tail) + Math.max(0, margin) - target * margin);
      margins[row] = weights[row] * (positive - target);
    }
    return loss;
  }

  @Override
  public void product(double[] margins, int rows, int from, double[] weights, float[] curvature) {
    for (int row = 0; row < rows; row++) {
      double p = curvature[from + row];
      margins[row] *= weights[row] * p * (1 - p);
    }
  }

  @Override
  public void diagonal(double[] out, int rows, int from, double[] weights, float[] curvature) {
    for (int row = 0; row < rows; row++) {
      double p = curvature[from + row];
      out[row] = weights[row] * p * (1 - p);
    }
  }
}
