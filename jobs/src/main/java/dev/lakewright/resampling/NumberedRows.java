package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.spread.EncodedRows;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Source rows with {@link EncodedRows#ROW}, which rows of equal content do not share: the key, or a
 * hash of it for those that share it.
 */
final class NumberedRows {

  private static final String REPEATED = "_lw_repeated";

  private NumberedRows() {}

  static Dataset<Row> of(SourceTable source) {
    Column repeated =
        row_number().over(Window.partitionBy(col(ColumnNames.KEY)).orderBy(source.content()));
    return source
        .labelled()
        .withColumn(REPEATED, repeated)
        .withColumn(
            EncodedRows.ROW,
            when(col(REPEATED).equalTo(1), col(ColumnNames.KEY))
                .otherwise(xxhash64(col(ColumnNames.KEY), col(REPEATED))))
        .drop(REPEATED);
  }
}
