package dev.lakewright.linear;

import java.util.Arrays;

/** The objective over a matrix that lies in this task's memory; rows are summed in their order. */
final class LocalObjective implements BatchObjective {

  private final RowMatrix matrix;
  private final int classes;
  private final int outputs;
  private double[] weights = new double[0];
  private double[] gradient = new double[0];

  LocalObjective(RowMatrix matrix, int classes) {
    this.matrix = matrix;
    this.classes = classes;
    this.outputs = LogisticKernel.outputs(classes);
  }

  @Override
  public int dimension() {
    return (matrix.features() + 1) * outputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public void evaluate(
      double[][] classWeights, double[][] points, double[] losses, double[][] gradients) {
    int models = points.length;
    int features = matrix.features();
    int lanes = models * outputs;
    reserve(Math.multiplyExact(features, lanes));
    LogisticKernel.interleave(points, features, outputs, weights);
    Arrays.fill(gradient, 0, features * lanes, 0);
    Arrays.fill(losses, 0);
    double[] intercepts = new double[lanes];
    double[] interceptGradient = new double[lanes];
    for (int model = 0; model < models; model++) {
      System.arraycopy(points[model], features * outputs, intercepts, model * outputs, outputs);
    }

    new LogisticKernel(classes, classWeights)
        .accumulate(matrix, weights, intercepts, losses, gradient, interceptGradient);

    double[] scales = LogisticKernel.totalWeights(matrix, classWeights);
    for (int model = 0; model < models; model++) {
      scales[model] = 1 / scales[model];
      losses[model] *= scales[model];
      for (int k = 0; k < outputs; k++) {
        gradients[model][features * outputs + k] =
            interceptGradient[model * outputs + k] * scales[model];
      }
    }
    LogisticKernel.separate(gradient, features, outputs, scales, gradients);
  }

  private void reserve(int size) {
    if (weights.length < size) {
      weights = new double[size];
      gradient = new double[size];
    }
  }
}
