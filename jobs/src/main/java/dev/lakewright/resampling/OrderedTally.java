package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.LabelledTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Counts rows in one pass that also keeps the first bits of every row's random order on the
 * executors, so that no other pass has to look where a class is cut. To be closed, which frees
 * them.
 */
final class OrderedTally implements AutoCloseable {

  private final JavaRDD<OrderedRows> rows;
  private final RowNumbers numbers;

  private OrderedTally(JavaRDD<OrderedRows> rows) {
    this.rows = rows;
    this.numbers =
        rows.map(OrderedRows::numbers).collect().stream()
            .reduce(RowNumbers::plus)
            .orElse(RowNumbers.none(0));
  }

  /**
   * Counts.
   *
   * @param rows with {@link ColumnNames#LABEL}
   * @param flags conditions whose rows are counted too
   */
  static OrderedTally of(Dataset<Row> rows, Column order, List<Column> flags) {
    List<Column> columns = new ArrayList<>();
    columns.add(when(not(LabelledTable.unlabelled()), col(ColumnNames.LABEL)));
    flags.forEach(flag -> columns.add(coalesce(flag, lit(false))));
    columns.add(order);
    int count = flags.size();
    JavaRDD<OrderedRows> ordered =
        rows.select(columns.toArray(Column[]::new))
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(part -> Stream.of(OrderedRows.of(part, count)).iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new OrderedTally(ordered);
    } catch (RuntimeException e) {
      ordered.unpersist();
      throw e;
    }
  }

  RowNumbers numbers() {
    return numbers;
  }

  /** What windows hold, per class: one short job. */
  Map<String, OrderedRows.Inside> inside(Map<String, HashWindow> windows) {
    Map<String, HashWindow> sent = new HashMap<>(windows);
    Map<String, OrderedRows.Inside> all = new HashMap<>();
    rows.map(part -> part.inside(sent))
        .collect()
        .forEach(
            found ->
                found.forEach((label, each) -> all.merge(label, each, OrderedRows.Inside::plus)));
    return all;
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
