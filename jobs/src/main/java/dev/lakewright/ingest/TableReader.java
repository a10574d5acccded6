package dev.lakewright.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import dev.lakewright.config.DataConfig;
import dev.lakewright.config.IngestConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.ColumnNames;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Files of records: delimited text, JSON lines, Parquet, by Spark's own readers. */
final class TableReader {

  /** Column that says what is wrong with a record; null when nothing is. */
  static final String REASON = "_lw_reason";

  /** Column that keeps a malformed record as it stood. */
  static final String RAW = "_lw_raw";

  private static final int MOST_RAW = 32_768;

  private final SparkSession spark;
  private final IngestConfig config;
  private final DataConfig data;

  TableReader(SparkSession spark, IngestConfig config, DataConfig data) {
    this.spark = spark;
    this.config = config;
    this.data = data;
  }

  /**
   * Reads the files: the record's columns, numeric ones as doubles, the source column, {@link
   * #REASON} and {@link #RAW}.
   */
  Dataset<Row> read(List<InputFile> files) {
    String[] paths = files.stream().map(InputFile::path).toArray(String[]::new);
    Dataset<Row> rows =
        switch (config.format()) {
          case CSV -> csv(paths);
          case JSONL -> json(paths);
          case PARQUET -> spark.read().parquet(paths).withColumn(RAW, lit(null).cast("string"));
          default -> throw new IllegalStateException(config.format() + " is read by folder");
        };
    requireColumns(rows);
    return withReasons(withSource(rows, files));
  }

  private Dataset<Row> csv(String[] paths) {
    Map<String, String> options =
        Map.of(
            "header", Boolean.toString(config.header()),
            "sep", config.delimiter(),
            "quote", "\"",
            "escape", "\"",
            "multiLine", "true",
            "mode", "PERMISSIVE",
            "enforceSchema", "false",
            "columnNameOfCorruptRecord", RAW);
    StructType header = spark.read().options(options).csv(paths[0]).schema();
    return spark.read().options(options).schema(header.add(RAW, "string")).csv(paths);
  }

  private Dataset<Row> json(String[] paths) {
    Map<String, String> options =
        Map.of(
            "mode", "PERMISSIVE", "primitivesAsString", "true", "columnNameOfCorruptRecord", RAW);
    StructType inferred = spark.read().options(options).json(paths).schema();
    StructType schema = new StructType();
    for (StructField field : inferred.fields()) {
      schema = field.name().equals(RAW) ? schema : schema.add(field);
    }
    return spark.read().options(options).schema(schema.add(RAW, "string")).json(paths);
  }

  private Dataset<Row> withSource(Dataset<Row> rows, List<InputFile> files) {
    HashMap<String, String> sources = new HashMap<>();
    files.forEach(file -> sources.put(new Path(file.path()).toUri().getPath(), file.source()));
    UDF1<String, String> source = path -> sources.get(URI.create(path).getPath());
    return rows.withColumn(
        config.sourceColumn(), udf(source, DataTypes.StringType).apply(col("_metadata.file_path")));
  }

  private void requireColumns(Dataset<Row> rows) {
    List<String> present = Arrays.asList(rows.columns());
    List<String> wanted = new ArrayList<>(data.text());
    wanted.addAll(data.numeric());
    wanted.addAll(data.categorical());
    data.id().ifPresent(wanted::add);
    data.weight().ifPresent(wanted::add);
    for (String column : wanted) {
      if (!present.contains(column)) {
        throw new DataException(
            "ingest.input has no column %s; its columns are %s"
                .formatted(
                    column,
                    String.join(
                        ", ", present.stream().filter(name -> !name.equals(RAW)).toList())));
      }
    }
  }

  private Dataset<Row> withReasons(Dataset<Row> rows) {
    List<Column> reasons = new ArrayList<>();
    reasons.add(
        functions.when(
            col(RAW).isNotNull(),
            lit("malformed " + config.format().name().toLowerCase(Locale.ROOT))));
    Dataset<Row> typed = rows.withColumn(RAW, functions.substring(col(RAW), 1, MOST_RAW));
    List<String> numbers = new ArrayList<>(data.numeric());
    data.weight().ifPresent(numbers::add);
    for (String name : numbers) {
      Column text = ColumnNames.quoted(name);
      Column number = text.try_cast("double");
      Column bad =
          text.isNotNull()
              .and(functions.trim(text.cast("string")).notEqual(""))
              .and(
                  number
                      .isNull()
                      .or(number.isNaN())
                      .or(functions.abs(number).equalTo(Double.POSITIVE_INFINITY)));
      reasons.add(functions.when(bad, lit("column " + name + " is not a finite number")));
    }
    Column reason = functions.coalesce(reasons.toArray(Column[]::new));
    typed = typed.withColumn(REASON, reason);
    typed =
        typed.withColumn(
            RAW,
            functions.when(
                col(REASON).isNotNull(),
                functions.coalesce(
                    col(RAW),
                    functions.substring(
                        functions.to_json(functions.struct(recordColumns(rows))), 1, MOST_RAW))));
    for (String name : numbers) {
      typed = typed.withColumn(name, ColumnNames.quoted(name).try_cast("double"));
    }
    return typed;
  }

  private Column[] recordColumns(Dataset<Row> rows) {
    return Arrays.stream(rows.columns())
        .filter(name -> !name.equals(RAW) && !name.equals(config.sourceColumn()))
        .map(ColumnNames::quoted)
        .toArray(Column[]::new);
  }
}
