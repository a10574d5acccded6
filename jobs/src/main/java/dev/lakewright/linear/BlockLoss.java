package dev.lakewright.linear;

/**
 * A loss with its first and second derivatives over a few rows at a time, whose margins lie {@code
 * rows × outputs} in one array. What the second derivative needs is kept per row and output as
 * {@code curvature}.
 */
interface BlockLoss {

  /**
   * Turns margins into weighted derivatives of the loss.
   *
   * @param labels of all rows; the block's begin at {@code from}
   * @param weights one per row of the block
   * @param curvature of all rows, to be filled for the block's; null when it is not needed
   * @return sum of weighted losses
   */
  double derivatives(
      double[] margins, int rows, int[] labels, int from, double[] weights, float[] curvature);

  /** Turns a direction's margins into the weighted product with the second derivative. */
  void product(double[] margins, int rows, int from, double[] weights, float[] curvature);

  /** Fills {@code out} with the weighted diagonal of the second derivative. */
  void diagonal(double[] out, int rows, int from, double[] weights, float[] curvature);

  static BlockLoss of(Loss loss, int classes) {
    if (loss instanceof Loss.SquaredHinge) {
      return new SquaredHingeBlock(Loss.outputs(classes));
    }
    double gamma = loss instanceof Loss.Focal focal ? focal.gamma() : 0;
    double smoothing =
        loss instanceof Loss.Focal focal ? focal.smoothing() : ((Loss.Logistic) loss).smoothing();
    return classes == 2
        ? new SigmoidBlock(gamma, smoothing)
        : new SoftmaxBlock(classes, gamma, smoothing);
  }
}
