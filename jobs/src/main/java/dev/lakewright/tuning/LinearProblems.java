package dev.lakewright.tuning;

import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.Loss;
import dev.lakewright.sampling.ClassTotals;
import dev.lakewright.sampling.ClassWeights;
import java.util.Arrays;
import java.util.List;

/** From the words of the configuration, and what the training rows hold, to the learner's own. */
public final class LinearProblems {

  private LinearProblems() {}

  /**
   * @param trained totals of the rows that are trained on
   */
  public static LinearProblem of(
      LearnerConfig learner, SamplingConfig sampling, List<String> classes, ClassTotals trained) {
    double[] classWeights = ClassWeights.of(sampling, classes, trained.rows());
    double[] alpha = alpha(learner, classes);
    double[] shares = trained.times(classWeights).times(alpha).logShares();
    return new LinearProblem(
        adjusted(loss(learner, alpha), tau(learner), shares),
        learner.l2(),
        learner.l1(),
        learner.intercept(),
        learner.maxIterations(),
        learner.tolerance(),
        learner.earlyStopping(),
        classWeights);
  }

  /**
   * Checks the classes that a trial names.
   *
   * @throws ConfigException when there is no such class
   */
  static void check(Trial trial, List<String> classes) {
    ClassWeights.of(trial.sampling(), classes, new long[classes.size()]);
    alpha(trial.learner(), classes);
  }

  /** How many times the logarithms of class shares are trained with. */
  static double tau(LearnerConfig learner) {
    return switch (learner.type()) {
      case LOGISTIC, FOCAL -> learner.logitAdjustment();
      case SQUARED_HINGE, SPARK -> 0;
    };
  }

  private static Loss loss(LearnerConfig learner, double[] alpha) {
    boolean alike = Arrays.stream(alpha).allMatch(factor -> factor == 1);
    return switch (learner.type()) {
      case LOGISTIC -> new Loss.Logistic(learner.labelSmoothing());
      case FOCAL ->
          alike
              ? new Loss.Focal(learner.gamma(), learner.labelSmoothing())
              : new Loss.Focal(learner.gamma(), learner.labelSmoothing(), alpha);
      case SQUARED_HINGE -> new Loss.SquaredHinge();
      case SPARK ->
          throw new IllegalArgumentException("an estimator of Spark is no linear problem");
    };
  }

  /** Factors of the classes' losses; ones where the learner has none. */
  static double[] alpha(LearnerConfig learner, List<String> classes) {
    double[] alpha = new double[classes.size()];
    Arrays.fill(alpha, 1);
    if (learner.type() != LearnerConfig.Type.FOCAL) {
      return alpha;
    }
    learner
        .alpha()
        .forEach(
            (label, factor) -> {
              int place = classes.indexOf(label);
              if (place < 0) {
                throw new ConfigException(
                    "learner.alpha names the class %s, but the training rows hold only %s"
                        .formatted(label, classes));
              }
              alpha[place] = factor;
            });
    return alpha;
  }

  private static Loss adjusted(Loss loss, double tau, double[] logShares) {
    if (tau == 0) {
      return loss;
    }
    double[] shifts = Arrays.stream(logShares).map(share -> tau * share).toArray();
    // the only output of two classes is the second's, against a score of 0 of the first
    return new Loss.Shifted(
        loss, shifts.length == 2 ? new double[] {shifts[1] - shifts[0]} : shifts);
  }
}
