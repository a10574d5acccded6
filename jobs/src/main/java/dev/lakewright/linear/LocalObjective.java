package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The objective over a matrix that lies in this task's memory; rows are summed in their order. */
final class LocalObjective implements BatchObjective {

  /** Wider than this, models in company only crowd each other out of the cache. */
  private static final int MOST_LANES = 16;

  private final RowMatrix matrix;
  private final int classes;
  private final int outputs;
  private final double[] weightPerClass;
  private double[] vectors = new double[0];
  private double[] sums = new double[0];

  LocalObjective(RowMatrix matrix, int classes) {
    this.matrix = matrix;
    this.classes = classes;
    this.outputs = Loss.outputs(classes);
    this.weightPerClass = new double[classes];
    for (int row = 0; row < matrix.rows(); row++) {
      weightPerClass[matrix.label(row)] += matrix.weight(row);
    }
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
  public boolean sameRows(LinearProblem one, LinearProblem other) {
    return true;
  }

  @Override
  public void run(List<Pass> passes) {
    int company = Math.max(1, MOST_LANES / outputs);
    List<Pass> together = new ArrayList<>();
    for (Pass pass : passes) {
      if (pass.kind() == Pass.Kind.DIAGONAL) {
        diagonal(pass);
      } else {
        together.add(pass);
      }
    }
    for (int i = 0; i < together.size(); i += company) {
      List<Pass> group = together.subList(i, Math.min(together.size(), i + company));
      if (group.size() == 1) {
        alone(group.get(0));
      } else {
        sideBySide(group);
      }
    }
  }

  private void alone(Pass pass) {
    int weights = matrix.features() * outputs;
    double[] vector = pass.vector();
    double[] result = pass.result();
    Arrays.fill(result, 0);
    double[] intercepts = Arrays.copyOfRange(vector, weights, weights + outputs);
    double[] interceptSums = new double[outputs];
    RowKernel kernel = new RowKernel(matrix, classes, List.of(pass), scales(List.of(pass)));
    kernel.accumulate(vector, intercepts, result, interceptSums);
    System.arraycopy(interceptSums, 0, result, weights, outputs);
    kernel.answer(0);
  }

  private void sideBySide(List<Pass> passes) {
    int features = matrix.features();
    int lanes = passes.size() * outputs;
    reserve(Math.multiplyExact(features, lanes));
    Arrays.fill(sums, 0, features * lanes, 0);
    double[] intercepts = new double[lanes];
    double[] interceptSums = new double[lanes];
    for (int model = 0; model < passes.size(); model++) {
      double[] vector = passes.get(model).vector();
      int offset = model * outputs;
      for (int feature = 0; feature < features; feature++) {
        System.arraycopy(vector, feature * outputs, vectors, feature * lanes + offset, outputs);
      }
      System.arraycopy(vector, features * outputs, intercepts, offset, outputs);
    }
    RowKernel kernel = new RowKernel(matrix, classes, passes, scales(passes));
    kernel.accumulate(vectors, intercepts, sums, interceptSums);
    for (int model = 0; model < passes.size(); model++) {
      double[] result = passes.get(model).result();
      int offset = model * outputs;
      for (int feature = 0; feature < features; feature++) {
        System.arraycopy(sums, feature * lanes + offset, result, feature * outputs, outputs);
      }
      System.arraycopy(interceptSums, offset, result, features * outputs, outputs);
      kernel.answer(model);
    }
  }

  private void diagonal(Pass pass) {
    int weights = matrix.features() * outputs;
    Arrays.fill(pass.result(), 0);
    double[] interceptSums = new double[outputs];
    new RowKernel(matrix, classes, List.of(pass), scales(List.of(pass)))
        .accumulateDiagonal(pass.result(), interceptSums);
    System.arraycopy(interceptSums, 0, pass.result(), weights, outputs);
  }

  /** One over the sum of weights, per model: sums become means. */
  private double[] scales(List<Pass> passes) {
    double[] scales = new double[passes.size()];
    for (int model = 0; model < scales.length; model++) {
      double[] classWeights = passes.get(model).problem().classWeights();
      double total = 0;
      for (int k = 0; k < classes; k++) {
        total += classWeights[k] * weightPerClass[k];
      }
      scales[model] = 1 / total;
    }
    return scales;
  }

  private void reserve(int size) {
    if (vectors.length < size) {
      vectors = new double[size];
      sums = new double[size];
    }
  }
}
