package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;
import java.util.function.IntToDoubleFunction;

/**
 * Stochastic gradient descent whose result is the mean of the start and all points after it (Polyak
 * and Juditsky, <i>Acceleration of Stochastic Approximation by Averaging</i>, 1992), with the L2
 * penalty of the mean loss; an L1 penalty is not taken account of. Steps shrink as {@code rate / (1
 * + l2 rate t)^(3/4)} (Bottou, <i>Stochastic Gradient Descent Tricks</i>, 2012). A row costs its
 * own entries alone: point and mean are kept as combinations of two vectors (Xu, <i>Towards Optimal
 * One Pass Large Scale Learning with Averaged Stochastic Gradient Descent</i>, 2011, section 6.1).
 *
 * <p>Written {@code u, s, a, c}: the point is {@code u / a}, the mean {@code (s + c u) / (t + 1)}.
 */
public final class AveragedSgd implements OnlineLearner {

  /** Where the point's scale is folded back, long before it overflows. */
  private static final double LARGEST_SCALE = 1e50;

  private final RowGradient gradient;
  private final boolean intercept;
  private final double l2;
  private final double rate;
  private final int outputs;
  private final int features;
  private final double[] u;
  private final double[] s;
  private final double[] intercepts;
  private final double[] interceptSums;
  private double a = 1;
  private double c = 1;
  private long t;

  /**
   * @param rate length of the first step, > 0
   */
  public AveragedSgd(LinearProblem problem, int classes, LinearStart start, double rate) {
    this.gradient = new RowGradient(problem, classes);
    this.intercept = problem.intercept();
    this.l2 = problem.l2();
    this.rate = rate;
    this.outputs = Loss.outputs(classes);
    this.features = start.weights().length / outputs;
    this.u = new double[features * outputs];
    for (int i = 0; i < u.length; i++) {
      u[i] = start.weights()[i];
    }
    this.s = new double[u.length];
    this.intercepts = start.intercepts().clone();
    this.interceptSums = start.intercepts().clone();
  }

  @Override
  public void learn(RowMatrix rows) {
    IntToDoubleFunction now = i -> i < u.length ? u[i] / a : intercepts[i - u.length];
    for (int row = 0; row < rows.rows(); row++) {
      double step = rate / StrictMath.pow(1 + l2 * rate * t, 0.75);
      double[] derivatives = gradient.at(rows, row, features, now);
      a /= 1 - Math.min(0.5, l2 * step);
      for (int at = rows.starts()[row]; at < rows.starts()[row + 1]; at++) {
        int first = rows.columns()[at] * outputs;
        for (int k = 0; k < outputs; k++) {
          double move = a * step * derivatives[k] * rows.values()[at];
          u[first + k] -= move;
          s[first + k] += c * move;
        }
      }
      t++;
      // every point counts the same in the mean
      c += 1 / a;
      for (int k = 0; k < outputs; k++) {
        intercepts[k] -= intercept ? step * derivatives[k] : 0;
        interceptSums[k] += intercepts[k];
      }
      if (a > LARGEST_SCALE) {
        rescale();
      }
    }
  }

  private void rescale() {
    for (int i = 0; i < u.length; i++) {
      u[i] /= a;
    }
    c *= a;
    a = 1;
  }

  @Override
  public LinearStart weights() {
    float[] weights = new float[u.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) ((s[i] + c * u[i]) / (t + 1));
    }
    double[] means = new double[outputs];
    for (int k = 0; k < outputs; k++) {
      means[k] = interceptSums[k] / (t + 1);
    }
    return new LinearStart(weights, means);
  }
}
