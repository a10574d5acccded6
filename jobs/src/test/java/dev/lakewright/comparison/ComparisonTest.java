package dev.lakewright.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.Remedy;
import dev.lakewright.metrics.Figure;
import dev.lakewright.metrics.Interval;
import dev.lakewright.metrics.Metric;
import dev.lakewright.metrics.PairedBootstrap.Estimate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of a comparison. */
class ComparisonTest {

  private static Comparison.Measured measured(
      Remedy remedy, double value, double difference, double low, double high) {
    Estimate estimate =
        new Estimate(
            value, new Interval(value - 0.1, value + 0.1), difference, new Interval(low, high));
    return new Comparison.Measured(
        new Treatment(remedy, Map.of()), Map.of(), List.of(estimate), List.of(), 1, "");
  }

  private static Comparison of(Metric metric, Comparison.Measured... others) {
    List<Comparison.Measured> all = new java.util.ArrayList<>();
    all.add(measured(Remedy.NONE, 0.5, 0, 0, 0));
    all.addAll(List.of(others));
    return new Comparison(List.of(Figure.of(metric)), "rare", all);
  }

  @Test
  void theBestHelpedWhenItsDifferenceLeavesZeroOut() {
    Comparison comparison =
        of(
            Metric.MACRO_F1,
            measured(Remedy.SMOTE, 0.6, 0.1, 0.02, 0.18),
            measured(Remedy.FOCAL, 0.55, 0.05, 0.01, 0.1));
    assertThat(comparison.helped()).isTrue();
    assertThat(comparison.verdict())
        .isEqualTo(
            "smote helped most: macro_f1 0.6000 against 0.5000 without a remedy (difference +0.1000, interval +0.0200 to +0.1800)");
  }

  @Test
  void aDifferenceWithinTheIntervalIsNoHelp() {
    Comparison comparison = of(Metric.MACRO_F1, measured(Remedy.SMOTE, 0.6, 0.1, -0.02, 0.2));
    assertThat(comparison.helped()).isFalse();
    assertThat(comparison.verdict())
        .startsWith("no remedy helped beyond the interval; the best is smote: macro_f1 0.6000");
  }

  @Test
  void withoutARemedyMayBeBest() {
    Comparison comparison = of(Metric.MACRO_F1, measured(Remedy.SMOTE, 0.4, -0.1, -0.2, -0.05));
    assertThat(comparison.best().name()).isEqualTo("none");
    assertThat(comparison.helped()).isFalse();
    assertThat(comparison.verdict())
        .isEqualTo("no remedy helped: macro_f1 is best without one, 0.5000");
  }

  @Test
  void ofLossesTheLowestIsBest() {
    Comparison comparison = of(Metric.LOG_LOSS, measured(Remedy.FOCAL, 0.4, -0.1, -0.2, -0.05));
    assertThat(comparison.best().name()).isEqualTo("focal");
    assertThat(comparison.helped()).isTrue();
  }
}
