package dev.lakewright.tuning;

import dev.lakewright.config.LearnerConfig;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.Loss;

/** From the words of the configuration to the learner's own. */
final class LinearProblems {

  private LinearProblems() {}

  static LinearProblem of(LearnerConfig learner, double[] classWeights) {
    return new LinearProblem(
        loss(learner),
        learner.l2(),
        learner.l1(),
        learner.intercept(),
        learner.maxIterations(),
        learner.tolerance(),
        learner.earlyStopping(),
        classWeights);
  }

  private static Loss loss(LearnerConfig learner) {
    return switch (learner.type()) {
      case LOGISTIC -> new Loss.Logistic(learner.labelSmoothing());
      case FOCAL -> new Loss.Focal(learner.gamma(), learner.labelSmoothing());
      case SQUARED_HINGE -> new Loss.SquaredHinge();
      case SPARK ->
          throw new IllegalArgumentException("an estimator of Spark is no linear problem");
    };
  }
}
