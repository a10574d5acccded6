package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.lakewright.errors.DataException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * A column that tells when rows came about, as seconds since 1970. Rows without a time are taken
 * for old ones.
 *
 * @param name of the column
 * @param key of the configuration that names it
 */
record TimeColumn(String name, String key) {

  /** The seconds; null where a row tells no time. */
  Column seconds() {
    return col("`" + name.replace("`", "``") + "`")
        .cast(DataTypes.TimestampType)
        .cast(DataTypes.DoubleType);
  }

  /**
   * The time that each share of the rows is not newer than: one job.
   *
   * @param shares in (0, 1)
   * @return as many times that rows have, and last the newest one
   */
  double[] quantiles(Dataset<Row> rows, double... shares) {
    List<Column> quantiles = new ArrayList<>();
    for (double share : shares) {
      quantiles.add(expr("percentile_disc(" + share + ") within group (order by _lw_time)"));
    }
    Row found =
        rows.select(seconds().as("_lw_time"))
            .agg(expr("max(_lw_time)"), quantiles.toArray(Column[]::new))
            .head();
    if (found.isNullAt(0)) {
      throw new DataException("column %s (%s) holds no time in any row".formatted(name, key));
    }
    double[] times = new double[shares.length + 1];
    for (int i = 0; i < shares.length; i++) {
      times[i] = found.getDouble(i + 1);
    }
    times[shares.length] = found.getDouble(0);
    return times;
  }
}
