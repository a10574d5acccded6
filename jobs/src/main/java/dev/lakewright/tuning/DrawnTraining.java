package dev.lakewright.tuning;

import dev.lakewright.sampling.ClassTotals;
import dev.lakewright.sampling.Multiplicities;
import java.io.Serializable;

/**
 * The spread rows that train without a fold, each as often as random sampling takes it. Rows are
 * numbered in the order in which a task would hold them, so that both plans take the same ones.
 *
 * @param fold whose rows have no say; -1: all have
 * @param before per part, how many of the rows lie in earlier parts
 * @param totals of the rows as often as they are taken
 */
@SuppressWarnings("ArrayRecordComponent")
record DrawnTraining(int fold, long[] before, Multiplicities multiplicities, ClassTotals totals)
    implements SpreadTraining, Serializable {

  /** Number of the first row of a part. */
  long firstOf(int part) {
    return before[part];
  }

  /** How often a row is trained on. */
  long times(long number, int label) {
    return multiplicities.of(number, label);
  }
}
