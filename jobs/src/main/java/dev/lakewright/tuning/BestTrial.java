package dev.lakewright.tuning;

import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.metrics.Metric;
import java.util.Comparator;
import java.util.List;

/** Chooses among complete trials. */
final class BestTrial {

  private BestTrial() {}

  /**
   * @throws DataException when no trial is complete
   */
  static TrialResult of(List<TrialResult> results, Metric metric, TuneConfig.Choice choice) {
    TrialResult best = best(results, metric);
    return choice == TuneConfig.Choice.BEST ? best : simplest(results, best, metric);
  }

  private static TrialResult best(List<TrialResult> results, Metric metric) {
    Comparator<TrialResult> byMetric =
        Comparator.comparingDouble(r -> r.mean(metric).orElseThrow());
    return results.stream()
        .filter(result -> result.mean(metric).isPresent())
        .max(metric.higherIsBetter() ? first(byMetric) : first(byMetric.reversed()))
        .orElseThrow(
            () ->
                new DataException(
                    "every trial failed; the first: "
                        + results.stream()
                            .map(TrialResult::failure)
                            .filter(f -> !f.isEmpty())
                            .findFirst()
                            .orElse(
                                metric.key()
                                    + " is undefined on these folds; choose another tune.metric")));
  }

  /** Among equals the trial with the lower number wins. */
  private static Comparator<TrialResult> first(Comparator<TrialResult> order) {
    return order.thenComparing(
        Comparator.comparingInt((TrialResult r) -> r.trial().number()).reversed());
  }

  /**
   * The one-standard-error rule (Breiman et al. 1984, section 3.4.3): the most regularized trial
   * whose mean lies within one standard error of the best.
   */
  private static TrialResult simplest(List<TrialResult> results, TrialResult best, Metric metric) {
    double mean = best.mean(metric).orElseThrow();
    double margin = best.standardError(metric);
    Comparator<TrialResult> byPenalty =
        Comparator.comparingDouble(r -> penalty(r.trial().learner()));
    Comparator<TrialResult> byMetric =
        Comparator.comparingDouble(r -> r.mean(metric).orElseThrow());
    return results.stream()
        .filter(result -> result.mean(metric).isPresent())
        .filter(result -> Math.abs(result.mean(metric).orElseThrow() - mean) <= margin)
        .max(
            byPenalty.thenComparing(
                metric.higherIsBetter() ? first(byMetric) : first(byMetric.reversed())))
        .orElse(best);
  }

  private static double penalty(LearnerConfig learner) {
    return learner.l2() + learner.l1();
  }
}
