package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.LabelledTable;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many rows there are.
 *
 * @param perClass by name
 * @param unlabelled rows without a class
 * @param flagged rows that meet each of some conditions, without a class too
 */
@SuppressWarnings("ArrayRecordComponent")
record RowNumbers(Map<String, Long> perClass, long unlabelled, long[] flagged)
    implements Serializable {

  private static final int LABEL = 0;
  private static final int ROWS = 1;
  private static final int FLAGS = 2;

  static RowNumbers none(int flags) {
    return new RowNumbers(Map.of(), 0, new long[flags]);
  }

  /** Counts rows with {@link ColumnNames#LABEL}. */
  static RowNumbers of(Dataset<Row> rows, List<Column> flags) {
    Column[] counted = flags.stream().map(flag -> count(when(flag, 1))).toArray(Column[]::new);
    // whether a label is blank is asked once per label, not per row
    return rows
        .groupBy(col(ColumnNames.LABEL))
        .agg(count(lit(1)), counted)
        .withColumn(
            ColumnNames.LABEL, when(not(LabelledTable.unlabelled()), col(ColumnNames.LABEL)))
        .collectAsList()
        .stream()
        .map(row -> ofGroup(row, counted.length))
        .reduce(none(counted.length), RowNumbers::plus);
  }

  private static RowNumbers ofGroup(Row row, int flags) {
    long rows = row.getLong(ROWS);
    boolean blank = row.isNullAt(LABEL);
    return new RowNumbers(
        blank ? Map.of() : Map.of(row.getString(LABEL), rows),
        blank ? rows : 0,
        IntStream.range(0, flags).mapToLong(flag -> row.getLong(FLAGS + flag)).toArray());
  }

  RowNumbers plus(RowNumbers other) {
    Map<String, Long> sums = new TreeMap<>(perClass);
    other.perClass.forEach((label, rows) -> sums.merge(label, rows, Long::sum));
    long[] flags = flagged.clone();
    Arrays.setAll(flags, flag -> flags[flag] + other.flagged[flag]);
    return new RowNumbers(sums, unlabelled + other.unlabelled, flags);
  }

  boolean isEmpty() {
    return perClass.isEmpty() && unlabelled == 0;
  }
}
