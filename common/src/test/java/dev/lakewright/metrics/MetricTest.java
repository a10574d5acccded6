package dev.lakewright.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Reference values are those of scikit-learn 1.5.2 on the same rows. */
class MetricTest {

  private static ScoredRows binary() {
    int[] labels = {0, 0, 1, 1, 1, 0, 1, 0};
    double[] positive = {.1, .4, .35, .8, .8, .4, .9, .6};
    double[] probabilities = new double[16];
    for (int i = 0; i < 8; i++) {
      probabilities[2 * i] = 1 - positive[i];
      probabilities[2 * i + 1] = positive[i];
    }
    int[] predicted = Arrays.stream(positive).mapToInt(p -> p >= .5 ? 1 : 0).toArray();
    return new ScoredRows(List.of("ham", "spam"), labels, probabilities, predicted);
  }

  private static ScoredRows ternary() {
    double[] p = {
      .7, .2, .1, .1, .8, .1, .2, .3, .5, .5, .3, .2, .1, .1, .8, .3, .4, .3, .6, .2, .2, .2, .2, .6
    };
    return new ScoredRows(
        List.of("a", "b", "c"),
        new int[] {0, 1, 2, 1, 2, 0, 0, 1},
        p,
        new int[] {0, 1, 2, 0, 2, 1, 0, 2});
  }

  private static void expect(ScoredRows rows, Map<Metric, Double> expected) {
    expected.forEach(
        (metric, value) ->
            assertThat(metric.of(rows)).as(metric.key()).isCloseTo(value, within(1e-12)));
  }

  @Test
  void twoClassesAsScikitLearn() {
    expect(
        binary(),
        Map.of(
            Metric.ACCURACY, 0.75,
            Metric.MACRO_F1, 0.75,
            Metric.WEIGHTED_F1, 0.75,
            Metric.MACRO_PRECISION, 0.75,
            Metric.BALANCED_ACCURACY, 0.75,
            Metric.MCC, 0.5,
            Metric.LOG_LOSS, 0.45559652973111076,
            Metric.BRIER, 0.15031250000000002,
            Metric.ROC_AUC, 0.8125,
            Metric.PR_AUC, 0.8928571428571428));
  }

  @Test
  void threeClassesAsScikitLearn() {
    expect(
        ternary(),
        Map.of(
            Metric.ACCURACY, 0.625,
            Metric.MACRO_F1, 0.6222222222222222,
            Metric.WEIGHTED_F1, 0.6,
            Metric.MACRO_PRECISION, 0.6111111111111112,
            Metric.MACRO_RECALL, 0.6666666666666666,
            Metric.MCC, 0.4523809523809524,
            Metric.LOG_LOSS, 0.7530397964973825,
            Metric.BRIER, 0.43,
            Metric.ROC_AUC, 0.85,
            Metric.PR_AUC, 0.7976190476190474));
  }

  @Test
  void geometricMeanAsImbalancedLearn() {
    // imblearn.metrics.geometric_mean_score(labels, predicted, average="multiclass")
    expect(binary(), Map.of(Metric.G_MEAN, 0.75));
    expect(ternary(), Map.of(Metric.G_MEAN, 0.6057068642773799));
    ScoredRows never =
        new ScoredRows(
            List.of("a", "b"), new int[] {0, 1}, new double[] {.7, .3, .6, .4}, new int[] {0, 0});
    expect(never, Map.of(Metric.G_MEAN, 0.0));
  }

  @Test
  void labelThatTheModelDoesNotKnowIsAnError() {
    ScoredRows rows = binary();
    int[] labels = rows.labels().clone();
    labels[0] = -1;
    ScoredRows unknown =
        new ScoredRows(rows.classes(), labels, rows.probabilities(), rows.predicted());
    assertThat(Metric.ACCURACY.of(unknown)).isEqualTo(5.0 / 8);
    assertThat(Metric.LOG_LOSS.of(unknown)).isNotEqualTo(Metric.LOG_LOSS.of(rows)).isFinite();
    assertThat(Evaluation.of(unknown, 0, 0.95, 1).unseenLabels()).isEqualTo(1);
  }

  @Test
  void areaUnderTheCurveIsUndefinedForOneClassAlone() {
    ScoredRows one =
        new ScoredRows(
            List.of("a", "b"), new int[] {1, 1}, new double[] {.5, .5, .2, .8}, new int[] {0, 1});
    assertThat(Metric.ROC_AUC.of(one)).isNaN();
    assertThat(Metric.ACCURACY.of(one)).isEqualTo(0.5);
  }

  @Property(tries = 100)
  void scoresLieInTheirRangesAndDoNotDependOnOrder(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int classes) {
    ScoredRows rows = random(seed, classes, 60);
    ScoredRows reversed = reversed(rows);
    for (Metric metric : Metric.values()) {
      double value = metric.of(rows);
      if (metric != Metric.LOG_LOSS) {
        assertThat(value)
            .as(metric.key())
            .isBetween(metric == Metric.MCC ? -1.0 : 0.0, metric == Metric.BRIER ? 2.0 : 1.0);
      }
      assertThat(metric.of(reversed)).as(metric.key()).isCloseTo(value, within(1e-9));
    }
    assertThat(Metric.MICRO_F1.of(rows)).isEqualTo(Metric.ACCURACY.of(rows));
  }

  @Test
  void intervalsHoldTheValueAndRepeatWithTheSeed() {
    ScoredRows rows = random(3, 3, 400);
    Evaluation first = Evaluation.of(rows, 200, 0.95, 7);
    Evaluation second = Evaluation.of(rows, 200, 0.95, 7);
    assertThat(first.intervals()).isEqualTo(second.intervals());
    for (Metric metric : List.of(Metric.ACCURACY, Metric.MACRO_F1, Metric.ROC_AUC, Metric.BRIER)) {
      assertThat(first.metrics().get(metric))
          .isBetween(first.intervals().get(metric).low(), first.intervals().get(metric).high());
    }
    assertThat(first.toJson().at("/metrics/accuracy").asDouble())
        .isEqualTo(first.metrics().get(Metric.ACCURACY));
  }

  private static ScoredRows random(long seed, int classes, int rows) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] labels = new int[rows];
    int[] predicted = new int[rows];
    double[] probabilities = new double[rows * classes];
    for (int row = 0; row < rows; row++) {
      labels[row] = row < classes ? row : random.nextInt(classes);
      double total = 0;
      for (int k = 0; k < classes; k++) {
        probabilities[row * classes + k] = random.nextDouble() + (k == labels[row] ? 0.4 : 0.01);
        total += probabilities[row * classes + k];
      }
      for (int k = 0; k < classes; k++) {
        probabilities[row * classes + k] /= total;
        if (probabilities[row * classes + k] > probabilities[row * classes + predicted[row]]) {
          predicted[row] = k;
        }
      }
    }
    List<String> names = IntStream.range(0, classes).mapToObj(k -> "c" + k).toList();
    return new ScoredRows(names, labels, probabilities, predicted);
  }

  private static ScoredRows reversed(ScoredRows rows) {
    int width = rows.classes().size();
    int count = rows.rows();
    int[] labels = new int[count];
    int[] predicted = new int[count];
    double[] probabilities = new double[count * width];
    for (int row = 0; row < count; row++) {
      labels[row] = rows.labels()[count - 1 - row];
      predicted[row] = rows.predicted()[count - 1 - row];
      System.arraycopy(
          rows.probabilities(), (count - 1 - row) * width, probabilities, row * width, width);
    }
    return new ScoredRows(rows.classes(), labels, probabilities, predicted);
  }
}
