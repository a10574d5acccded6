package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.config.Folds;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.DataException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * Gives every training row the fold that validates it, as {@link Folds} means it. By hash, group or
 * column it depends on the row and the seed alone; in time, on where the row stands among all.
 */
final class FoldAssignment {

  private final TuneConfig config;

  FoldAssignment(TuneConfig config) {
    this.config = config;
  }

  /** Adds the integer column {@link ColumnNames#FOLD}, a part of {@link Folds}. */
  Dataset<Row> assign(Dataset<Row> trainingRows) {
    return trainingRows.withColumn(ColumnNames.FOLD, fold(trainingRows));
  }

  private Column fold(Dataset<Row> rows) {
    return switch (config.by()) {
      case STRATIFIED -> byHash(rows, col(ColumnNames.LABEL));
      case RANDOM -> byHash(rows, lit(""));
      case GROUP -> byGroup();
      case COLUMN -> byValue(rows);
      case TIME -> byTime(rows);
    };
  }

  private Column byHash(Dataset<Row> rows, Column stratum) {
    Column hash = xxhash64(col(ColumnNames.KEY), lit(config.seed()));
    Dataset<Row> strata = rows.select(stratum.as("stratum"), hash.as("hash"));
    HashCuts cuts = HashCuts.of(shares(), strata, HashCuts.sizes(strata, "stratum"));
    UDF2<String, Long, Integer> part = cuts::part;
    return udf(part, DataTypes.IntegerType).apply(stratum, hash);
  }

  private Column byGroup() {
    HashCuts cuts = HashCuts.nominal(shares());
    Column group = foldColumn().cast(DataTypes.StringType);
    UDF2<String, Long, Integer> part = cuts::part;
    return udf(part, DataTypes.IntegerType).apply(group, xxhash64(group, lit(config.seed())));
  }

  private double[] shares() {
    return shares(config.folds());
  }

  private static double[] shares(int parts) {
    return IntStream.range(1, parts).mapToDouble(part -> (double) part / parts).toArray();
  }

  /** Parts of equal size in the order of time; the first, and rows without a time, only train. */
  private Column byTime(Dataset<Row> rows) {
    Folds folds = Folds.of(config);
    TimeColumn time = new TimeColumn(config.column().orElseThrow(), "tune.column");
    double[] cuts = time.quantiles(rows, shares(folds.parts()));
    for (int i = 1; i < cuts.length; i++) {
      if (cuts[i] <= cuts[i - 1]) {
        throw new DataException(
            "column %s (tune.column) has too few different times to cut the training rows into %d parts, which tune.folds: %d asks for; lower tune.folds, or name a finer time"
                .formatted(time.name(), folds.parts(), folds.count()));
      }
    }
    Column fold = lit(folds.count());
    for (int i = 0; i + 1 < cuts.length; i++) {
      fold = when(time.seconds().gt(lit(cuts[i])), lit(i)).otherwise(fold);
    }
    return fold;
  }

  private Column byValue(Dataset<Row> rows) {
    Column value = foldColumn().cast(DataTypes.StringType);
    List<String> values =
        rows
            .select(value.as("value"))
            .distinct()
            .orderBy("value")
            .limit(config.folds() + 1)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    if (values.size() != config.folds() || values.get(0) == null) {
      throw new DataException(
          "column %s (tune.column) must hold %d different values, one per fold, without empty ones; it holds %s"
              .formatted(
                  config.column().orElse(""),
                  config.folds(),
                  values.size() > config.folds() ? "more: " + values + ", ..." : values));
    }
    UDF1<String, Integer> place = values::indexOf;
    return udf(place, DataTypes.IntegerType).apply(value);
  }

  private Column foldColumn() {
    return col("`" + config.column().orElseThrow().replace("`", "``") + "`");
  }
}
