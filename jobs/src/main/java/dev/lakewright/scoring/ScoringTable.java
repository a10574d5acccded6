package dev.lakewright.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;

import dev.lakewright.errors.DataException;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.model.RecordSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Scored rows in a Delta table: the kept columns, then {@code prediction}, {@code probabilities} (a
 * map of label to probability), {@code model} and {@code model_version}; with a shadow also its
 * {@code shadow_prediction}, {@code shadow_probabilities} and {@code shadow_version}.
 */
public final class ScoringTable {

  private static final String SHADOW_PREDICTION = "shadow_prediction";
  private static final String SHADOW_PROBABILITIES = "shadow_probabilities";
  private static final String SHADOW_VERSION = "shadow_version";

  private final PortableModel model;
  private final String name;
  private final int version;
  private final List<String> keep;
  private final Optional<Shadow> shadow;
  private List<String> shadowFailures = List.of();

  /**
   * @param keep columns of the input to keep
   * @param shadow what scores beside the model
   */
  public ScoringTable(
      PortableModel model, String name, int version, List<String> keep, Optional<Shadow> shadow) {
    this.model = model;
    this.name = name;
    this.version = version;
    this.keep = List.copyOf(keep);
    this.shadow = shadow;
  }

  /** Why the shadow could not score some of the rows that were appended last. */
  public List<String> shadowFailures() {
    return shadowFailures;
  }

  /**
   * Scores and appends in one commit. The same input scored twice by the same version is there
   * once, whatever shadow stood beside it.
   *
   * @param identity of the input; empty when there is none
   * @return rows appended
   * @throws DataException for columns that are missing
   */
  public long append(Dataset<Row> rows, String table, String identity) {
    Optional<ShadowScoring> beside =
        shadow.flatMap(Shadow::model).map(one -> new ShadowScoring(rows.sparkSession(), one));
    Dataset<Row> scored = score(rows, beside);
    var writer = scored.write().format("delta").mode("append");
    if (lacksShadowColumns(scored, table)) {
      writer = writer.option("mergeSchema", true);
    }
    if (!identity.isEmpty()) {
      String application = name + "@" + version + ":" + identity + ":" + keep;
      writer =
          writer
              .option(
                  "txnAppId",
                  UUID.nameUUIDFromBytes(application.getBytes(StandardCharsets.UTF_8)).toString())
              .option("txnVersion", 1);
    }
    long before = latest(rows, table);
    if (DeltaSource.isCatalogName(table)) {
      writer.saveAsTable(table);
    } else {
      writer.save(table);
    }
    shadowFailures = beside.map(ShadowScoring::failures).orElse(List.of());
    return latest(rows, table) == before ? 0 : appended(rows, table);
  }

  /** Whether a table has all columns but those of a shadow: it is from when none was asked for. */
  private boolean lacksShadowColumns(Dataset<Row> scored, String table) {
    DeltaSource source = new DeltaSource(scored.sparkSession());
    if (shadow.isEmpty() || !source.exists(table)) {
      return false;
    }
    List<String> missing = new ArrayList<>(List.of(scored.columns()));
    missing.removeAll(List.of(source.read(source.resolve(table, "latest")).columns()));
    return missing.equals(List.of(SHADOW_PREDICTION, SHADOW_PROBABILITIES, SHADOW_VERSION));
  }

  private static long latest(Dataset<Row> rows, String table) {
    DeltaSource source = new DeltaSource(rows.sparkSession());
    return source.exists(table) ? source.latest(table) : -1;
  }

