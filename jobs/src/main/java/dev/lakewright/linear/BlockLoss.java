package dev.lakewright.linear;

import java.util.Arrays;

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

  /**
   * Turns a direction's margins into the weighted product with the second derivative; of convex
   * losses only.
   */
  default void product(double[] margins, int rows, int from, double[] weights, float[] curvature) {
    throw new IllegalStateException("a loss that is not convex has no use for products");
  }

  /**
   * Fills {@code out} with the weighted diagonal of the second derivative; of convex losses only.
   */
  default void diagonal(double[] out, int rows, int from, double[] weights, float[] curvature) {
    throw new IllegalStateException("a loss that is not convex has no use for a diagonal");
  }

  static BlockLoss of(Loss loss, int classes) {
    if (loss instanceof Loss.Shifted shifted) {
      return new ShiftedBlock(of(shifted.loss(), classes), shifted.shifts());
    } else if (loss instanceof Loss.Focal focal && !focal.convex()) {
      return focal(focal, classes);
    } else if (loss instanceof Loss.SquaredHinge) {
      return new SquaredHingeBlock(Loss.outputs(classes));
    }
    double smoothing =
        loss instanceof Loss.Focal focal ? focal.smoothing() : ((Loss.Logistic) loss).smoothing();
    return classes == 2 ? new SigmoidBlock(smoothing) : new SoftmaxBlock(classes, smoothing);
  }

  private static BlockLoss focal(Loss.Focal loss, int classes) {
    double[] alpha = loss.alpha();
    if (alpha.length == 0) {
      alpha = new double[classes];
      Arrays.fill(alpha, 1);
    }
    return classes == 2
        ? new BinaryFocalBlock(loss.gamma(), loss.smoothing(), alpha)
        : new FocalBlock(loss.gamma(), loss.smoothing(), alpha);
  }
}
