package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;

import dev.lakewright.config.SplitConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows per class of one version of a table, on both sides of its test split.
 *
 * @param training rows per class that are for training
 * @param test rows per class that are held out
 */
public record SplitCounts(Map<String, Long> training, Map<String, Long> test) {

  /**
   * Counts rows, in one job.
   *
   * @param rows labelled
   * @param isTest whether a row is held out
   */
  static SplitCounts of(Dataset<Row> rows, Column isTest) {
    return of(rows.groupBy(col(ColumnNames.LABEL), isTest).count().collectAsList(), 2);
  }

  /**
   * What was counted.
   *
   * @param counted label and whether held out
   * @param place of the number of such rows
   */
  static SplitCounts of(List<Row> counted, int place) {
    Map<String, Long> training = new TreeMap<>();
    Map<String, Long> test = new TreeMap<>();
    counted.forEach(
        row -> (row.getBoolean(1) ? test : training).put(row.getString(0), row.getLong(place)));
    return new SplitCounts(training, test);
  }

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
