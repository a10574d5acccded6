package dev.lakewright.linear;

import java.util.List;

/**
 * One pass over the rows of a matrix for one or several models. The vectors of all models lie side
 * by side per feature ("lanes": {@code models × outputs}), so that an entry of the matrix is read
 * once and its feature's weights are one run of memory. Rows are taken some at a time: margins of
 * all of them, then the losses, then the sums.
 */
final class RowKernel {

  /** Rows whose margins are at hand at once: few enough for the first-level cache. */
  private static final int ROWS = 64;

  private final RowMatrix matrix;
  private final List<Pass> passes;
  private final BlockLoss[] losses;
  private final int outputs;
  private final int lanes;
  private final double[] margins;
  private final double[] own;
  private final double[] rowWeights = new double[ROWS];
  private final double[] lossSums;

  RowKernel(RowMatrix matrix, int classes, List<Pass> passes) {
    this.matrix = matrix;
    this.passes = passes;
    this.outputs = Loss.outputs(classes);
    this.lanes = passes.size() * outputs;
    this.margins = new double[ROWS * lanes];
    this.own = new double[ROWS * outputs];
    this.losses = new BlockLoss[passes.size()];
    this.lossSums = new double[passes.size()];
    for (int model = 0; model < losses.length; model++) {
      losses[model] = BlockLoss.of(passes.get(model).problem().loss(), classes);
    }
  }

  /** Sum of weighted losses per model, after {@link #accumulate}. */
  double[] lossSums() {
    return lossSums;
  }

  /**
   * Adds the sums over all rows, in their order.
   *
   * @param vectors {@code features × lanes}
   * @param intercepts {@code lanes}
   * @param sums in and out: {@code features × lanes}
   * @param interceptSums in and out: {@code lanes}
   */
  void accumulate(double[] vectors, double[] intercepts, double[] sums, double[] interceptSums) {
    boolean slopes = passes.stream().anyMatch(pass -> pass.kind() != Pass.Kind.LOSS);
    for (int from = 0; from < matrix.rows(); from += ROWS) {
      int rows = Math.min(ROWS, matrix.rows() - from);
      addMargins(from, rows, vectors, intercepts);
      for (int model = 0; model < losses.length; model++) {
        differentiate(model, from, rows);
      }
      if (slopes) {
        addSums(from, rows, sums, interceptSums);
      }
    }
  }

  private void addMargins(int from, int rows, double[] vectors, double[] intercepts) {
    int[] starts = matrix.starts();
    int[] columns = matrix.columns();
    float[] values = matrix.values();
    int width = lanes;
    for (int row = 0; row < rows; row++) {
      int start = starts[from + row];
      int end = starts[from + row + 1];
      if (width == 1) {
        margins[row] = dot(columns, values, start, end, vectors, intercepts[0]);
        continue;
      }
      int to = row * width;
      double[] sums = margins;
      System.arraycopy(intercepts, 0, sums, to, width);
      for (int at = start; at < end; at++) {
        double value = values[at];
        int base = columns[at] * width;
        for (int lane = 0; lane < width; lane++) {
          sums[to + lane] += value * vectors[base + lane];
        }
      }
    }
  }

  /** Starts from the intercept, as the other path does: the same sum to the last bit. */
  private static double dot(
      int[] columns, float[] values, int start, int end, double[] vector, double intercept) {
    double sum = intercept;
    for (int at = start; at < end; at++) {
      sum += values[at] * vector[columns[at]];
    }
    return sum;
  }

  private void differentiate(int model, int from, int rows) {
    Pass pass = passes.get(model);
    double[] classWeights = pass.problem().classWeights();
    for (int row = 0; row < rows; row++) {
      rowWeights[row] = matrix.weight(from + row) * classWeights[matrix.label(from + row)];
    }
    double[] block = margins;
    if (losses.length > 1) {
      block = own;
      for (int row = 0; row < rows; row++) {
        System.arraycopy(margins, row * lanes + model * outputs, own, row * outputs, outputs);
      }
    }
    if (pass.kind() == Pass.Kind.PRODUCT) {
      losses[model].product(block, rows, from, rowWeights, pass.curvatureKept());
    } else {
      boolean keep = pass.keepsCurvature();
      lossSums[model] +=
          losses[model].derivatives(
              block,
              rows,
              matrix.labels(),
              from,
              rowWeights,
              keep ? pass.curvature(matrix.rows() * outputs) : null);
    }
    if (losses.length > 1) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(own, row * outputs, margins, row * lanes + model * outputs, outputs);
      }
    }
  }

  private void addSums(int from, int rows, double[] sums, double[] interceptSums) {
    int[] starts = matrix.starts();
    int[] columns = matrix.columns();
    float[] values = matrix.values();
    double[] factors = margins;
    int width = lanes;
    for (int row = 0; row < rows; row++) {
      int start = starts[from + row];
      int end = starts[from + row + 1];
      int of = row * width;
      for (int lane = 0; lane < width; lane++) {
        interceptSums[lane] += factors[of + lane];
      }
      if (width == 1) {
        addScaled(columns, values, start, end, factors[of], sums);
        continue;
      }
      for (int at = start; at < end; at++) {
        double value = values[at];
        int base = columns[at] * width;
        for (int lane = 0; lane < width; lane++) {
          sums[base + lane] += value * factors[of + lane];
        }
      }
    }
  }

  private static void addScaled(
      int[] columns, float[] values, int start, int end, double factor, double[] sums) {
    for (int at = start; at < end; at++) {
      sums[columns[at]] += values[at] * factor;
    }
  }

  /**
   * Adds the diagonal of the second derivative of the only model.
   *
   * @param sums in and out: {@code features × outputs}
   * @param interceptSums in and out: {@code outputs}
   */
  void accumulateDiagonal(double[] sums, double[] interceptSums) {
    Pass pass = passes.get(0);
    double[] classWeights = pass.problem().classWeights();
    int[] starts = matrix.starts();
    int[] columns = matrix.columns();
    float[] values = matrix.values();
    for (int from = 0; from < matrix.rows(); from += ROWS) {
      int rows = Math.min(ROWS, matrix.rows() - from);
      for (int row = 0; row < rows; row++) {
        rowWeights[row] = matrix.weight(from + row) * classWeights[matrix.label(from + row)];
      }
      losses[0].diagonal(own, rows, from, rowWeights, pass.curvatureKept());
      for (int row = 0; row < rows; row++) {
        int of = row * outputs;
        for (int k = 0; k < outputs; k++) {
          interceptSums[k] += own[of + k];
        }
        for (int at = starts[from + row]; at < starts[from + row + 1]; at++) {
          double square = (double) values[at] * values[at];
          int base = columns[at] * outputs;
          for (int k = 0; k < outputs; k++) {
            sums[base + k] += square * own[of + k];
          }
        }
      }
    }
  }
}
