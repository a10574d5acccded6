package dev.lakewright.resampling;

import dev.lakewright.errors.DataException;
import dev.lakewright.sampling.ClassCounts;
import java.util.Arrays;
import java.util.Locale;

/**
 * What it takes to resample in one task.
 *
 * @param rows of the table
 * @param made rows, as far as that is known before
 * @param features columns of the encoded rows
 * @param bytes about
 */
record Room(long rows, long made, int features, long bytes) {

  /** Rows as entries of column and value, copied to be sorted, resampled and compared. */
  private static final int BYTES_PER_ENTRY = 24;

  private static final int BYTES_PER_ROW = 64;

  static Room of(ClassCounts counts, long[] make, TableEncoding encoding) {
    long rows = Arrays.stream(counts.counts()).sum();
    long made = Arrays.stream(make).sum();
    long bytes = (rows + made) * ((long) BYTES_PER_ENTRY * encoding.entries() + BYTES_PER_ROW);
    return new Room(rows, made, encoding.features(), bytes);
  }

  boolean fits(long budget) {
    return bytes <= budget && rows < Integer.MAX_VALUE && made < Integer.MAX_VALUE;
  }

  /**
   * @throws DataException when it does not fit
   */
  void require(String method, long budget) {
    if (!fits(budget)) {
      throw new DataException(
          "sampling.method: %s works within one task, but %d rows and %d made ones of %d features take about %d MB, and a task has %d MB; give more memory (LAKEWRIGHT_MEMORY=8g, or spark.executor.memory on a cluster), name fewer columns, or choose a method that has no such limit, such as smote, borderline_smote_1, random_over, random_under, near_miss_1, tomek or enn"
              .formatted(method, rows, made, features, bytes >> 20, budget >> 20));
    }
  }

  String describe() {
    return String.format(
        Locale.ROOT,
        "in one task: %d rows, %d features, about %.1f MB",
        rows,
        features,
        bytes / 1048576.0);
  }
}
