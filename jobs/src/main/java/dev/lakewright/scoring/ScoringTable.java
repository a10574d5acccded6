package dev.lakewright.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;

import dev.lakewright.errors.DataException;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.model.RecordSchema;
import io.delta.tables.DeltaTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Scored rows in a Delta table: the kept columns, then {@code prediction}, {@code probabilities} (a
 * map of label to probability), {@code model} and {@code model_version}.
 */
public final class ScoringTable {

  private final PortableModel model;
  private final String name;
  private final int version;
  private final List<String> keep;

  /**
   * @param keep columns of the input to keep
   */
  public ScoringTable(PortableModel model, String name, int version, List<String> keep) {
    this.model = model;
    this.name = name;
    this.version = version;
    this.keep = List.copyOf(keep);
  }

  /**
   * Scores and appends in one commit. The same input scored twice by the same version is there
   * once.
   *
   * @param identity of the input; empty when there is none
   * @return rows appended
   * @throws DataException for columns that are missing
   */
  public long append(Dataset<Row> rows, String table, String identity) {
    Dataset<Row> scored = score(rows);
    var writer = scored.write().format("delta").mode("append");
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
    return latest(rows, table) == before ? 0 : appended(rows, table);
  }

  private static long latest(Dataset<Row> rows, String table) {
    DeltaSource source = new DeltaSource(rows.sparkSession());
    return source.exists(table) ? source.latest(table) : -1;
  }

  private static long appended(Dataset<Row> rows, String table) {
    DeltaTable delta =
        DeltaSource.isCatalogName(table)
            ? DeltaTable.forName(rows.sparkSession(), table)
            : DeltaTable.forPath(rows.sparkSession(), table);
    return Long.parseLong(
        delta
            .history(1)
            .select(col("operationMetrics").getItem("numOutputRows"))
            .first()
            .getString(0));
  }

  /** The scored rows. */
  Dataset<Row> score(Dataset<Row> rows) {
    RecordSchema schema = model.classifier().schema();
    requireColumns(rows, schema.columns());
    requireColumns(rows, keep);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < keep.size(); i++) {
      columns.add(quoted(keep.get(i)).as("_lw_kept_" + i));
    }
    schema.text().forEach(column -> columns.add(quoted(column).cast("string").as(column)));
    schema.numeric().forEach(column -> columns.add(finite(column).as(column)));
    schema.categorical().forEach(column -> columns.add(quoted(column).cast("string").as(column)));
    Dataset<Row> scored = RowScoring.score(rows.select(columns.toArray(Column[]::new)), model);

    List<Column> result = new ArrayList<>();
    for (int i = 0; i < keep.size(); i++) {
      result.add(col("_lw_kept_" + i).as(keep.get(i)));
    }
    Column labels = lit(model.classifier().labels().toArray(String[]::new));
    result.add(col(RowScoring.PREDICTION).as("prediction"));
    result.add(map_from_arrays(labels, col(RowScoring.PROBABILITIES)).as("probabilities"));
    result.add(lit(name).as("model"));
    result.add(lit(version).as("model_version"));
    return scored.select(result.toArray(Column[]::new));
  }

  /** What is no finite number is missing, so that one bad row does not stop the others. */
  private static Column finite(String column) {
    Column number = quoted(column).try_cast("double");
    return functions
        .when(
            number.isNaN().or(functions.abs(number).equalTo(Double.POSITIVE_INFINITY)),
            functions.lit(null).cast("double"))
        .otherwise(number);
  }

  private static void requireColumns(Dataset<Row> rows, List<String> columns) {
    List<String> present = Arrays.asList(rows.columns());
    for (String column : columns) {
      if (!present.contains(column)) {
        throw new DataException(
            "score.input has no column %s, which the model or score.keep needs; its columns are %s"
                .formatted(column, String.join(", ", present)));
      }
    }
  }

  private static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
