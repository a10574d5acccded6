package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;
import java.util.function.IntToDoubleFunction;

/** The derivatives of one row's loss by its margins. */
final class RowGradient {

  private final BlockLoss loss;
  private final double[] classWeights;
  private final double[] margins;
  private final double[] weight = new double[1];

  RowGradient(LinearProblem problem, int classes) {
    this.loss = BlockLoss.of(problem.loss(), classes);
    this.classWeights = problem.classWeights();
    this.margins = new double[Loss.outputs(classes)];
  }

  /**
   * Computes.
   *
   * @param point coordinates: {@code features × outputs} weights, then the intercepts
   * @return one per output, times the row's weight; overwritten by the next row
   */
  double[] at(RowMatrix rows, int row, int features, IntToDoubleFunction point) {
    margins(rows, row, features, point);
    weight[0] = rows.weight(row) * classWeights[rows.labels()[row]];
    loss.derivatives(margins, 1, rows.labels(), row, weight, null);
    return margins;
  }

  /** The row's margins alone, one per output; overwritten by the next row. */
  double[] margins(RowMatrix rows, int row, int features, IntToDoubleFunction point) {
    int outputs = margins.length;
    for (int k = 0; k < outputs; k++) {
      margins[k] = point.applyAsDouble(features * outputs + k);
    }
    for (int at = rows.starts()[row]; at < rows.starts()[row + 1]; at++) {
      int first = rows.columns()[at] * outputs;
      for (int k = 0; k < outputs; k++) {
        margins[k] += rows.values()[at] * point.applyAsDouble(first + k);
      }
    }
    return margins;
  }
}
