package dev.lakewright.tuning;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.OwnClassProbabilities;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How sure logistic regression, with the penalties of the learner, is of each row's own class under
 * stratified cross-validation within the training rows: what {@code instance_hardness} asks.
 *
 * @param folds at least 2
 */
public record OutOfFoldProbabilities(LearnerConfig learner, int folds)
    implements OwnClassProbabilities {

  /** A learner that says the same of rows, and is equal for all that do. */
  static LearnerConfig asked(LearnerConfig learner) {
    return new LearnerConfig(
        LearnerConfig.Type.LOGISTIC,
        LearnerConfig.NO_ESTIMATOR,
        Map.of(),
        learner.l2(),
        learner.l1(),
        learner.maxIterations(),
        learner.tolerance(),
        learner.intercept(),
        0,
        Map.of(),
        0,
        0,
        0);
  }

  @Override
  public double[] of(RowMatrix training, int classes, long seed) {
    int[] dealt = folds(training, classes, seed);
    double[] probabilities = new double[training.rows()];
    for (int fold = 0; fold < folds; fold++) {
      int held = fold;
      int[] others = IntStream.range(0, dealt.length).filter(row -> dealt[row] != held).toArray();
      int[] own = IntStream.range(0, dealt.length).filter(row -> dealt[row] == held).toArray();
      if (own.length > 0 && others.length > 0) {
        score(training, own, scorer(training.select(others), classes), probabilities);
      }
    }
    return probabilities;
  }

  /** Per row its fold: each class is dealt out in random order. */
  private int[] folds(RowMatrix training, int classes, long seed) {
    int[] order = IntStream.range(0, training.rows()).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[other];
      order[other] = row;
    }
    int[] next = new int[classes];
    int[] dealt = new int[order.length];
    for (int row : order) {
      dealt[row] = next[training.label(row)]++ % folds;
    }
    return dealt;
  }

  private LinearScorer scorer(RowMatrix rows, int classes) {
    double[] even = new double[classes];
    Arrays.fill(even, 1);
    LinearProblem problem =
        LinearProblem.logistic(
            learner.l2(),
            learner.l1(),
            learner.intercept(),
            learner.maxIterations(),
            learner.tolerance(),
            even);
    LinearSolution solution = LinearSolver.solve(rows, classes, List.of(problem)).get(0);
    return new LinearScorer(rows.features(), classes, solution.weights(), solution.intercepts());
  }

  private static void score(
      RowMatrix training, int[] rows, LinearScorer scorer, double[] probabilities) {
    double[] margins = new double[scorer.classes()];
    double[] shares = new double[scorer.classes()];
    SparseVector vector = new SparseVector();
    Calibration softmax = new Calibration.Softmax();
    for (int row : rows) {
      training.read(row, vector);
      scorer.score(vector, margins);
      softmax.apply(margins, shares);
      probabilities[row] = shares[training.label(row)];
    }
  }
}
