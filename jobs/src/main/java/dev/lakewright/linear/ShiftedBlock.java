package dev.lakewright.linear;

/** A loss at shifted margins: derivatives are those of the loss, wherever the margins come from. */
final class ShiftedBlock implements BlockLoss {

  private final BlockLoss loss;
  private final double[] shifts;

  ShiftedBlock(BlockLoss loss, double[] shifts) {
    this.loss = loss;
    this.shifts = shifts;
  }

  @Override
  public double derivatives(
      double[] margins, int rows, int[] labels, int from, double[] weights, float[] curvature) {
    int outputs = shifts.length;
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < outputs; k++) {
        margins[row * outputs + k] += shifts[k];
      }
    }
    return loss.derivatives(margins, rows, labels, from, weights, curvature);
  }

  @Override
  public void product(double[] margins, int rows, int from, double[] weights, float[] curvature) {
    loss.product(margins, rows, from, weights, curvature);
  }

  @Override
  public void diagonal(double[] out, int rows, int from, double[] weights, float[] curvature) {
    loss.diagonal(out, rows, from, weights, curvature);
  }
}
