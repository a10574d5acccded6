package dev.lakewright.tuning;

import java.io.Serializable;
import java.util.Map;

/**
 * What one trial reached on one fold.
 *
 * @param metrics by name, on the fold's validation rows; empty when the trial failed
 * @param seconds of the fold's training, shared evenly among the trials trained together
 * @param iterations of the optimizer
 * @param failure why the trial failed here; empty when it did not
 */
public record FoldOutcome(
    int trial,
    int fold,
    Map<String, Double> metrics,
    double seconds,
    int iterations,
    String failure)
    implements Serializable {

  /** Whether the trial could be trained and measured on this fold. */
  public boolean succeeded() {
    return failure.isEmpty();
  }
}