  private static long appended(Dataset<Row> rows, String table) {
    return new DeltaSource(rows.sparkSession())
        .rowsWritten(table)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the newest commit of %s does not tell how many rows it wrote; leave spark.databricks.delta.history.metricsEnabled: true"
                        .formatted(table)));
  }

  private Dataset<Row> score(Dataset<Row> rows, Optional<ShadowScoring> beside) {
    RecordSchema schema = model.classifier().schema();
    requireColumns(rows, schema.columns());
    requireColumns(rows, keep);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < keep.size(); i++) {
      columns.add(ColumnNames.quoted(keep.get(i)).as("_lw_kept_" + i));
    }
    columns.addAll(inputs(schema));
    if (beside.isPresent()) {
      RecordSchema other = shadow.flatMap(Shadow::model).orElseThrow().classifier().schema();
      columns.add(functions.struct(inputs(other).toArray(Column[]::new)).as(ShadowScoring.RECORD));
    }
    Dataset<Row> scored = RowScoring.score(rows.select(columns.toArray(Column[]::new)), model);
    if (beside.isPresent()) {
      List<Column> last = new ArrayList<>();
      for (String column : scored.columns()) {
        if (!column.equals(ShadowScoring.RECORD)) {
          last.add(ColumnNames.quoted(column));
        }
      }
      last.add(col(ShadowScoring.RECORD));
      scored = beside.get().score(scored.select(last.toArray(Column[]::new)));
    }

    List<Column> result = new ArrayList<>();
    for (int i = 0; i < keep.size(); i++) {
      result.add(col("_lw_kept_" + i).as(keep.get(i)));
    }
    Column labels = lit(model.classifier().labels().toArray(String[]::new));
    result.add(col(RowScoring.PREDICTION).as("prediction"));
    result.add(map_from_arrays(labels, col(RowScoring.PROBABILITIES)).as("probabilities"));
    result.add(lit(name).as("model"));
    result.add(lit(version).as("model_version"));
    shadow.ifPresent(one -> result.addAll(columns(one)));
    return scored.select(result.toArray(Column[]::new));
  }

  /** The columns that a model reads, as it reads them. */
  private static List<Column> inputs(RecordSchema schema) {
    List<Column> columns = new ArrayList<>();
    schema
        .text()
        .forEach(column -> columns.add(ColumnNames.quoted(column).cast("string").as(column)));
    schema.numeric().forEach(column -> columns.add(finite(column).as(column)));
    schema
        .categorical()
        .forEach(column -> columns.add(ColumnNames.quoted(column).cast("string").as(column)));
    return columns;
  }

  private static List<Column> columns(Shadow shadow) {
    if (shadow.model().isEmpty()) {
      return List.of(
          lit(null).cast("string").as(SHADOW_PREDICTION),
          lit(null).cast("map<string,double>").as(SHADOW_PROBABILITIES),
          lit(null).cast("int").as(SHADOW_VERSION));
    }
    Column labels = lit(shadow.model().get().classifier().labels().toArray(String[]::new));
    return List.of(
        col(ShadowScoring.PREDICTION).as(SHADOW_PREDICTION),
        map_from_arrays(labels, col(ShadowScoring.PROBABILITIES)).as(SHADOW_PROBABILITIES),
        // without a score it is no version's
        functions
            .when(col(ShadowScoring.PREDICTION).isNotNull(), lit(shadow.version().orElseThrow()))
            .as(SHADOW_VERSION));
  }

  /** What is no finite number is missing, so that one bad row does not stop the others. */
  private static Column finite(String column) {
    Column number = ColumnNames.quoted(column).try_cast("double");
    return functions
        .when(
            number.isNaN().or(functions.abs(number).equalTo(Double.POSITIVE_INFINITY)),
            functions.lit(null).cast("double"))
        .otherwise(number);
  }

  /**
   * Makes sure that rows have the columns of a model, of types that it can read: Spark's undeclared
   * exception tells of one that cannot be cast.
   *
   * @throws DataException for one that they do not have
   */
  public static void requireReadable(Dataset<Row> rows, RecordSchema schema) {
    requireColumns(rows, schema.columns());
    rows.select(inputs(schema).toArray(Column[]::new));
  }

  /**
   * Makes sure that rows have columns.
   *
   * @throws DataException for one that they do not have
   */
  public static void requireColumns(Dataset<Row> rows, List<String> columns) {
    List<String> present = Arrays.asList(rows.columns());
    for (String column : columns) {
      if (!present.contains(column)) {
        throw new DataException(
            "score.input has no column %s, which the model or score.keep needs; its columns are %s"
                .formatted(column, String.join(", ", present)));
      }
    }
  }
}
