package dev.lakewright.tuning;

import dev.lakewright.metrics.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A trial with what it reached.
 *
 * @param outcomes of every fold and fidelity known
 * @param foldCount folds that make a trial complete
 */
public record TrialResult(Trial trial, List<FoldOutcome> outcomes, int foldCount) {

  /** How a trial ended. */
  public enum State {
    COMPLETE,
    /** Stopped before the full effort, since others were better. */
    PRUNED,
    FAILED,
    /** Not every fold is done. */
    RUNNING
  }

  /** What it reached with the full effort, in the order of folds. */
  public List<FoldOutcome> folds() {
    return at(1);
  }

  List<FoldOutcome> at(double fidelity) {
    return outcomes.stream()
        .filter(outcome -> outcome.fidelity() == fidelity)
        .sorted(Comparator.comparingInt(FoldOutcome::fold))
        .toList();
  }

  /** How the trial ended. */
  public State state() {
    if (!failure().isEmpty()) {
      return State.FAILED;
    }
    if (folds().size() == foldCount) {
      return State.COMPLETE;
    }
    boolean rungDone = !outcomes.isEmpty() && outcomes.size() % foldCount == 0;
    return rungDone ? State.PRUNED : State.RUNNING;
  }

  /** Whether every fold succeeded with the full effort. */
  public boolean succeeded() {
    return state() == State.COMPLETE;
  }

  /** Failure of the first fold that failed; empty when there is none. */
  public String failure() {
    return outcomes.stream()
        .filter(outcome -> !outcome.succeeded())
        .min(Comparator.comparingInt(FoldOutcome::fold))
        .map(FoldOutcome::failure)
        .orElse("");
  }

  /**
   * Mean over folds with the full effort, as {@code CrossValidator}'s avgMetrics; empty when a fold
   * is missing, failed or is NaN.
   */
  public OptionalDouble mean(Metric metric) {
    return mean(metric, 1);
  }

  /** The same with part of the effort. */
  OptionalDouble mean(Metric metric, double fidelity) {
    List<FoldOutcome> folds = at(fidelity);
    double sum = 0;
    for (FoldOutcome fold : folds) {
      double value = fold.metrics().getOrDefault(metric.key(), Double.NaN);
      if (Double.isNaN(value)) {
        return OptionalDouble.empty();
      }
      sum += value;
    }
    return folds.size() < foldCount
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum / folds.size());
  }

  /** Mean at the highest fidelity that every fold reached; empty when there is none. */
  public OptionalDouble highestMean(Metric metric) {
    return outcomes.stream()
        .map(FoldOutcome::fidelity)
        .distinct()
        .sorted(Comparator.reverseOrder())
        .map(fidelity -> mean(metric, fidelity))
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  /** Standard error of the mean over folds; 0 for a single fold. */
  public double standardError(Metric metric) {
    List<FoldOutcome> folds = folds();
    double mean = mean(metric).orElse(Double.NaN);
    double squares = 0;
    for (FoldOutcome fold : folds) {
      double distance = fold.metrics().getOrDefault(metric.key(), Double.NaN) - mean;
      squares += distance * distance;
    }
    int n = folds.size();
    return n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n);
  }

  /** Seconds of all folds and rungs. */
  public double seconds() {
    return outcomes.stream().mapToDouble(FoldOutcome::seconds).sum();
  }

  /** Effort spent, in full trials. */
  public double effort() {
    return outcomes.stream().mapToDouble(FoldOutcome::fidelity).sum() / foldCount;
  }

  /** Mean passes of the folds with the full effort, at least 1. */
  int meanPasses() {
    double mean = folds().stream().mapToInt(FoldOutcome::passes).average().orElse(1);
    return Math.max(1, (int) Math.round(mean));
  }
}
