package dev.lakewright.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.ThresholdsConfig;
import dev.lakewright.config.ThresholdsConfig.Goal;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.metrics.Metric;
import dev.lakewright.metrics.ScoredRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ThresholdsTest {

  private static final List<String> TWO = List.of("ham", "spam");
  private static final double[] POSITIVE = {.1, .4, .35, .8, .7, .45, .9, .6};
  private static final int[] LABELS = {0, 0, 1, 1, 1, 0, 1, 0};

  private static ThresholdsConfig config(Goal goal, double bound) {
    return new ThresholdsConfig(
        goal, 1, bound, bound, Map.of(), Optional.empty(), Map.of("ham", Map.of("spam", 5.0)));
  }

  private static ThresholdsFitting.Rows rows(
      double[] positive, int[] labels, double... classWeights) {
    double[] probabilities = new double[2 * positive.length];
    for (int i = 0; i < positive.length; i++) {
      probabilities[2 * i] = 1 - positive[i];
      probabilities[2 * i + 1] = positive[i];
    }
    return new ThresholdsFitting.Rows(TWO, probabilities, labels, classWeights);
  }

  private static ThresholdsFitting.Fitted fit(ThresholdsConfig config) {
    return ThresholdsFitting.fit(config, rows(POSITIVE, LABELS, 1, 1), new double[] {1, 1});
  }

  private static double spam(ThresholdsFitting.Fitted fitted) {
    return ((Thresholds.PerClass) fitted.thresholds()).values()[1];
  }

  @Test
  void thresholdOfBestF1LiesBetweenTheScoresItParts() {
    // F1 by cut: 0.9 -> .4, 0.8 -> .667, 0.7 -> .857, 0.6 -> .75, ...
    Thresholds chosen = fit(config(Goal.F1, .9)).thresholds();
    assertThat(spam(fit(config(Goal.F1, .9)))).isCloseTo(0.65, within(1e-12));
    assertThat(chosen.decide(new double[] {.34, .66})).isEqualTo(1);
    assertThat(chosen.decide(new double[] {.36, .64})).isZero();
  }

  /**
   * Cuts by hand: precision and recall of spam are 1/1 .25, 2/2 .5, 3/3 .75, 3/4, 3/5, 3/6, 4/7 1.
   */
  @ParameterizedTest
  @CsvSource({
    "RECALL_AT_PRECISION, 0.9, 0.65",
    "PRECISION_AT_RECALL, 0.5, 0.75",
    "PRECISION_AT_RECALL, 0.9, 0.225"
  })
  void theBestThatKeepsTheBoundIsTaken(Goal goal, double bound, double threshold) {
    assertThat(spam(fit(config(goal, bound)))).isCloseTo(threshold, within(1e-12));
  }

  @Test
  void boundsMayDifferByClassAndThePositiveClassMayBeTheFirst() {
    ThresholdsConfig first =
        new ThresholdsConfig(
            Goal.RECALL_AT_PRECISION, 1, .99, .9, Map.of("ham", .75), Optional.of("ham"), Map.of());
    double[] values =
        ((Thresholds.PerClass)
                ThresholdsFitting.fit(first, rows(POSITIVE, LABELS, 1, 1), new double[] {1, 1})
                    .thresholds())
            .values();
    // ham by falling probability: ham .9, spam .65, ham .6, ham .55, ham .4, ...: 4 of 5 at .35
    assertThat(values).containsExactly(new double[] {0.35, 0.65}, within(1e-12));
  }

  @Test
  void unreachableBoundsAreSaid() {
    ThresholdsFitting.Rows rows = rows(new double[] {.9, .8}, new int[] {0, 1}, 1, 1);
    assertThat(
            ThresholdsFitting.fit(config(Goal.RECALL_AT_PRECISION, .9), rows, new double[] {1, 1})
                .notes())
        .containsExactly(
            "precision 0.9 of class spam is out of reach; its threshold gives 0.5000, the most there is");
  }

  @ParameterizedTest
  @EnumSource(names = {"MACRO_F1", "BALANCED_ACCURACY", "MCC", "ACCURACY", "G_MEAN"})
  void ofTwoClassesNoCutServesTheGoalBetter(Goal goal) {
    SplittableRandom random = new SplittableRandom(5);
    double[] positive = new double[300];
    int[] labels = new int[300];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(8) == 0 ? 1 : 0;
      positive[i] = Math.round(20 * (0.3 * random.nextDouble() + 0.2 * labels[i])) / 20.0;
    }
    ThresholdsFitting.Rows rows = rows(positive, labels, 1, 1);
    Thresholds chosen =
        ThresholdsFitting.fit(config(goal, 0), rows, new double[] {1, 1}).thresholds();
    double best = Double.NEGATIVE_INFINITY;
    for (double cut = 0.005; cut < 1; cut += 0.01) {
      best =
          Math.max(best, value(goal, rows, new Thresholds.PerClass(new double[] {1 - cut, cut})));
    }
    assertThat(value(goal, rows, chosen)).isCloseTo(best, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(names = {"MACRO_F1", "BALANCED_ACCURACY", "MCC", "ACCURACY", "G_MEAN"})
  void ofManyClassesTheGoalIsServedBetterThanByTheMostProbable(Goal goal) {
    SplittableRandom random = new SplittableRandom(6);
    int[] labels = new int[600];
    double[] probabilities = new double[3 * labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(10) < 7 ? 0 : random.nextInt(3);
      double total = 0;
      for (int k = 0; k < 3; k++) {
        double skew = k == 0 ? 1.2 : k == labels[i] ? 0.8 : 0;
        probabilities[3 * i + k] = Math.exp(skew + random.nextDouble());
        total += probabilities[3 * i + k];
      }
      for (int k = 0; k < 3; k++) {
        probabilities[3 * i + k] /= total;
      }
    }
    ThresholdsFitting.Rows rows =
        new ThresholdsFitting.Rows(
            List.of("a", "b", "c"), probabilities, labels, new double[] {1, 1, 1});
    Thresholds chosen =
        ThresholdsFitting.fit(config(goal, 0), rows, new double[] {1, 1, 1}).thresholds();
    double plain = value(goal, rows, new Thresholds.MostProbable());
    assertThat(value(goal, rows, chosen)).isGreaterThan(plain + (goal == Goal.ACCURACY ? 0 : 0.05));
    double[] values = ((Thresholds.PerClass) chosen).values();
    assertThat(values[0] + values[1] + values[2]).isCloseTo(1, within(1e-12));
  }

  private static double value(Goal goal, ThresholdsFitting.Rows rows, Thresholds thresholds) {
    int width = rows.classes().size();
    int[] predicted = new int[rows.labels().length];
    double[] probability = new double[width];
    for (int row = 0; row < predicted.length; row++) {
      System.arraycopy(rows.probabilities(), row * width, probability, 0, width);
      predicted[row] = thresholds.decide(probability);
    }
    return Metric.byName(goal.name().toLowerCase(java.util.Locale.ROOT))
        .of(new ScoredRows(rows.classes(), rows.labels(), rows.probabilities(), predicted));
  }

  @Test
  void rowsCountByTheSharesOfTheirClassWhereTheModelIsUsed() {
    // half of the spam there: a false alarm costs more precision, so that fewer are raised
    ThresholdsConfig config = config(Goal.RECALL_AT_PRECISION, .7);
    assertThat(spam(fit(config))).isCloseTo(0.65, within(1e-12));
    double[] positive = {.9, .8, .7, .6, .5, .4};
    int[] labels = {1, 1, 0, 1, 1, 0};
    assertThat(
            spam(ThresholdsFitting.fit(config, rows(positive, labels, 1, 1), new double[] {1, 1})))
        .isCloseTo(0.45, within(1e-12));
    assertThat(
            spam(
                ThresholdsFitting.fit(config, rows(positive, labels, 1, 0.5), new double[] {1, 1})))
        .isCloseTo(0.75, within(1e-12));
  }

  @Test
  void withoutAGoalClassWeightsKeepTheirSay() {
    // spam weighed 4 times as much: its corrected probability is divided by that again
    Thresholds chosen =
        ThresholdsFitting.fit(
                config(Goal.NONE, 0), rows(POSITIVE, LABELS, 1, 1), new double[] {4, 1})
            .thresholds();
    assertThat(chosen.decide(new double[] {.79, .21})).isEqualTo(1);
    assertThat(chosen.decide(new double[] {.81, .19})).isZero();
    assertThat(fit(config(Goal.NONE, 0)).thresholds()).isEqualTo(new Thresholds.MostProbable());
  }

  @Test
  void costsMoveTheDecision() {
    Thresholds chosen = fit(config(Goal.COST, .9)).thresholds();
    assertThat(chosen.decide(new double[] {.2, .8})).isZero();
    assertThat(chosen.decide(new double[] {.1, .9})).isEqualTo(1);
  }

  @Test
  void unknownClassesAreRefusedByName() {
    ThresholdsConfig cost =
        new ThresholdsConfig(
            Goal.COST, 1, .9, .9, Map.of(), Optional.empty(), Map.of("spma", Map.of("ham", 2.0)));
    assertThatThrownBy(() -> ThresholdsFitting.check(cost, TWO))
        .isInstanceOf(ConfigException.class)
        .hasMessage("thresholds.cost names the class spma, but the classes are [ham, spam]");
    ThresholdsConfig positive =
        new ThresholdsConfig(Goal.F1, 1, .9, .9, Map.of(), Optional.of("spam"), Map.of());
    assertThatThrownBy(() -> ThresholdsFitting.check(positive, List.of("eggs", "ham", "spam")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("thresholds.positive is of two classes, and there are 3");
  }
}
