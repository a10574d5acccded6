package dev.lakewright.linear;

/**
 * Focal loss of two classes, whose margins are {@code [0, m]}. With target shares {@code t}, {@code
 * p} the probability of the second class and {@code A_c = alpha_c (gamma p_c (1 - p_c)^gamma ln p_c
 * - (1 - p_c)^(gamma + 1))}, the derivative by m is {@code t_1 A_1 - t_0 A_0}.
 */
final class BinaryFocalBlock implements BlockLoss {

  private final double gamma;
  private final double smoothing;
  private final double[] alpha;
  private double[] tails = new double[0];

  BinaryFocalBlock(double gamma, double smoothing, double[] alpha) {
    this.gamma = gamma;
    this.smoothing = smoothing;
    this.alpha = alpha;
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
      double negative = margin >= 0 ? tail * likely : likely;
      double target = smoothing / 2 + (labels[from + row] == 1 ? 1 - smoothing : 0);
      // ln(1 + e^-|m|) never overflows
      double base = Exponential.logOnePlus(tail);
      double logPositive = Math.min(0, margin) - base;
      double logNegative = Math.min(0, -margin) - base;
      double ofPositive = target * alpha[1] * StrictMath.pow(negative, gamma);
      double ofNegative = (1 - target) * alpha[0] * StrictMath.pow(positive, gamma);
      loss -= weights[row] * (ofPositive * logPositive + ofNegative * logNegative);
      margins[row] =
          weights[row]
              * (ofPositive * (gamma * positive * logPositive - negative)
                  - ofNegative * (gamma * negative * logNegative - positive));
    }
    return loss;
  }
}
