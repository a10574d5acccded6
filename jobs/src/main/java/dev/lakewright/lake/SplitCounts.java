package dev.lakewright.lake;

import dev.lakewright.config.SplitConfig;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows per class of one version of a table, on both sides of its test split.
 *
 * @param training rows per class that are for training
 * @param test rows per class that are held out
 */
public record SplitCounts(Map<String, Long> training, Map<String, Long> test) {

  /** Rows of both. */
  SplitCounts plus(SplitCounts more) {
    return new SplitCounts(sum(training, more.training), sum(test, more.test));
  }

  /**
   * Whether a row's side follows from the row alone, whatever rows are beside it: its hash is
   * compared with a share of the hash's range, as in every stratum that is large. Where that holds
   * before and after rows are added, none of the earlier has changed sides.
   */
  public boolean isSettled(SplitConfig split) {
    return switch (split.by()) {
      case GROUP, COLUMN -> true;
      case TIME -> false;
      case RANDOM -> split.test() == 0 || areLarge(split.stratify());
    };
  }

  private boolean areLarge(boolean stratify) {
    Map<String, Long> classes = sum(training, test);
    return stratify
        ? classes.values().stream().allMatch(HashCuts::isLarge)
        : HashCuts.isLarge(rows(classes));
  }

  static long rows(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> sum(Map<String, Long> first, Map<String, Long> second) {
    Map<String, Long> sums = new TreeMap<>(first);
    second.forEach((label, rows) -> sums.merge(label, rows, Long::sum));
    return sums;
  }
}
