package dev.lakewright.linear;

import java.util.List;

/**
 * Watches the loss on validation rows, keeps the best point and says when it has not improved for
 * long enough (Prechelt 1998, criterion UP).
 */
final class EarlyStopping {

  private final BatchObjective validation;
  private final Pass pass;
  private final int patience;
  private double least = Double.POSITIVE_INFINITY;
  private double[] best = new double[0];
  private int passesOfBest;
  private int since;
  private int seen;

  EarlyStopping(BatchObjective validation, LinearProblem problem) {
    this.validation = validation;
    this.pass = new Pass(problem, validation.dimension());
    this.patience = problem.patience();
  }

  /**
   * Looks at a point, once per iteration.
   *
   * @return whether to stop
   */
  boolean stop(double[] point, int iteration, int passes) {
    if (iteration <= seen) {
      return false;
    }
    seen = iteration;
    pass.ask(Pass.Kind.LOSS, point, null);
    validation.run(List.of(pass));
    if (pass.loss() < least) {
      least = pass.loss();
      best = point.clone();
      passesOfBest = passes;
      since = 0;
    } else {
      since++;
    }
    return since >= patience;
  }

  double[] best() {
    return best;
  }

  int passesOfBest() {
    return passesOfBest;
  }

  boolean seenAny() {
    return best.length > 0;
  }
}
