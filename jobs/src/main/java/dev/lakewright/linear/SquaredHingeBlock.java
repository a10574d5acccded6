package dev.lakewright.linear;

/** Squared hinge loss of each output against the rest; with one output, of the second class. */
final class SquaredHingeBlock implements BlockLoss {

  private final int outputs;

  SquaredHingeBlock(int outputs) {
    this.outputs = outputs;
  }

  @Override
  public double derivatives(
      double[] margins, int rows, int[] labels, int from, double[] weights, float[] curvature) {
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      int positive = outputs == 1 ? labels[from + row] - 1 : labels[from + row];
      double sum = 0;
      for (int k = 0; k < outputs; k++) {
        double side = k == positive ? 1 : -1;
        double shortfall = Math.max(0, 1 - side * margins[row * outputs + k]);
        sum += shortfall * shortfall;
        margins[row * outputs + k] = -2 * weights[row] * side * shortfall;
        if (curvature != null) {
          curvature[(from + row) * outputs + k] = shortfall > 0 ? 2 : 0;
        }
      }
      loss += weights[row] * sum;
    }
    return loss;
  }

  @Override
  public void product(double[] margins, int rows, int from, double[] weights, float[] curvature) {
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < outputs; k++) {
        margins[row * outputs + k] *= weights[row] * curvature[(from + row) * outputs + k];
      }
    }
  }

  @Override
  public void diagonal(double[] out, int rows, int from, double[] weights, float[] curvature) {
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < outputs; k++) {
        out[row * outputs + k] = weights[row] * curvature[(from + row) * outputs + k];
      }
    }
  }
}
