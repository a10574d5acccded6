package dev.lakewright.lake;

import java.util.Map;

/**
 * New training rows and a sample of old ones, to go on learning from.
 *
 * @param sample both; {@link ColumnNames#FOLD} is {@link #NEW} or {@link #OLD}, and its test rows
 *     are none
 * @param trainingCounts rows per class of the whole table that are for training
 * @param trainingWeights sums of those rows' weights
 * @param testCounts rows per label of the whole table that are held out
 * @param newCounts new training rows per class
 * @param newTestRows new rows that are held out
 * @param unlabelled new rows without a label
 */
public record ContinuedRows(
    LabelledRows sample,
    Map<String, Long> trainingCounts,
    Map<String, Double> trainingWeights,
    Map<String, Long> testCounts,
    Map<String, Long> newCounts,
    long newTestRows,
    long unlabelled) {

  /** Mark of an old row. */
  public static final int OLD = 0;

  /** Mark of a new row. */
  public static final int NEW = 1;

  /** Number of new training rows. */
  public long newRows() {
    return sum(newCounts);
  }

  /** Number of training rows of the whole table. */
  public long trainingRows() {
    return sum(trainingCounts);
  }

  /** Number of old rows in the sample. */
  public long replayed() {
    return sample.trainingRows() - newRows();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
