package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.lake.ColumnNames;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Source rows with a 64-bit number of their own, which rows of equal content do not share. */
final class NumberedRows {

  /** The number: the key, or a hash of it for those that share it. */
  static final String ROW = "_lw_row";

  private static final String REPEATED = "_lw_repeated";

  private NumberedRows() {}

  /** Columns of joins. */
  static Seq<String> joined(String... names) {
    return CollectionConverters.asScala(List.of(names)).toSeq();
  }

  static Dataset<Row> of(SourceTable source) {
    Column repeated =
        row_number().over(Window.partitionBy(col(ColumnNames.KEY)).orderBy(source.content()));
    return source
        .labelled()
        .withColumn(REPEATED, repeated)
        .withColumn(
            ROW,
            when(col(REPEATED).equalTo(1), col(ColumnNames.KEY))
                .otherwise(xxhash64(col(ColumnNames.KEY), col(REPEATED))))
        .drop(REPEATED);
  }
}
