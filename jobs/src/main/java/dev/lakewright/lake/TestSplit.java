package dev.lakewright.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.config.SplitConfig;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/** Marks the rows held out for the test; the mark depends on the row and the seed alone. */
final class TestSplit {

  private final SplitConfig config;

  TestSplit(SplitConfig config) {
    this.config = config;
  }

  /** Adds the boolean column {@link ColumnNames#TEST}. */
  Dataset<Row> mark(Dataset<Row> rows) {
    return rows.withColumn(ColumnNames.TEST, isTest(rows));
  }

  /**
   * The same where only some of the rows are known: cuts lie at shares of the hash range, which is
   * where those of large strata lie; a split by time holds nothing out.
   */
  Dataset<Row> markAlone(Dataset<Row> rows) {
    return rows.withColumn(ColumnNames.TEST, isTestAlone());
  }

  /** What {@link #markAlone} adds. */
  Column isTestAlone() {
    return switch (config.by()) {
      case RANDOM -> nominal(col(ColumnNames.KEY));
      case GROUP -> byGroup();
      case TIME -> lit(false);
      case COLUMN -> byColumn();
    };
  }

  private Column nominal(Column hash) {
    HashCuts cuts = HashCuts.nominal(new double[] {config.test()});
    UDF1<Long, Boolean> belowCut = value -> cuts.part("", value) == 0;
    return config.test() == 0 ? lit(false) : udf(belowCut, DataTypes.BooleanType).apply(hash);
  }

  /**
   * What {@link #mark} adds.
   *
   * @param rows all of the table, which may be read to find where to cut
   */
  Column isTest(Dataset<Row> rows) {
    return switch (config.by()) {
      case RANDOM -> random(rows);
      case GROUP -> byGroup();
      case TIME -> newest(rows);
      case COLUMN -> byColumn();
    };
  }

  private Column byColumn() {
    return splitColumn().cast(DataTypes.StringType).eqNullSafe(lit(config.testValue()));
  }

  private Column random(Dataset<Row> rows) {
    if (config.test() == 0) {
      return lit(false);
    }
    Column stratum = config.stratify() ? col(ColumnNames.LABEL) : lit("");
    Dataset<Row> strata = rows.select(stratum.as("stratum"), col(ColumnNames.KEY).as("hash"));
    HashCuts cuts =
        HashCuts.of(new double[] {config.test()}, strata, HashCuts.sizes(strata, "stratum"));
    UDF2<String, Long, Boolean> belowCut = (label, hash) -> cuts.part(label, hash) == 0;
    return udf(belowCut, DataTypes.BooleanType).apply(stratum, col(ColumnNames.KEY));
  }

  private Column byGroup() {
    HashCuts cuts = HashCuts.nominal(new double[] {config.test()});
    UDF2<String, Long, Boolean> belowCut = (group, hash) -> cuts.part(group, hash) == 0;
    Column group = splitColumn().cast(DataTypes.StringType);
    return udf(belowCut, DataTypes.BooleanType).apply(group, xxhash64(group, lit(config.seed())));
  }

  private Column newest(Dataset<Row> rows) {
    TimeColumn time = new TimeColumn(config.column().orElseThrow(), "data.split.column");
    double cut = time.quantiles(rows, 1 - config.test())[0];
    return coalesce(time.seconds().gt(lit(cut)), lit(false));
  }

  private Column splitColumn() {
    return col("`" + config.column().orElseThrow().replace("`", "``") + "`");
  }
}
