package dev.lakewright.linear;

import dev.lakewright.linear.LinearSolution.Outcome;
import java.util.Optional;

/** L-BFGS on the loss with its L2 penalty: for L1, losses that are not convex, early stopping. */
final class QuasiNewtonMinimizer implements Optimizer {

  private final double l2;
  private final int weights;
  private final LimitedMemoryMinimizer minimizer;
  private int passes;

  QuasiNewtonMinimizer(LinearProblem problem, double[] start, int outputs) {
    this.l2 = problem.l2();
    this.weights = start.length - outputs;
    this.minimizer =
        new LimitedMemoryMinimizer(
            start, weights, problem.l1(), problem.maxPasses(), problem.tolerance());
  }

  @Override
  public void ask(Pass pass) {
    pass.ask(Pass.Kind.GRADIENT, minimizer.point(), null);
  }

  @Override
  public void tell(Pass pass) {
    passes++;
    double[] point = pass.point();
    double[] gradient = pass.result();
    double squares = 0;
    for (int i = 0; i < weights; i++) {
      squares += point[i] * point[i];
      gradient[i] += l2 * point[i];
    }
    minimizer.observe(pass.loss() + l2 / 2 * squares, gradient);
  }

  @Override
  public long progressSize() {
    return minimizer.progressSize();
  }

  @Override
  public Optional<Progress> progress() {
    return minimizer.progress(l2, passes);
  }

  @Override
  public boolean continueFrom(Progress progress) {
    if (!minimizer.continueFrom(progress)) {
      return false;
    }
    passes = progress.passes();
    return true;
  }

  @Override
  public boolean finished() {
    return minimizer.finished();
  }

  @Override
  public Outcome outcome() {
    return minimizer.outcome();
  }

  @Override
  public double[] solution() {
    return minimizer.accepted();
  }

  @Override
  public double[] history() {
    return minimizer.history();
  }
}
