package dev.lakewright.tuning;

import dev.lakewright.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Outcomes as they come in, and the best so far. */
final class Standing {

  private final List<Trial> trials;
  private final int folds;
  private final Metric metric;
  private final Sweep.Listener listener;
  private final List<FoldOutcome> earlierGroups = new ArrayList<>();
  private List<FoldOutcome> current = List.of();

  Standing(List<Trial> trials, int folds, Metric metric, Sweep.Listener listener) {
    this.trials = trials;
    this.folds = folds;
    this.metric = metric;
    this.listener = listener;
    listener.progressed(0, trials.size() * folds, Double.NaN);
  }

  void startGroup() {
    earlierGroups.addAll(current);
    current = List.of();
  }

  /**
   * @param outcomes all of the running group so far
   */
  void update(List<FoldOutcome> outcomes) {
    if (outcomes.size() == current.size()) {
      return;
    }
    current = List.copyOf(outcomes);
    List<TrialResult> results = results();
    int done = results.stream().mapToInt(r -> r.folds().size()).sum();
    listener.progressed(done, trials.size() * folds, best(results));
  }

  private double best(List<TrialResult> results) {
    return results.stream()
        .filter(result -> result.folds().size() == folds)
        .map(result -> result.mean(metric))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .reduce((a, b) -> metric.higherIsBetter() ? Math.max(a, b) : Math.min(a, b))
        .orElse(Double.NaN);
  }

  /** Every trial with the folds known so far; a task that ran twice counts once. */
  List<TrialResult> results() {
    Map<Integer, Map<Integer, FoldOutcome>> byTrial = new TreeMap<>();
    for (List<FoldOutcome> outcomes : List.of(earlierGroups, current)) {
      for (FoldOutcome outcome : outcomes) {
        byTrial
            .computeIfAbsent(outcome.trial(), trial -> new TreeMap<>())
            .put(outcome.fold(), outcome);
      }
    }
    return trials.stream()
        .map(
            trial ->
                new TrialResult(
                    trial, List.copyOf(byTrial.getOrDefault(trial.number(), Map.of()).values())))
        .toList();
  }
}
