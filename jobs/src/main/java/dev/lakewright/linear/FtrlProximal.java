package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Follow the regularized leader, proximal, with a learning rate per coordinate (McMahan et al.,
 * <i>Ad Click Prediction: a View from the Trenches</i>, 2013, algorithm 1): a weight that many rows
 * had a say in moves little, one that few or none had moves freely. Penalties are those of the sum
 * of losses, over the rows seen by whoever trained the start and here.
 *
 * <p>A start that was trained otherwise is taken for the point that earlier rows led to: their
 * gradients' sum is what makes it the leader, and their squares are estimated from a sample.
 */
public final class FtrlProximal implements OnlineLearner {

  private static final double BETA = 1;

  private final RowGradient gradient;
  private final boolean intercept;
  private final double rate;
  private final double l1;
  private final double l2;
  private final int outputs;
  private final int features;
  private final double[] sums;
  private final double[] squares;
  private final IntToDoubleFunction now = this::weight;

  /**
   * @param totalWeight of all rows, seen earlier and to be seen here
   * @param rate alpha of the paper, > 0
   */
  public FtrlProximal(
      LinearProblem problem, int classes, LinearStart start, double totalWeight, double rate) {
    this.gradient = new RowGradient(problem, classes);
    this.intercept = problem.intercept();
    this.rate = rate;
    this.l1 = problem.l1() * totalWeight;
    this.l2 = problem.l2() * totalWeight;
    this.outputs = Loss.outputs(classes);
    this.features = start.weights().length / outputs;
    this.sums = new double[start.weights().length + outputs];
    this.squares = new double[sums.length];
    lead(start.point());
  }

  /**
   * Goes on where another was.
   *
   * @param sums as of {@link #sums}; taken over, not copied
   * @param squares as of {@link #squares}; taken over, not copied
   * @param totalWeight as of the other
   * @param rate as of the other
   */
  public FtrlProximal(
      LinearProblem problem,
      int classes,
      double[] sums,
      double[] squares,
      double totalWeight,
      double rate) {
    this.gradient = new RowGradient(problem, classes);
    this.intercept = problem.intercept();
    this.rate = rate;
    this.l1 = problem.l1() * totalWeight;
    this.l2 = problem.l2() * totalWeight;
    this.outputs = Loss.outputs(classes);
    this.features = sums.length / outputs - 1;
    this.sums = sums;
    this.squares = squares;
  }

  /** Makes the sums of gradients those whose leader is the point that they hold. */
  private void lead(double[] point) {
    for (int i = 0; i < point.length; i++) {
      double weight = point[i];
      sums[i] =
          -weight * ((BETA + Math.sqrt(squares[i])) / rate + ridge(i))
              - Math.signum(weight) * lasso(i);
    }
  }

  private double lasso(int coordinate) {
    return coordinate < features * outputs ? l1 : 0;
  }

  private double ridge(int coordinate) {
    return coordinate < features * outputs ? l2 : 0;
  }

  private double weight(int coordinate) {
    double sum = sums[coordinate];
    double lasso = lasso(coordinate);
    return Math.abs(sum) <= lasso
        ? 0
        : (Math.signum(sum) * lasso - sum)
            / ((BETA + Math.sqrt(squares[coordinate])) / rate + ridge(coordinate));
  }

  /**
   * Estimates the squares of the gradients that led to the start, at the start. Call before {@link
   * #learn}.
   *
   * @param sample of the earlier rows
   * @param times rows that each row of the sample stands for
   */
  public void remember(RowMatrix sample, double times) {
    double[] point = IntStream.range(0, sums.length).mapToDouble(this::weight).toArray();
    IntToDoubleFunction atStart = i -> point[i];
    for (int row = 0; row < sample.rows(); row++) {
      double[] derivatives = gradient.at(sample, row, features, atStart);
      for (int at = sample.starts()[row]; at < sample.starts()[row + 1]; at++) {
        int first = sample.columns()[at] * outputs;
        for (int k = 0; k < outputs; k++) {
          double slope = derivatives[k] * sample.values()[at];
          squares[first + k] += times * slope * slope;
        }
      }
      for (int k = 0; k < outputs; k++) {
        squares[features * outputs + k] += times * derivatives[k] * derivatives[k];
      }
    }
    lead(point);
  }

  @Override
  public void learn(RowMatrix rows) {
    for (int row = 0; row < rows.rows(); row++) {
      learn(rows, row);
    }
  }

  /** Takes one row. */
  public void learn(RowMatrix rows, int row) {
    double[] derivatives = gradient.at(rows, row, features, now);
    for (int at = rows.starts()[row]; at < rows.starts()[row + 1]; at++) {
      int first = rows.columns()[at] * outputs;
      for (int k = 0; k < outputs; k++) {
        step(first + k, derivatives[k] * rows.values()[at]);
      }
    }
    for (int k = 0; intercept && k < outputs; k++) {
      step(features * outputs + k, derivatives[k]);
    }
  }

  /** The outputs of a row by what was learnt so far; overwritten by the next row. */
  public double[] outputs(RowMatrix rows, int row) {
    return gradient.margins(rows, row, features, now);
  }

  /** Sums of gradients, {@code features × outputs}, then of the intercepts; not a copy. */
  public double[] sums() {
    return sums;
  }

  /** Sums of squared gradients, in step with {@link #sums}; not a copy. */
  public double[] squares() {
    return squares;
  }

  private void step(int coordinate, double slope) {
    double weight = weight(coordinate);
    double before = squares[coordinate];
    squares[coordinate] = before + slope * slope;
    double change = (Math.sqrt(squares[coordinate]) - Math.sqrt(before)) / rate;
    sums[coordinate] += slope - change * weight;
  }

  @Override
  public LinearStart weights() {
    float[] weights = new float[features * outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) weight(i);
    }
    double[] intercepts = new double[outputs];
    for (int k = 0; k < outputs; k++) {
      intercepts[k] = weight(weights.length + k);
    }
    return new LinearStart(weights, intercepts);
  }
}
