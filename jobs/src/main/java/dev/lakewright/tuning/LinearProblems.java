package dev.lakewright.tuning;

import dev.lakewright.config.LearnerConfig;
import dev.lakewright.linear.LinearProblem;

/** From the words of the configuration to the learner's own. */
final class LinearProblems {

  private LinearProblems() {}

  static LinearProblem of(LearnerConfig learner, double[] classWeights) {
    return new LinearProblem(
        learner.l2(),
        learner.l1(),
        learner.intercept(),
        learner.maxIterations(),
        learner.tolerance(),
        classWeights);
  }
}
