package dev.lakewright.tuning;

import dev.lakewright.metrics.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Trials and their outcomes as they come in, and the best so far. */
final class Standing {

  private final int folds;
  private final Metric metric;
  private final int expectedTrials;
  private final Sweep.Listener listener;
  private final Map<Integer, Trial> trials = new LinkedHashMap<>();
  private final Map<Integer, Map<Place, FoldOutcome>> outcomes = new LinkedHashMap<>();
  private final Set<FoldOutcome> unrecorded = new LinkedHashSet<>();

  private record Place(int fold, double fidelity) {}

  Standing(int folds, Metric metric, int expectedTrials, Sweep.Listener listener) {
    this.folds = folds;
    this.metric = metric;
    this.expectedTrials = expectedTrials;
    this.listener = listener;
    listener.progressed(0, expectedTrials * folds, Double.NaN);
  }

  void add(Trial trial) {
    trials.put(trial.number(), trial);
    outcomes.put(trial.number(), new LinkedHashMap<>());
  }

  /** Takes what an earlier run recorded. */
  void recall(FoldOutcome outcome) {
    outcomes.get(outcome.trial()).put(new Place(outcome.fold(), outcome.fidelity()), outcome);
  }

  /** Takes new outcomes; a task that ran twice counts once. */
  void update(List<FoldOutcome> fresh) {
    boolean news = false;
    for (FoldOutcome outcome : fresh) {
      Place place = new Place(outcome.fold(), outcome.fidelity());
      if (outcomes.get(outcome.trial()).putIfAbsent(place, outcome) == null) {
        unrecorded.add(outcome);
        news = true;
      }
    }
    if (news) {
      tell();
    }
  }

  void tell() {
    List<TrialResult> results = results();
    int total = Math.max(expectedTrials, results.size()) * folds;
    int done =
        results.stream()
            .mapToInt(
                r ->
                    r.state() == TrialResult.State.RUNNING
                        ? Math.min(folds - 1, r.outcomes().size())
                        : folds)
            .sum();
    listener.progressed(done, total, best(results).orElse(Double.NaN));
  }

  boolean knows(int trial, int fold, double fidelity) {
    return outcomes.get(trial).containsKey(new Place(fold, fidelity));
  }

  /** Outcomes that are not in the table yet; from now on they count as recorded. */
  Set<FoldOutcome> takeUnrecorded() {
    Set<FoldOutcome> taken = new LinkedHashSet<>(unrecorded);
    unrecorded.clear();
    return taken;
  }

  /** Mean metric of the best complete trial; empty while there is none. */
  OptionalDouble best() {
    return best(results());
  }

  private OptionalDouble best(List<TrialResult> results) {
    return results.stream()
        .map(result -> result.mean(metric))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .reduce((a, b) -> metric.higherIsBetter() ? Math.max(a, b) : Math.min(a, b));
  }

  TrialResult result(int trial) {
    return new TrialResult(trials.get(trial), new ArrayList<>(outcomes.get(trial).values()), folds);
  }

  /** Every trial with what is known of it, by number. */
  List<TrialResult> results() {
    return trials.keySet().stream().map(this::result).toList();
  }
}
