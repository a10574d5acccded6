package dev.lakewright.tuning;

import java.util.Arrays;
import java.util.List;

/**
 * Totals of spread rows.
 *
 * @param all of all parts together
 * @param before per training as in {@link FoldTotals}, part, and class, how many of the training's
 *     rows lie in earlier parts
 */
@SuppressWarnings("ArrayRecordComponent")
record SpreadTotals(FoldTotals all, long[][][] before) {

  /**
   * @param parts of each part, in their order
   */
  static SpreadTotals of(List<FoldTotals> parts) {
    FoldTotals first = parts.get(0);
    FoldTotals all = new FoldTotals(first.folds(), first.rows()[0].length);
    long[][][] before = new long[first.folds().count() + 1][parts.size()][];
    for (int part = 0; part < parts.size(); part++) {
      for (int training = 0; training < before.length; training++) {
        before[training][part] = all.trained(training - 1).rows();
      }
      all.add(parts.get(part));
    }
    return new SpreadTotals(all, before);
  }

  /** Per part, how many of the rows that train without a fold lie in earlier parts. */
  long[] before(int fold) {
    return Arrays.stream(placesBefore(fold)).mapToLong(rows -> Arrays.stream(rows).sum()).toArray();
  }

  /** The same per part and class. */
  long[][] placesBefore(int fold) {
    return before[fold + 1];
  }
}
