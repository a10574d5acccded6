package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The winner among trials, given what their folds reached. */
class BestTrialTest {

  private static TrialResult trial(int number, double l2, String metric, double... folds) {
    LakewrightConfig config =
        ConfigDocument.load(Optional.empty(), List.of("learner.l2=" + l2), Map.of())
            .bind(LakewrightConfig.class);
    List<FoldOutcome> outcomes = new ArrayList<>();
    for (int fold = 0; fold < folds.length; fold++) {
      outcomes.add(
          new FoldOutcome(number, fold, 1, Map.of(metric, folds[fold]), 1, 10, "", "here"));
    }
    return new TrialResult(
        new Trial(
            number,
            Map.of(),
            config.features(),
            config.sampling(),
            config.learner(),
            config.ensemble()),
        outcomes,
        3);
  }

  private static int best(Metric metric, TuneConfig.Choice choice, TrialResult... trials) {
    return BestTrial.of(List.of(trials), metric, choice).trial().number();
  }

  @Test
  void theBestMeanWinsAndOfEqualsTheEarlier() {
    TrialResult low = trial(0, 1, "accuracy", 0.7, 0.7, 0.7);
    TrialResult high = trial(1, 1, "accuracy", 0.8, 0.8, 0.8);
    TrialResult equal = trial(2, 1, "accuracy", 0.8, 0.8, 0.8);
    assertThat(best(Metric.ACCURACY, TuneConfig.Choice.BEST, low, high, equal)).isEqualTo(1);
  }

  @Test
  void lessIsBetterForLosses() {
    TrialResult low = trial(0, 1, "log_loss", 0.2, 0.2, 0.2);
    TrialResult high = trial(1, 1, "log_loss", 0.3, 0.3, 0.3);
    assertThat(best(Metric.LOG_LOSS, TuneConfig.Choice.BEST, high, low)).isZero();
  }

  @Test
  void withinAStandardErrorTheStrongestPenaltyWins() {
    TrialResult weak = trial(0, 1e-4, "accuracy", 0.78, 0.80, 0.82);
    TrialResult middle = trial(1, 1e-2, "accuracy", 0.785, 0.79, 0.795);
    TrialResult strong = trial(2, 1, "accuracy", 0.7, 0.7, 0.7);
    // the standard error of the best is 0.0115
    assertThat(best(Metric.ACCURACY, TuneConfig.Choice.BEST, weak, middle, strong)).isZero();
    assertThat(best(Metric.ACCURACY, TuneConfig.Choice.ONE_STANDARD_ERROR, weak, middle, strong))
        .isEqualTo(1);
  }

  @Test
  void trialsWithAFoldThatIsMissingOrNotANumberCannotWin() {
    TrialResult partial = trial(0, 1, "accuracy", 0.9, 0.9);
    TrialResult undefined = trial(1, 1, "accuracy", 0.9, 0.9, Double.NaN);
    TrialResult whole = trial(2, 1, "accuracy", 0.5, 0.5, 0.5);
    assertThat(best(Metric.ACCURACY, TuneConfig.Choice.BEST, partial, undefined, whole))
        .isEqualTo(2);
    assertThatThrownBy(() -> best(Metric.ACCURACY, TuneConfig.Choice.BEST, partial, undefined))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("accuracy is undefined on these folds");
  }
}
