package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.lakewright.config.DataConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.DataException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads the labelled rows of a table, checked, split and folded. */
public final class LabelledRowsReader {

  private final SparkSession spark;
  private final DataConfig data;

  public LabelledRowsReader(SparkSession spark, DataConfig data) {
    this.spark = spark;
    this.data = data;
  }

  /**
   * Reads what training needs.
   *
   * @throws DataException when the rows cannot be trained on as asked
   */
  public LabelledRows forTraining(TableVersion source, TuneConfig tune) {
    Set<String> others = new LinkedHashSet<>();
    data.split().column().ifPresent(others::add);
    tune.column().ifPresent(others::add);
    Dataset<Row> selected = select(source, List.copyOf(others));
    TableChecks.Counts counts = new TableChecks(data, source.table()).check(selected);
    Dataset<Row> labelled = new TestSplit(data.split()).mark(labelled(selected));
    SplitCounts sides = SplitCounts.of(labelled, col(ColumnNames.TEST));
    requireClasses(source, sides.training(), counts);
    requireFolds(sides.training(), tune);
    Dataset<Row> trainingRows = labelled.where(not(col(ColumnNames.TEST)));
    return new LabelledRows(
        source,
        LabelledTable.schema(data),
        new FoldAssignment(tune).assign(trainingRows),
        labelled.where(col(ColumnNames.TEST)),
        List.copyOf(sides.training().keySet()),
        counts.rows(),
        counts.unlabelled(),
        sides.training(),
        sides.test());
  }

  /** Every labelled row, checked but not split. */
  public Dataset<Row> all(TableVersion source) {
    Dataset<Row> selected = select(source, List.of());
    new TableChecks(data, source.table()).check(selected);
    return labelled(selected);
  }

  /** The labelled rows that {@link #forTraining} holds out. */
  public Dataset<Row> heldOut(TableVersion source) {
    List<String> others = data.split().column().map(List::of).orElse(List.of());
    Dataset<Row> selected = select(source, others);
    new TableChecks(data, source.table()).check(selected);
    return new TestSplit(data.split()).mark(labelled(selected)).where(col(ColumnNames.TEST));
  }

  private Dataset<Row> select(TableVersion source, List<String> others) {
    Dataset<Row> rows = new DeltaSource(spark).read(source);
    return new LabelledTable(data, source.table()).select(rows, data.split().seed(), others);
  }

  private static Dataset<Row> labelled(Dataset<Row> selected) {
    return selected.where(not(LabelledTable.unlabelled()));
  }

  private void requireClasses(
      TableVersion source, Map<String, Long> training, TableChecks.Counts counts) {
    if (counts.rows() == counts.unlabelled()) {
      throw new DataException(
          "column %s (data.label) of table %s is empty in all %d rows; name the column that holds the class"
              .formatted(data.label(), source.table(), counts.rows()));
    }
    if (training.size() < 2) {
      throw new DataException(
          "training needs at least two classes, but column %s (data.label) of table %s holds only %s in its training rows; add rows of another class or change data.split"
              .formatted(data.label(), source.table(), training.keySet()));
    }
  }

  private static void requireFolds(Map<String, Long> training, TuneConfig tune) {
    training.forEach(
        (label, rows) -> {
          if (rows < tune.folds()) {
            throw new DataException(
                "class %s has %d training rows, fewer than tune.folds: %d; add rows of it, remove it from the table, or lower tune.folds, which is 2 at least"
                    .formatted(label, rows, tune.folds()));
          }
        });
  }
}
