package dev.lakewright.tuning;

import dev.lakewright.linear.LinearProblem;
import dev.lakewright.sampling.ClassTotals;
import dev.lakewright.sampling.Multiplicities;
import java.io.Serializable;

/**
 * What models are trained on: the spread rows that train without a fold, each as often as random
 * sampling takes it. Rows are numbered in the order in which a task would hold them, so that both
 * plans take the same ones.
 *
 * @param fold whose rows have no say; -1: all have
 * @param before per part, how many of the rows lie in earlier parts
 * @param totals of the rows as often as they are taken
 */
@SuppressWarnings("ArrayRecordComponent")
record SpreadTraining(int fold, long[] before, Multiplicities multiplicities, ClassTotals totals)
    implements Serializable {

  /** Number of the first row of a part. */
  long firstOf(int part) {
    return before[part];
  }

  /** How often a row is trained on. */
  long times(long number, int label) {
    return multiplicities.of(number, label);
  }

  /** What the losses of a problem add up to weights of. */
  double weight(LinearProblem problem) {
    double sum = 0;
    for (int k = 0; k < totals.weights().length; k++) {
      sum += totals.weights()[k] * problem.classWeights()[k];
    }
    return sum;
  }
}
