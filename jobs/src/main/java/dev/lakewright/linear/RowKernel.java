package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;
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
  private final RowProducts products;
  private final double[] margins;
  private final double[] own;
  private final double[] diagonal;
  private final double[] rowWeights = new double[ROWS];
  private final double[] lossSums;
  private final double[][] curvatureSums;
  private final double[] scales;

  /**
   * @param scales per model: every row's weight is multiplied with it, 1 / their sum for means
   */
  RowKernel(RowMatrix matrix, int classes, List<Pass> passes, double[] scales) {
    this.scales = scales;
    this.matrix = matrix;
    this.passes = passes;
    this.outputs = Loss.outputs(classes);
    this.lanes = passes.size() * outputs;
    this.products = RowProducts.of(matrix, lanes);
    this.margins = new double[ROWS * lanes];
    this.own = new double[ROWS * outputs];
    this.diagonal = new double[ROWS * outputs];
    this.losses = new BlockLoss[passes.size()];
    this.lossSums = new double[passes.size()];
    this.curvatureSums = new double[passes.size()][outputs];
    for (int model = 0; model < losses.length; model++) {
      losses[model] = BlockLoss.of(passes.get(model).problem().loss(), classes);
    }
  }

  /** Sum of weighted losses per model, after {@link #accumulate}. */
  double[] lossSums() {
    return lossSums;
  }

  /** Answers a pass's loss and, where they are kept, its outputs' curvatures. */
  void answer(int model) {
    passes.get(model).answer(lossSums[model]);
    passes.get(model).answerCurvatures(curvatureSums[model]);
  }

  /** Sum of the weighted second derivatives by each output's margin, per model. */
  double[] curvatureSums(int model) {
    return curvatureSums[model];
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
      products.margins(from, rows, vectors, intercepts, margins);
      for (int model = 0; model < losses.length; model++) {
        differentiate(model, from, rows);
      }
      if (slopes) {
        addSums(from, rows, sums, interceptSums);
      }
    }
  }

  private void differentiate(int model, int from, int rows) {
    Pass pass = passes.get(model);
    weigh(model, from, rows);
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
      if (keep) {
        addCurvatures(model, from, rows);
      }
    }
    if (losses.length > 1) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(own, row * outputs, margins, row * lanes + model * outputs, outputs);
      }
    }
  }

  private void addCurvatures(int model, int from, int rows) {
    losses[model].diagonal(diagonal, rows, from, rowWeights, passes.get(model).curvatureKept());
    double[] sums = curvatureSums[model];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < outputs; k++) {
        sums[k] += diagonal[row * outputs + k];
      }
    }
  }

  private void weigh(int model, int from, int rows) {
    double[] classWeights = passes.get(model).problem().classWeights();
    double scale = scales[model];
    for (int row = 0; row < rows; row++) {
      rowWeights[row] = matrix.weight(from + row) * classWeights[matrix.label(from + row)] * scale;
    }
  }

  private void addSums(int from, int rows, double[] sums, double[] interceptSums) {
    for (int row = 0; row < rows; row++) {
      for (int lane = 0; lane < lanes; lane++) {
        interceptSums[lane] += margins[row * lanes + lane];
      }
    }
    products.addSums(from, rows, margins, sums);
  }

  /**
   * Adds the diagonal of the second derivative of the only model.
   *
   * @param sums in and out: {@code features × outputs}
   * @param interceptSums in and out: {@code outputs}
   */
  void accumulateDiagonal(double[] sums, double[] interceptSums) {
    Pass pass = passes.get(0);
    int[] starts = matrix.starts();
    int[] columns = matrix.columns();
    float[] values = matrix.values();
    for (int from = 0; from < matrix.rows(); from += ROWS) {
      int rows = Math.min(ROWS, matrix.rows() - from);
      weigh(0, from, rows);
      losses[0].diagonal(diagonal, rows, from, rowWeights, pass.curvatureKept());
      for (int row = 0; row < rows; row++) {
        int of = row * outputs;
        for (int k = 0; k < outputs; k++) {
          interceptSums[k] += diagonal[of + k];
        }
        for (int at = starts[from + row]; at < starts[from + row + 1]; at++) {
          double square = (double) values[at] * values[at];
          int base = columns[at] * outputs;
          for (int k = 0; k < outputs; k++) {
            sums[base + k] += square * diagonal[of + k];
          }
        }
      }
    }
  }
}
