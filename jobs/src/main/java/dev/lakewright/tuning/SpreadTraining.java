package dev.lakewright.tuning;

import dev.lakewright.linear.LinearProblem;
import dev.lakewright.sampling.ClassTotals;

/** What models are trained on where rows stay spread. */
sealed interface SpreadTraining permits DrawnTraining, ResampledTraining {

  /** Totals of the rows that models see. */
  ClassTotals totals();

  /** What the losses of a problem add up to weights of. */
  default double weight(LinearProblem problem) {
    double sum = 0;
    for (int k = 0; k < totals().weights().length; k++) {
      sum += totals().weights()[k] * problem.classWeights()[k];
    }
    return sum;
  }
}
