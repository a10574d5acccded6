package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig;
import java.util.Arrays;

/**
 * How often random sampling takes the rows of each class, whose features it does not look at: all
 * of them {@code each} times, and {@code more} of them, the first in random order, once more.
 *
 * @param each by label
 * @param more by label, fewer than the class has rows
 */
@SuppressWarnings("ArrayRecordComponent")
public record RandomShares(long[] each, long[] more) {

  /** Whether a method is one of these: with smoothing, copies differ in their features. */
  public static boolean suffice(SamplingConfig config) {
    return switch (config.method()) {
      case RANDOM_OVER -> config.smoothing() == 0;
      case NONE, RANDOM_UNDER -> true;
      default -> false;
    };
  }

  /**
   * Shares of a method that {@link #suffice} for it.
   *
   * @throws dev.lakewright.errors.DataException if the rows do not allow what is asked for
   * @throws dev.lakewright.errors.ConfigException if a class has other rows than a target allows
   */
  public static RandomShares of(SamplingConfig config, ClassCounts rows) {
    RandomShares shares = once(rows.classes());
    switch (config.method()) {
      case NONE -> {}
      case RANDOM_OVER -> {
        Resamplers.requireClasses(config.method(), rows);
        shares.add(Targets.toMake(config, rows), rows);
      }
      case RANDOM_UNDER -> {
        Resamplers.requireClasses(config.method(), rows);
        shares.keep(Targets.toKeep(config, rows), rows);
      }
      default -> throw new IllegalArgumentException(config.method() + " looks at features");
    }
    return shares;
  }

  private static RandomShares once(int classes) {
    long[] each = new long[classes];
    Arrays.fill(each, 1);
    return new RandomShares(each, new long[classes]);
  }

  private void add(long[] toMake, ClassCounts rows) {
    for (int label : rows.present()) {
      each[label] += toMake[label] / rows.count(label);
      more[label] = toMake[label] % rows.count(label);
    }
  }

  private void keep(long[] toKeep, ClassCounts rows) {
    for (int label : rows.present()) {
      if (toKeep[label] >= 0 && toKeep[label] < rows.count(label)) {
        each[label] = 0;
        more[label] = toKeep[label];
      }
    }
  }

  /** How many rows of a class that come to. */
  public long count(int label, long rows) {
    return each[label] * rows + more[label];
  }
}
