package dev.lakewright.scoring;

import static org.apache.spark.sql.functions.col;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.metrics.ScoredRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/** Labelled rows with their scores, cached while they are being measured. To be closed. */
public final class ScoredTable implements AutoCloseable {

  private final Dataset<Row> rows;
  private final List<String> classes;

  /**
   * @param labelled rows as {@code LabelledRows} holds them
   */
  public ScoredTable(Dataset<Row> labelled, PortableModel model) {
    this.rows = RowScoring.score(labelled, model).persist(StorageLevel.MEMORY_AND_DISK());
    this.classes = model.classifier().labels();
  }

  /** Number of rows. */
  public long count() {
    return rows.count();
  }

  /**
   * The scores, in ascending order of the rows' keys; of more rows than {@code most}, those with
   * the smallest keys, which is a random sample.
   */
  public ScoredRows collect(int most) {
    List<Row> collected =
        rows.orderBy(ColumnNames.KEY, ColumnNames.ID)
            .select(ColumnNames.LABEL, RowScoring.PREDICTION, RowScoring.PROBABILITIES)
            .limit(most)
            .collectAsList();
    int width = classes.size();
    int[] labels = new int[collected.size()];
    int[] predicted = new int[collected.size()];
    double[] probabilities = new double[collected.size() * width];
    for (int i = 0; i < labels.length; i++) {
      Row row = collected.get(i);
      labels[i] = classes.indexOf(row.getString(0));
      predicted[i] = classes.indexOf(row.getString(1));
      List<Double> values = row.getList(2);
      for (int k = 0; k < width; k++) {
        probabilities[i * width + k] = values.get(k);
      }
    }
    return new ScoredRows(classes, labels, probabilities, predicted);
  }

  /** One record that the model got wrong. */
  public record Wrong(
      String id,
      String label,
      String predicted,
      double probabilityOfLabel,
      double probabilityOfPredicted,
      Map<String, String> values) {}

  /**
   * The records of known classes to whose true class the model gave the least probability, among
   * those it got wrong.
   *
   * @param columns whose values to give
   */
  public List<Wrong> mostWrong(int count, List<String> columns) {
    Column place =
        functions.array_position(
            functions.lit(classes.toArray(String[]::new)), col(ColumnNames.LABEL));
    Column ofLabel = functions.get(col(RowScoring.PROBABILITIES), place.minus(1).cast("int"));
    Column ofPredicted = functions.array_max(col(RowScoring.PROBABILITIES));
    List<Column> selected = new ArrayList<>();
    selected.add(col(ColumnNames.ID));
    selected.add(col(ColumnNames.LABEL));
    selected.add(col(RowScoring.PREDICTION));
    selected.add(ofLabel.as("of_label"));
    selected.add(ofPredicted.as("of_predicted"));
    columns.forEach(
        name -> selected.add(functions.substring(column(name).cast("string"), 1, 2000)));
    List<Row> wrong =
        rows.where(place.gt(0).and(col(ColumnNames.LABEL).notEqual(col(RowScoring.PREDICTION))))
            .orderBy(ofLabel, col(ColumnNames.KEY), col(ColumnNames.ID))
            .limit(count)
            .select(selected.toArray(Column[]::new))
            .collectAsList();
    return wrong.stream().map(row -> wrong(row, columns)).toList();
  }

  private static Wrong wrong(Row row, List<String> columns) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), row.isNullAt(5 + i) ? "" : row.getString(5 + i));
    }
    return new Wrong(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getDouble(3),
        row.getDouble(4),
        values);
  }

  private static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
