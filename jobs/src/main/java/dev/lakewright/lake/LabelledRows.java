package dev.lakewright.lake;

import dev.lakewright.model.RecordSchema;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The labelled rows of one table version, split into training rows (with folds) and test rows.
 *
 * @param training {@link ColumnNames} and the schema's columns
 * @param test the same without {@link ColumnNames#FOLD}
 * @param classes labels of the training rows, ascending
 * @param unlabelled rows left out for want of a label
 * @param trainingCounts rows per class
 * @param testCounts rows per label, including labels that no training row has
 */
public record LabelledRows(
    TableVersion source,
    RecordSchema schema,
    Dataset<Row> training,
    Dataset<Row> test,
    List<String> classes,
    long rows,
    long unlabelled,
    Map<String, Long> trainingCounts,
    Map<String, Long> testCounts) {

  /** Both counts. */
  public SplitCounts splitCounts() {
    return new SplitCounts(trainingCounts, testCounts);
  }

  /** Number of training rows. */
  public long trainingRows() {
    return trainingCounts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Number of test rows. */
  public long testRows() {
    return testCounts.values().stream().mapToLong(Long::longValue).sum();
  }
}
