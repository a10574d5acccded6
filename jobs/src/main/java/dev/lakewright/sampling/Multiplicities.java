package dev.lakewright.sampling;

import java.io.Serializable;

/**
 * How often each row of a training is trained on, by its number among these rows and its class.
 *
 * @param each by label, how often every row is
 * @param cuts by label; rows below are trained on once more
 */
@SuppressWarnings("ArrayRecordComponent")
public record Multiplicities(Draws draws, long[] each, OrderCut[] cuts) implements Serializable {

  /** How often a row is trained on. */
  public long of(long row, int label) {
    return cuts[label].holds(row, draws) ? each[label] + 1 : each[label];
  }
}
