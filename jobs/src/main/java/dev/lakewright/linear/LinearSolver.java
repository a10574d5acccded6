package dev.lakewright.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * Trains several linear models over the same rows together: every pass over the data advances each
 * model that has not converged by one evaluation. A model's result does not depend on its company.
 */
public final class LinearSolver {

  /**
   * Memory of one weight while its model is being trained: five vectors of the minimizer and two of
   * the pass over the rows in double, twelve of the minimizer's memory in float.
   */
  public static final int BYTES_PER_WEIGHT = 7 * Double.BYTES + 12 * Float.BYTES;

  private LinearSolver() {}

  /** Trains over rows in this task's memory. */
  public static List<LinearSolution> solve(
      RowMatrix matrix, int classes, List<LinearProblem> problems) {
    return solve(new LocalObjective(matrix, classes), problems);
  }

  static List<LinearSolution> solve(BatchObjective objective, List<LinearProblem> problems) {
    List<Run> runs = new ArrayList<>();
    for (LinearProblem problem : problems) {
      runs.add(new Run(problem, objective.dimension(), objective.outputs()));
    }
    List<Run> live = runs;
    while (!live.isEmpty()) {
      advance(objective, live);
      live = live.stream().filter(run -> !run.minimizer.finished()).toList();
    }
    return runs.stream().map(Run::solution).toList();
  }

  private static void advance(BatchObjective objective, List<Run> live) {
    int models = live.size();
    double[][] classWeights = new double[models][];
    double[][] points = new double[models][];
    double[][] gradients = new double[models][];
    double[] losses = new double[models];
    for (int i = 0; i < models; i++) {
      classWeights[i] = live.get(i).problem.classWeights();
      points[i] = live.get(i).minimizer.point();
      gradients[i] = live.get(i).gradient;
    }
    objective.evaluate(classWeights, points, losses, gradients);
    for (int i = 0; i < models; i++) {
      live.get(i).observe(losses[i]);
    }
  }

  /** One model on its way. */
  private static final class Run {
    final LinearProblem problem;
    final LimitedMemoryMinimizer minimizer;
    double[] gradient;
    private final int outputs;
    private final int weights;

    Run(LinearProblem problem, int dimension, int outputs) {
      this.problem = problem;
      this.outputs = outputs;
      this.weights = dimension - outputs;
      this.gradient = new double[dimension];
      this.minimizer =
          new LimitedMemoryMinimizer(
              new double[dimension],
              weights,
              problem.l1(),
              problem.maxIterations(),
              problem.tolerance());
    }

    void observe(double loss) {
      double[] point = minimizer.point();
      double squares = 0;
      for (int i = 0; i < weights; i++) {
        squares += point[i] * point[i];
        gradient[i] += problem.l2() * point[i];
      }
      if (!problem.intercept()) {
        for (int i = weights; i < weights + outputs; i++) {
          gradient[i] = 0;
        }
      }
      minimizer.observe(loss + problem.l2() / 2 * squares, gradient);
      if (minimizer.finished()) {
        gradient = new double[0];
      }
    }

    LinearSolution solution() {
      double[] point = minimizer.point();
      float[] rounded = new float[weights];
      for (int i = 0; i < weights; i++) {
        rounded[i] = (float) point[i];
      }
      double[] intercepts = new double[outputs];
      System.arraycopy(point, weights, intercepts, 0, outputs);
      return new LinearSolution(rounded, intercepts, minimizer.history(), minimizer.outcome());
    }
  }
}
