package dev.lakewright.linear;

/** Logistic and focal loss of two classes, whose margins are {@code [0, m]}. */
final class SigmoidBlock implements BlockLoss {

  private final double gamma;
  private final double smoothing;
  private double[] tails = new double[0];

  SigmoidBlock(double gamma, double smoothing) {
    this.gamma = gamma;
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
      if (gamma == 0) {
        // ln(1 + e^-|m|) never overflows
        loss +=
            weights[row] * (Exponential.logOnePlus(tail) + Math.max(0, margin) - target * margin);
        margins[row] = weights[row] * (positive - target);
      } else {
        double base = Exponential.logOnePlus(tail);
        double logPositive = Math.min(0, margin) - base;
        double logNegative = Math.min(0, -margin) - base;
        double negative = margin >= 0 ? tail * likely : likely;
        double restOfPositive = StrictMath.pow(negative, gamma);
        double restOfNegative = StrictMath.pow(positive, gamma);
        loss -=
            weights[row]
                * (target * restOfPositive * logPositive
                    + (1 - target) * restOfNegative * logNegative);
        // A_c (1 - p_c) of either class
        double ofPositive = restOfPositive * (gamma * positive * logPositive - negative);
        double ofNegative = restOfNegative * (gamma * negative * logNegative - positive);
        margins[row] = weights[row] * (target * ofPositive - (1 - target) * ofNegative);
      }
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
