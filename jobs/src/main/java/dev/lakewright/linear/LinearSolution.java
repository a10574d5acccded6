package dev.lakewright.linear;

import java.io.Serializable;

/**
 * A trained model.
 *
 * @param weights {@code features × outputs}, contiguous per feature; one output for two classes,
 *     else one per class
 * @param intercepts one per output
 * @param objective value after each iteration, the first before any
 * @param passes over the rows until this point was reached
 * @param outcome why the minimizer stopped
 */
@SuppressWarnings("ArrayRecordComponent")
public record LinearSolution(
    float[] weights, double[] intercepts, double[] objective, int passes, Outcome outcome)
    implements Serializable {

  /** Why a minimizer stopped. */
  public enum Outcome {
    CONVERGED,
    ITERATION_LIMIT,
    /** No step along the search direction lowers the objective: rounding level reached. */
    STALLED,
    /** The loss on validation rows stopped improving. */
    STOPPED_EARLY,
    /** The loss is no finite number where it starts: features are infinite or NaN. */
    DIVERGED,
    /** The time limit was reached before the minimum. */
    TIME_LIMIT
  }

  /** Whether every weight and intercept is a finite number. */
  public boolean finite() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight * 0f;
    }
    for (double intercept : intercepts) {
      sum += intercept * 0d;
    }
    return sum == 0;
  }

  /** Iterations done. */
  public int iterations() {
    return objective.length - 1;
  }
}
