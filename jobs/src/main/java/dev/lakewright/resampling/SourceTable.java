package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.config.DataConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.LabelledTable;
import dev.lakewright.lake.TableVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;

/**
 * The table to resample.
 *
 * @param all its rows: the table's own columns, {@link ColumnNames#KEY}, {@link ColumnNames#ID} and
 *     {@link ColumnNames#LABEL}. Rows without a class too
 * @param schema the table's own columns
 */
record SourceTable(TableVersion version, DataConfig data, Dataset<Row> all, StructType schema) {

  private static final List<String> ADDED =
      List.of(ResampledColumns.ORIGIN, ResampledColumns.SOURCE, ResampledColumns.OTHER);

  /**
   * Checks the columns.
   *
   * @throws DataException for columns that are missing, of a wrong type, or in the way
   */
  static SourceTable read(SparkSession spark, DataConfig data, TableVersion version) {
    Dataset<Row> rows = new DeltaSource(spark).read(version);
    StructType schema = rows.schema();
    new LabelledTable(data, version.table()).requireColumns(schema, List.of());
    refuseAddedColumns(version, schema);
    Dataset<Row> keyed =
        rows.withColumn(ColumnNames.KEY, key(data, schema))
            .withColumn(ColumnNames.ID, id(data).orElseGet(() -> hex(col(ColumnNames.KEY))))
            .withColumn(ColumnNames.LABEL, ColumnNames.quoted(data.label()).cast("string"));
    return new SourceTable(version, data, keyed, schema);
  }

  private static void refuseAddedColumns(TableVersion version, StructType schema) {
    for (String name : schema.fieldNames()) {
      if (ADDED.contains(name.toLowerCase(Locale.ROOT))) {
        throw new DataException(
            "table %s has a column %s, which resample adds; name the table that the rows come from, or rename the column"
                .formatted(version.table(), name));
      }
    }
  }

  /** The rows that have a class. */
  Dataset<Row> labelled() {
    return all.where(not(LabelledTable.unlabelled()));
  }

  /** What a row is called: its id, or its key in hexadecimal. */
  Column name() {
    return col(ColumnNames.ID);
  }

  /** The id as text. */
  Optional<Column> id() {
    return id(data);
  }

  private static Optional<Column> id(DataConfig data) {
    return data.id().map(name -> ColumnNames.quoted(name).cast("string"));
  }

  /** Whether ids are whole numbers, of which no text needs to be made to tell them apart. */
  boolean hasWholeIds() {
    return hasWholeIds(data, schema);
  }

  private static boolean hasWholeIds(DataConfig data, StructType schema) {
    return data.id()
        .map(name -> schema.apply(name).dataType())
        .filter(type -> type instanceof IntegralType)
        .isPresent();
  }

  /** A hash of everything in the row. */
  Column content() {
    return content(schema);
  }

  /** A hash by which rows are put in a random order. */
  static Column order(long seed) {
    return xxhash64(col(ColumnNames.KEY), lit(seed));
  }

  /** Without an id the row is known by its content. */
  private static Column key(DataConfig data, StructType schema) {
    return data.id()
        .map(name -> ColumnNames.quoted(name).cast(hasWholeIds(data, schema) ? "bigint" : "string"))
        .map(functions::xxhash64)
        .orElseGet(() -> content(schema));
  }

  private static Column content(StructType schema) {
    return xxhash64(
        Arrays.stream(schema.fields())
            .map(field -> Hashable.column(ColumnNames.quoted(field.name()), field.dataType()))
            .toArray(Column[]::new));
  }
}
