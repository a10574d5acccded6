package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.sampling.Origin;
import dev.lakewright.spread.Derivation;
import dev.lakewright.spread.EncodedRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Whole rows from derivations and the source rows that they name.
 *
 * @param segments whether rows may lie between two rows
 */
record DerivedRows(SourceTable source, ResampledColumns columns, boolean segments)
    implements ResampledColumns.Values {

  /** Else Spark may send a small table's rows through the driver to all executors. */
  private static final String SHUFFLED = "merge";

  private static final String OTHER_NAME = "_lw_other_name";

  /**
   * The resampled rows.
   *
   * @param numbered all source rows, with {@link EncodedRows#ROW}
   */
  Dataset<Row> of(Dataset<Row> derivations, Dataset<Row> numbered) {
    return columns.select(
        joined(derivations, numbered), col(Derivation.ORIGIN), col(OTHER_NAME), this);
  }

  private Dataset<Row> joined(Dataset<Row> derivations, Dataset<Row> numbered) {
    Dataset<Row> rows = derivations.join(numbered.hint(SHUFFLED), EncodedRows.ROW);
    return !segments
        ? withoutOthers(rows)
        : rows.join(
            others(numbered).hint(SHUFFLED), EncodedRows.joined(Derivation.OTHER_ROW), "left");
  }

  /**
   * The rows as {@link TableEncoding#select} gives those of the source, where there are numbers
   * alone.
   *
   * @param name column of the derivations that numbers the rows
   */
  Dataset<Row> encoded(Dataset<Row> derivations, String name, Dataset<Row> numbered) {
    List<Column> selected = new ArrayList<>();
    selected.add(col(name).as(EncodedRows.ROW));
    selected.add(col(ColumnNames.LABEL));
    for (String number : source.data().numeric()) {
      Column made = of(source.schema().apply(number), ColumnNames.quoted(number));
      selected.add(made.cast("double"));
    }
    return joined(derivations, numbered).select(selected.toArray(Column[]::new));
  }

  /** Without a join, in which all these rows would meet in one place. */
  private Dataset<Row> withoutOthers(Dataset<Row> rows) {
    Dataset<Row> without = rows.withColumn(OTHER_NAME, lit(null).cast("string"));
    for (int i = 0; i < source.data().numeric().size(); i++) {
      without = without.withColumn(end(i), lit(null).cast("double"));
    }
    return without;
  }

  private Dataset<Row> others(Dataset<Row> numbered) {
    List<Column> selected = new ArrayList<>();
    selected.add(col(EncodedRows.ROW).as(Derivation.OTHER_ROW));
    selected.add(source.name().as(OTHER_NAME));
    List<String> numeric = source.data().numeric();
    for (int i = 0; i < numeric.size(); i++) {
      selected.add(ColumnNames.quoted(numeric.get(i)).cast("double").as(end(i)));
    }
    return numbered.select(selected.toArray(Column[]::new));
  }

  /** Column of the other row's number. */
  private static String end(int place) {
    return "_lw_end_" + place;
  }

  @Override
  public Column of(StructField field, Column ofSource) {
    int number = source.data().numeric().indexOf(field.name());
    if (number >= 0) {
      return when(
              col(Derivation.ORIGIN).equalTo(Derivation.origin(Origin.BETWEEN)),
              NumberTypes.fit(between(ofSource.cast("double"), number), field.dataType()))
          .when(
              col(Derivation.NUMBERS).isNotNull(),
              NumberTypes.fit(col(Derivation.NUMBERS).getItem(number), field.dataType()))
          .otherwise(ofSource);
    }
    int category = source.data().categorical().indexOf(field.name());
    return category < 0
        ? ofSource
        : when(
                col(Derivation.CATEGORIES).isNotNull(),
                col(Derivation.CATEGORIES).getItem(category).cast(field.dataType()))
            .otherwise(ofSource);
  }

  /** In double precision, and never beyond an end by rounding. */
  private static Column between(Column start, int number) {
    Column end = col(end(number));
    Column made = start.plus(col(Derivation.GAP).multiply(end.minus(start)));
    return least(greatest(made, least(start, end)), greatest(start, end));
  }
}
