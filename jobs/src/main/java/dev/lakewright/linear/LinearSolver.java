package dev.lakewright.linear;

import dev.lakewright.linear.LinearSolution.Outcome;
import dev.lakewright.matrix.RowMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Trains several linear models over the same rows together: every pass over the data advances each
 * model that has not converged. A model's result does not depend on its company.
 */
public final class LinearSolver {

  /**
   * Memory of one weight while its model is being trained: five vectors of the minimizer and two of
   * the pass over the rows in double, twelve of the minimizer's memory in float.
   */
  public static final int BYTES_PER_WEIGHT = 7 * Double.BYTES + 12 * Float.BYTES;

  private LinearSolver() {}

  /** Trains over rows in this task's memory, without early stopping or time limit. */
  public static List<LinearSolution> solve(
      RowMatrix matrix, int classes, List<LinearProblem> problems) {
    List<LinearProblem> patient =
        problems.stream().map(p -> p.patience() == 0 ? p : p.stoppedAfter(p.maxPasses())).toList();
    return solve(matrix, Optional.empty(), classes, patient, 0);
  }

  /**
   * Trains over rows in this task's memory.
   *
   * @param validation rows that early stopping looks at
   * @param secondsPerModel time limit, all models sharing theirs; 0: none
   */
  public static List<LinearSolution> solve(
      RowMatrix training,
      Optional<RowMatrix> validation,
      int classes,
      List<LinearProblem> problems,
      double secondsPerModel) {
    CompactedMatrix compacted = CompactedMatrix.of(training);
    BatchObjective objective = new LocalObjective(compacted.matrix(), classes);
    int outputs = objective.outputs();
    List<Run> runs = new ArrayList<>();
    for (LinearProblem problem : problems) {
      Run run = new Run(problem, objective.dimension(), outputs);
      if (problem.patience() > 0) {
        run.stopping =
            new EarlyStopping(
                new LocalObjective(compacted.renumber(validation.orElseThrow()), classes), problem);
      }
      runs.add(run);
    }
    long limit = (long) (secondsPerModel * 1e9 * problems.size());
    minimize(objective, runs, limit);
    return runs.stream().map(run -> run.solution(compacted.expand(run.point(), outputs))).toList();
  }

  /** Trains over rows wherever they are; points have all features. */
  public static List<LinearSolution> solve(
      BatchObjective objective, List<LinearProblem> problems, double secondsPerModel) {
    List<Run> runs = new ArrayList<>();
    for (LinearProblem problem : problems) {
      runs.add(new Run(problem, objective.dimension(), objective.outputs()));
    }
    minimize(objective, runs, (long) (secondsPerModel * 1e9 * problems.size()));
    return runs.stream().map(run -> run.solution(run.weights())).toList();
  }

  private static void minimize(BatchObjective objective, List<Run> runs, long limitNanos) {
    long started = System.nanoTime();
    List<Run> live = runs;
    while (!live.isEmpty()) {
      live.forEach(run -> run.optimizer.ask(run.pass));
      objective.run(live.stream().map(run -> run.pass).toList());
      live.forEach(Run::advance);
      if (limitNanos > 0 && System.nanoTime() - started > limitNanos) {
        live.forEach(Run::timeOut);
      }
      live = live.stream().filter(run -> !run.finished()).toList();
    }
  }

  /** One model on its way. */
  private static final class Run {
    final LinearProblem problem;
    final Pass pass;
    final Optimizer optimizer;
    private final int outputs;
    private final int dimension;
    private EarlyStopping stopping;
    private int passes;
    private Outcome interrupted;

    Run(LinearProblem problem, int dimension, int outputs) {
      this.problem = problem;
      this.dimension = dimension;
      this.outputs = outputs;
      this.pass = new Pass(problem, dimension);
      this.optimizer = Optimizer.of(problem, dimension, outputs);
    }

    void advance() {
      passes++;
      if (!problem.intercept()) {
        Arrays.fill(pass.result(), dimension - outputs, dimension, 0);
      }
      optimizer.tell(pass);
      if (stopping != null
          && stopping.stop(optimizer.solution(), optimizer.history().length - 1, passes)) {
        interrupted = Outcome.STOPPED_EARLY;
      }
      if (finished()) {
        pass.release();
      }
    }

    void timeOut() {
      if (!finished()) {
        interrupted = Outcome.TIME_LIMIT;
        pass.release();
      }
    }

    boolean finished() {
      return interrupted != null || optimizer.finished();
    }

    double[] point() {
      return stopping != null && stopping.seenAny() ? stopping.best() : optimizer.solution();
    }

    float[] weights() {
      double[] point = point();
      float[] weights = new float[dimension - outputs];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) point[i];
      }
      return weights;
    }

    LinearSolution solution(float[] weights) {
      double[] intercepts = Arrays.copyOfRange(point(), dimension - outputs, dimension);
      return new LinearSolution(
          weights,
          intercepts,
          optimizer.history(),
          stopping != null && stopping.seenAny() ? stopping.passesOfBest() : passes,
          interrupted == null ? optimizer.outcome() : interrupted);
    }
  }
}
