package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.metrics.Metric;
import dev.lakewright.metrics.ScoredRows;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.ClassTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever was done to the classes' shares in training, corrected probabilities are as good as
 * those of a model that was trained on the rows as they are. The rows are made up: normal features
 * about the centre of each class, of which one in sixteen rows is of a rare class.
 */
class PriorShiftsTest {

  private static final int FEATURES = 4;
  private static final double[][] CENTRES = {{0, 0, 0, 0}, {1.2, .6, 0, 0}, {0, .6, 1.2, 0}};

  private static RowMatrix rows(int classes, int rows, int copiesOfRare, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RowMatrix matrix = new RowMatrix(FEATURES);
    SparseVector vector = new SparseVector();
    for (int row = 0; row < rows; row++) {
      int label = random.nextInt(16) == 0 ? 1 + random.nextInt(classes - 1) : 0;
      vector.clear();
      for (int feature = 0; feature < FEATURES; feature++) {
        vector.add(feature, (float) (random.nextGaussian() + CENTRES[label][feature]));
      }
      for (int copy = 0; copy < (label == 0 ? 1 : copiesOfRare); copy++) {
        matrix.add(vector, label, 1);
      }
    }
    return matrix;
  }

  /** Metrics on fresh rows of a model, with its scores corrected or not. */
  private record Measured(Quality corrected, Quality uncorrected) {}

  /**
   * How good probabilities are.
   *
   * @param error calibration error of the probability of the second class, in 15 bins: of the
   *     largest probability it would not show, as rare and usual rows err to opposite sides
   */
  private record Quality(double brier, double error) {}

  private static Measured measure(int classes, int copiesOfRare, String... settings) {
    LakewrightConfig config =
        ConfigDocument.load(Optional.empty(), List.of(settings), Map.of())
            .bind(LakewrightConfig.class);
    List<String> labels = List.of("usual", "rare", "rarer").subList(0, classes);
    ClassTotals table = ClassTotals.of(rows(classes, 20_000, 1, 1), classes);
    RowMatrix matrix = rows(classes, 20_000, copiesOfRare, 1);
    ClassTotals trained = ClassTotals.of(matrix, classes);
    LinearSolution solution =
        LinearSolver.solve(
                matrix,
                classes,
                List.of(LinearProblems.of(config.learner(), config.sampling(), labels, trained)))
            .get(0);
    double[] shifts = PriorShifts.of(config.learner(), config.sampling(), labels, trained, table);
    RowMatrix fresh = rows(classes, 20_000, 1, 2);
    Calibration softmax = new Calibration.Softmax();
    return new Measured(
        quality(labels, fresh, solution, softmax.withPriors(shifts)),
        quality(labels, fresh, solution, softmax));
  }

  private static Quality quality(
      List<String> labels, RowMatrix rows, LinearSolution solution, Calibration calibration) {
    int classes = labels.size();
    LinearScorer scorer =
        new LinearScorer(FEATURES, classes, solution.weights(), solution.intercepts());
    double[] margins = new double[rows.rows() * classes];
    double[] margin = new double[classes];
    int[] truth = new int[rows.rows()];
    SparseVector vector = new SparseVector();
    for (int row = 0; row < rows.rows(); row++) {
      rows.read(row, vector);
      scorer.score(vector, margin);
      System.arraycopy(margin, 0, margins, row * classes, classes);
      truth[row] = rows.label(row);
    }
    ScoredRows scored =
        ScoredRows.of(labels, truth, margins, calibration, new Thresholds.MostProbable());
    return new Quality(Metric.BRIER.of(scored), calibrationError(scored));
  }

  private static double calibrationError(ScoredRows rows) {
    double[] gaps = new double[15];
    for (int row = 0; row < rows.rows(); row++) {
      double p = rows.probabilities()[row * rows.classes().size() + 1];
      gaps[Math.min(14, (int) (15 * p))] += p - (rows.labels()[row] == 1 ? 1 : 0);
    }
    return Arrays.stream(gaps).map(Math::abs).sum() / rows.rows();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | 1  | sampling.weights=balanced",
        "3 | 1  | sampling.weights=balanced",
        "2 | 1  | sampling.weights=effective_number; sampling.beta=0.99999",
        "3 | 1  | sampling.class_weights={rare: 9, rarer: 30}",
        "2 | 15 | sampling.weights=none",
        "3 | 15 | sampling.weights=none",
        "2 | 15 | sampling.weights=balanced",
        "2 | 1  | learner.logit_adjustment=1",
        "3 | 1  | learner.logit_adjustment=0.7",
        "3 | 5  | learner={type: focal, gamma: 0, alpha: {rare: 4, rarer: 2}, logit_adjustment: 0.5}"
      })
  void correctedProbabilitiesAreAsGoodAsThoseOfTheRowsAsTheyAre(
      int classes, int copiesOfRare, String settings) {
    Quality plain = measure(classes, 1, "learner.l2=1e-5").uncorrected();
    Measured measured =
        measure(classes, copiesOfRare, ("learner.l2=1e-5; " + settings).split("; "));

    assertThat(measured.corrected().brier()).isCloseTo(plain.brier(), withinPercentage(2));
    assertThat(measured.corrected().error()).isCloseTo(plain.error(), within(0.006));
    assertThat(measured.uncorrected().brier()).isGreaterThan(plain.brier() * 1.25);
    assertThat(measured.uncorrected().error()).isGreaterThan(plain.error() + 0.03);
  }

  @Test
  void nothingIsCorrectedWhereNothingWasDone() {
    LakewrightConfig config =
        ConfigDocument.load(Optional.empty(), List.of(), Map.of()).bind(LakewrightConfig.class);
    ClassTotals totals = ClassTotals.of(rows(3, 1000, 1, 3), 3);
    List<Double> shifts = new ArrayList<>();
    for (double shift :
        PriorShifts.of(
            config.learner(), config.sampling(), List.of("a", "b", "c"), totals, totals)) {
      shifts.add(shift);
    }
    assertThat(shifts).containsOnly(0.0);
  }
}
