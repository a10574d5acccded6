package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.sampling.Origin;
import dev.lakewright.spread.Derivation;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * The columns of a resampled table: those of the source, then {@link #ORIGIN}, {@link #SOURCE},
 * {@link #OTHER}.
 *
 * @param ids of made rows; ids are text then, whatever they are in the source
 * @param makesRows whether there are any
 */
record ResampledColumns(SourceTable source, MadeIds ids, boolean makesRows) {

  /** Where a row comes from: an {@link Origin} in small letters. */
  static final String ORIGIN = "origin";

  /** Name of the row that it is or stems from: its id, or its key where there is no id column. */
  static final String SOURCE = "source";

  /** Name of the row at the other end of the segment on which it lies; null where there is none. */
  static final String OTHER = "other";

  /** Values of made rows; anything else is the source row's. */
  @FunctionalInterface
  interface Values {

    /** What the column holds in made rows. */
    Column of(StructField field, Column ofSource);
  }

  /**
   * Selects them.
   *
   * @param rows source rows with {@link Derivation#NUMBER}
   * @param origin of each row
   * @param other name of the other row
   */
  Dataset<Row> select(Dataset<Row> rows, Column origin, Column other, Values made) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : source.schema().fields()) {
      columns.add(value(field, made).as(field.name()));
    }
    columns.add(origin.as(ORIGIN));
    columns.add(source.name().as(SOURCE));
    columns.add(other.as(OTHER));
    return rows.select(columns.toArray(Column[]::new));
  }

  private Column value(StructField field, Values made) {
    Column ofSource = ColumnNames.quoted(field.name());
    if (source.data().id().filter(field.name()::equals).isPresent()) {
      return makesRows ? madeId(source.name()) : ofSource;
    }
    return makesRows ? made.of(field, ofSource) : ofSource;
  }

  private Column madeId(Column id) {
    return when(Derivation.isMade(), ids.id(id, col(Derivation.NUMBER))).otherwise(id);
  }
}
