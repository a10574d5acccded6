package dev.lakewright.tuning;

import java.io.Serializable;
import java.util.Map;

/**
 * What one trial reached on one fold.
 *
 * @param fidelity share of the full effort, in (0, 1]
 * @param metrics by name, on the fold's validation rows; empty when the trial failed
 * @param seconds of the fold's training, shared evenly among the trials trained together
 * @param passes of the optimizer over the rows
 * @param failure why the trial failed here; empty when it did not
 * @param host where it was trained
 */
public record FoldOutcome(
    int trial,
    int fold,
    double fidelity,
    Map<String, Double> metrics,
    double seconds,
    int passes,
    String failure,
    String host)
    implements Serializable {

  /** Whether the trial could be trained and measured on this fold. */
  public boolean succeeded() {
    return failure.isEmpty();
  }

  FoldOutcome ofTrial(int number) {
    return new FoldOutcome(number, fold, fidelity, metrics, seconds, passes, failure, host);
  }
}
