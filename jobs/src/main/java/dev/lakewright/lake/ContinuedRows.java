package dev.lakewright.lake;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * New training rows and a sample of old ones, to go on learning from. To be closed.
 *
 * @param sample both; {@link ColumnNames#FOLD} is {@link #NEW} or {@link #OLD}, and its test rows
 *     are none
 * @param counts rows of the whole table
 * @param trainingWeights sums of the weights of its rows that are for training, per class
 * @param newCounts new rows
 * @param settled whether no row has changed sides of the test split as the new ones came
 * @param unlabelled new rows without a label
 * @param cached what is released in the end
 */
public record ContinuedRows(
    LabelledRows sample,
    SplitCounts counts,
    Map<String, Double> trainingWeights,
    SplitCounts newCounts,
    boolean settled,
    long unlabelled,
    Dataset<Row> cached)
    implements AutoCloseable {

  /** Mark of an old row. */
  public static final int OLD = 0;

  /** Mark of a new row. */
  public static final int NEW = 1;

  /** Number of new training rows. */
  public long newRows() {
    return SplitCounts.rows(newCounts.training());
  }

  /** Number of training rows of the whole table. */
  public long trainingRows() {
    return SplitCounts.rows(counts.training());
  }

  /** Number of rows of the whole table that are held out. */
  public long testRows() {
    return SplitCounts.rows(counts.test());
  }

  /** Number of old rows in the sample. */
  public long replayed() {
    return sample.trainingRows() - newRows();
  }

  @Override
  public void close() {
    cached.unpersist();
  }
}
