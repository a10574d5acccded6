package dev.lakewright.tuning;

import dev.lakewright.metrics.Metric;
import dev.lakewright.search.Importance;
import java.util.List;

/**
 * What a sweep found.
 *
 * @param outOfFold scores of the best trial on all training rows, each by models that had not seen
 *     the row
 * @param reused trials, counted per rung, that an earlier run had finished
 * @param refit the best trial trained on all training rows; empty when not asked for
 * @param importance of the searched parameters for the metric, as the complete trials tell it
 */
public record SweepResult(
    List<TrialResult> trials,
    TrialResult best,
    Metric metric,
    OutOfFold outOfFold,
    List<Refit> refit,
    int reused,
    Importance importance) {

  /** Effort spent on all trials, in full trials. */
  public double effort() {
    return trials.stream().mapToDouble(TrialResult::effort).sum();
  }
}
