package dev.lakewright.tuning;

import dev.lakewright.metrics.Metric;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A trial with what it reached on every fold.
 *
 * @param folds in the order of folds
 */
public record TrialResult(Trial trial, List<FoldOutcome> folds) {

  /** Whether every fold succeeded. */
  public boolean succeeded() {
    return folds.stream().allMatch(FoldOutcome::succeeded);
  }

  /** First failure; empty when there is none. */
  public String failure() {
    return folds.stream()
        .map(FoldOutcome::failure)
        .filter(f -> !f.isEmpty())
        .findFirst()
        .orElse("");
  }

  /**
   * Mean over folds, as {@code CrossValidator}'s avgMetrics; empty when a fold failed or is NaN.
   */
  public OptionalDouble mean(Metric metric) {
    double sum = 0;
    for (FoldOutcome fold : folds) {
      double value = fold.metrics().getOrDefault(metric.key(), Double.NaN);
      if (Double.isNaN(value)) {
        return OptionalDouble.empty();
      }
      sum += value;
    }
    return OptionalDouble.of(sum / folds.size());
  }

  /** Seconds of all folds. */
  public double seconds() {
    return folds.stream().mapToDouble(FoldOutcome::seconds).sum();
  }
}
