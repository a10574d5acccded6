package dev.lakewright.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.config.DataConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.model.RecordSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table that a model needs, under uniform names and types: {@link ColumnNames},
 * then the text columns (text), numeric columns (double) and categorical columns (text). Other
 * columns that split or folds refer to are kept as they are.
 */
public final class LabelledTable {

  private final DataConfig config;
  private final String table;

  public LabelledTable(DataConfig config, String table) {
    this.config = config;
    this.table = table;
  }

  /** The columns that features are made of. */
  public static RecordSchema schema(DataConfig config) {
    return new RecordSchema(config.text(), config.numeric(), config.categorical());
  }

  /**
   * Selects and casts.
   *
   * @param seed of the key's hash
   * @param others further columns to keep
   * @throws DataException for a column that is missing or of a type that does not fit
   */
  public Dataset<Row> select(Dataset<Row> rows, long seed, List<String> others) {
    requireColumns(rows.schema(), others);
    List<Column> columns = new ArrayList<>();
    columns.add(key(seed).as(ColumnNames.KEY));
    columns.add(
        config
            .id()
            .map(id -> ColumnNames.quoted(id).cast(DataTypes.StringType))
            .orElseGet(() -> hex(key(seed)))
            .as(ColumnNames.ID));
    columns.add(
        ColumnNames.quoted(config.label()).cast(DataTypes.StringType).as(ColumnNames.LABEL));
    columns.add(
        config
            .weight()
            .map(weight -> ColumnNames.quoted(weight).cast(DataTypes.DoubleType))
            .orElse(lit(1.0))
            .as(ColumnNames.WEIGHT));
    config.text().forEach(name -> columns.add(text(name)));
    config.numeric().forEach(name -> columns.add(ColumnNames.quoted(name).cast("double").as(name)));
    config
        .categorical()
        .forEach(name -> columns.add(ColumnNames.quoted(name).cast("string").as(name)));
    others.stream()
        .filter(name -> !schema(config).columns().contains(name))
        .forEach(name -> columns.add(ColumnNames.quoted(name)));
    return rows.select(columns.toArray(Column[]::new));
  }

  /** Rows without a class: no {@link ColumnNames#LABEL}, or one of white space alone. */
  public static Column unlabelled() {
    Column label = col(ColumnNames.LABEL);
    return label.isNull().or(trim(label).equalTo(""));
  }

  private static Column text(String name) {
    return coalesce(ColumnNames.quoted(name).cast(DataTypes.StringType), lit("")).as(name);
  }

  /** Without an id the record is known by its content, so that copies of it stay together. */
  private Column key(long seed) {
    List<Column> identity = new ArrayList<>();
    if (config.id().isPresent()) {
      identity.add(ColumnNames.quoted(config.id().get()).cast(DataTypes.StringType));
    } else {
      schema(config)
          .columns()
          .forEach(name -> identity.add(ColumnNames.quoted(name).cast(DataTypes.StringType)));
    }
    identity.add(lit(seed));
    return xxhash64(identity.toArray(Column[]::new));
  }

  /**
   * Checks the columns that the configuration names.
   *
   * @param others further columns that must be there
   * @throws DataException for a column that is missing or of a type that does not fit
   */
  public void requireColumns(StructType schema, List<String> others) {
    require(schema, "data.label", config.label(), Kind.SCALAR);
    config.id().ifPresent(name -> require(schema, "data.id", name, Kind.SCALAR));
    config.weight().ifPresent(name -> require(schema, "data.weight", name, Kind.NUMBER));
    config.text().forEach(name -> require(schema, "data.text", name, Kind.SCALAR));
    config.numeric().forEach(name -> require(schema, "data.numeric", name, Kind.NUMBER));
    config.categorical().forEach(name -> require(schema, "data.categorical", name, Kind.SCALAR));
    others.forEach(name -> require(schema, "data.split or tune", name, Kind.SCALAR));
  }

  private enum Kind {
    SCALAR,
    NUMBER
  }

  private void require(StructType schema, String key, String name, Kind kind) {
    if (!Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new DataException(
          "table %s has no column %s (%s); its columns are %s"
              .formatted(table, name, key, String.join(", ", schema.fieldNames())));
    }
    DataType type = schema.apply(name).dataType();
    boolean nested =
        type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
    boolean fits =
        switch (kind) {
          case SCALAR -> !nested && !type.equals(DataTypes.BinaryType);
          case NUMBER -> type instanceof NumericType || type.equals(DataTypes.BooleanType);
        };
    if (!fits) {
      throw new DataException(
          "column %s of table %s (%s) is of type %s, but %s is needed%s"
              .formatted(
                  name,
                  table,
                  key,
                  type.simpleString(),
                  kind == Kind.NUMBER ? "a number" : "text, a number or a date",
                  kind == Kind.NUMBER && type.equals(DataTypes.StringType)
                      ? "; cast it, or ingest the table anew with the column in data.numeric"
                      : ""));
    }
  }
}
