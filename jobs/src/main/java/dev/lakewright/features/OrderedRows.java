package dev.lakewright.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.lakewright.lake.ColumnNames;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Training rows in the order of their keys, cut into blocks by the keys' top bits. */
final class OrderedRows {

  /** Name of the column that holds a row's block. */
  static final String BLOCK = "_lw_block";

  private static final int ROWS_PER_BLOCK = 1024;

  private OrderedRows() {}

  /**
   * Orders within partitions; rows of equal keys share one.
   *
   * @param count of all rows
   */
  static Dataset<Row> of(Dataset<Row> training, long count) {
    int bits = blockBits(count);
    int partitions =
        Math.min(1 << bits, training.sparkSession().sparkContext().defaultParallelism() * 2);
    // the top bits of the key, as a signed order
    String block =
        bits == 0
            ? "0"
            : "cast(shiftrightunsigned(%s ^ shiftleft(1L, 63), %d) as int)"
                .formatted(ColumnNames.KEY, 64 - bits);
    return training
        .withColumn(BLOCK, expr(block))
        .repartition(partitions, col(BLOCK))
        .sortWithinPartitions(
            BLOCK, ColumnNames.KEY, ColumnNames.ID, ColumnNames.LABEL, ColumnNames.FOLD);
  }

  static int blockBits(long rows) {
    long blocks = Math.max(1, (rows + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK);
    return Math.min(20, 64 - Long.numberOfLeadingZeros(blocks - 1));
  }
}
