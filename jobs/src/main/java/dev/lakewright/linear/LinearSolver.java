package dev.lakewright.linear;

import dev.lakewright.linear.LinearSolution.Outcome;
import dev.lakewright.matrix.RowMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Trains several linear models over the same rows together: every pass over the data advances each
 * model that has not converged. Problems that differ in their penalty alone are one run until their
 * ways part. A model's result does not depend on its company.
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
    minimize(objective, leaders(objective, runs), runs.size() * secondsPerModel);
    return runs.stream().map(run -> run.solution(compacted.expand(run.point(), outputs))).toList();
  }

  /**
   * Trains one model from a point near its minimum, over rows in this task's memory, without early
   * stopping or time limit.
   */
  public static LinearSolution solveFrom(
      LinearStart start, RowMatrix matrix, int classes, LinearProblem problem) {
    CompactedMatrix compacted = CompactedMatrix.of(matrix);
    BatchObjective objective = new LocalObjective(compacted.matrix(), classes);
    int outputs = objective.outputs();
    LinearProblem patient = problem.stoppedAfter(problem.maxPasses());
    Run run = new Run(patient, objective.dimension(), outputs);
    run.beginAt(compacted.compact(start.point(), outputs));
    minimize(objective, List.of(run), 0);
    return run.solution(compacted.expand(run.point(), outputs));
  }

  /** Trains one model from a point near its minimum, over rows wherever they are. */
  public static LinearSolution solveFrom(
      LinearStart start, BatchObjective objective, LinearProblem problem) {
    Run run = new Run(problem, objective.dimension(), objective.outputs());
    run.beginAt(start.point());
    minimize(objective, List.of(run), 0);
    return run.solution(run.weights());
  }

  /**
   * Trains one model over rows wherever they are, and keeps how far it is. Where that was kept
   * before, by a training of the same problem over the same rows from the same start, it goes on
   * from there and ends with the same bits.
   *
   * @param start a point near the minimum, if one is known
   */
  public static LinearSolution solve(
      Optional<LinearStart> start,
      BatchObjective objective,
      LinearProblem problem,
      Checkpoint checkpoint) {
    Run run = new Run(problem, objective.dimension(), objective.outputs());
    start.ifPresentOrElse(near -> run.beginAt(near.point()), run::begin);
    run.checkpoint = Optional.of(checkpoint);
    run.last = checkpoint.last();
    minimize(objective, List.of(run), 0);
    return run.solution(run.weights());
  }

  /** Trains over rows wherever they are; points have all features. */
  public static List<LinearSolution> solve(
      BatchObjective objective, List<LinearProblem> problems, double secondsPerModel) {
    List<Run> runs = new ArrayList<>();
    for (LinearProblem problem : problems) {
      runs.add(new Run(problem, objective.dimension(), objective.outputs()));
    }
    minimize(objective, leaders(objective, runs), runs.size() * secondsPerModel);
    return runs.stream().map(run -> run.solution(run.weights())).toList();
  }

  private static void minimize(BatchObjective objective, List<Run> begun, double seconds) {
    long limitNanos = (long) (seconds * 1e9);
    long started = System.nanoTime();
    List<Run> live = begun;
    while (!live.isEmpty()) {
      live.forEach(run -> run.optimizer.ask(run.pass));
      objective.run(live.stream().map(run -> run.pass).toList());
      boolean late = limitNanos > 0 && System.nanoTime() - started > limitNanos;
      live = live.stream().flatMap(run -> run.advance(late).stream()).toList();
    }
  }

  /** The runs with the weakest penalty of those that go the same way, the others behind them. */
  private static List<Run> leaders(BatchObjective objective, List<Run> runs) {
    List<Run> leaders = new ArrayList<>();
    for (Run run : runs.stream().sorted(Comparator.comparingDouble(r -> r.problem.l2())).toList()) {
      Optional<Run> leader =
          leaders.stream().filter(other -> other.sharesPathOf(run, objective)).findFirst();
      leader.ifPresentOrElse(
          other -> other.followers.add(run),
          () -> {
            run.begin();
            leaders.add(run);
          });
    }
    return leaders;
  }

  /** One model on its way. */
  private static final class Run {
    final LinearProblem problem;
    final Pass pass;
    private final List<Run> followers = new ArrayList<>();
    private final int outputs;
    private final int dimension;
    private Optimizer optimizer;
    private EarlyStopping stopping;
    private Optional<Checkpoint> checkpoint = Optional.empty();
    private Optional<Progress> last = Optional.empty();
    private int passes;
    private Outcome interrupted;

    Run(LinearProblem problem, int dimension, int outputs) {
      this.problem = problem;
      this.dimension = dimension;
      this.outputs = outputs;
      this.pass = new Pass(problem, 0);
    }

    boolean sharesPathOf(Run other, BatchObjective objective) {
      return problem.usesCurvature()
          && problem.sameButPenalty(other.problem)
          && objective.sameRows(problem, other.problem);
    }

    void begin() {
      begin(Optimizer.of(problem, dimension, outputs));
    }

    void beginAt(double[] start) {
      begin(Optimizer.from(problem, start, outputs));
    }

    private void begin(Optimizer chosen) {
      optimizer = chosen;
      pass.swapResult(new double[dimension]);
    }

    /** Takes the answer; returns what is to go on: this run, and those that part from it here. */
    List<Run> advance(boolean late) {
      passes++;
      if (!problem.intercept()) {
        Arrays.fill(pass.result(), dimension - outputs, dimension, 0);
      }
      optimizer.tell(pass);
      checkpoint.ifPresent(this::keep);
      if (stopping != null
          && stopping.stop(optimizer.solution(), optimizer.history().length - 1, passes)) {
        interrupted = Outcome.STOPPED_EARLY;
      }
      if (late && !finished()) {
        interrupted = Outcome.TIME_LIMIT;
      }
      List<Run> next = new ArrayList<>(List.of(this));
      for (Run follower : followers) {
        if (finished() || optimizer.partsFrom(follower.problem)) {
          follower.partFrom(this);
          next.add(follower);
        }
      }
      followers.removeAll(next);
      next.forEach(Run::proceed);
      next.removeIf(Run::finished);
      return next;
    }

    private void keep(Checkpoint kept) {
      if (last.isPresent()) {
        if (optimizer.continueFrom(last.get())) {
          passes = last.get().passes() - optimizer.passesRepeated();
          last = Optional.empty();
        }
      } else if (kept.isDue(optimizer.progressSize())) {
        optimizer.progress().ifPresent(kept::keep);
      }
    }

    private void partFrom(Run leader) {
      optimizer = leader.optimizer.fork(problem);
      passes = leader.passes;
      interrupted = leader.interrupted;
      pass.swapResult(new double[dimension]);
      pass.continueFrom(leader.pass, optimizer.solution());
    }

    private void proceed() {
      if (!finished()) {
        optimizer.proceed();
      }
      if (finished()) {
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
