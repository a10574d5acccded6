package dev.lakewright.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.lakewright.config.DataConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Labelled rows on which two models are compared. Beside the columns of {@link LabelledRows} they
 * have a truth value for each slice, named by {@link #slice}.
 */
public final class ComparisonRows {

  private static final String LEARNT = "_lw_learnt";

  private final SparkSession spark;
  private final DataConfig data;
  private final Map<String, String> slices;

  /**
   * @param slices name to SQL condition on the table's columns
   */
  public ComparisonRows(SparkSession spark, DataConfig data, Map<String, String> slices) {
    this.spark = spark;
    this.data = data;
    this.slices = slices;
  }

  /** Column that tells whether a row is one of those that were added last. */
  public static final String NEWEST = "_lw_newest";

  /** Name of the column that tells whether a row is of a slice. */
  public static String slice(int place) {
    return "_lw_slice_" + place;
  }

  /** The rows that a training at a version reads. */
  public Dataset<Row> at(TableVersion version) {
    return select(new DeltaSource(spark).read(version), others());
  }

  /**
   * The rows of an earlier version that can no longer be read: multisets tell them.
   *
   * @param added rows that a later version has and it had not, as {@link ContinuedRowsReader}
   *     selects them
   * @param removed rows that it had and the later has not
   */
  public Dataset<Row> before(
      TableVersion later, Dataset<Row> added, Optional<Dataset<Row>> removed) {
    Dataset<Row> kept = at(later).exceptAll(added);
    return removed.map(kept::unionAll).orElse(kept);
  }

  /**
   * Rows held out from training at a version, without those that trainings at earlier versions
   * learnt from: the split of a small class may move by a few rows as rows are added.
   *
   * @param added rows that were added last, with their keys; absent where that is not known
   * @param earlier rows of the table that the models' trainings read, each training's by themselves
   * @param settled whether a row's side of the split follows from the row alone
   * @param share of the rows, by hash; all from 1 on
   */
  public Dataset<Row> heldOut(
      PinnedTable now,
      Optional<Dataset<Row>> added,
      List<Dataset<Row>> earlier,
      boolean settled,
      double share,
      long seed) {
    TestSplit split = new TestSplit(data.split());
    Dataset<Row> all = labelled(sliced(now.rows(), others()));
    Dataset<Row> rows =
        (settled ? split.markAlone(all) : split.mark(all))
            .where(col(ColumnNames.TEST).and(HashSample.holds(share, seed)))
            .drop(ColumnNames.TEST);
    Optional<Dataset<Row>> learnt = earlier.stream().map(this::trainedOn).reduce(Dataset::union);
    if (learnt.isPresent()) {
      rows = rows.join(learnt.get(), col(ColumnNames.KEY).equalTo(col(LEARNT)), "left_anti");
    }
    return newest(rows, added);
  }

  private Dataset<Row> trainedOn(Dataset<Row> rows) {
    return new TestSplit(data.split())
        .mark(labelled(rows))
        .where(not(col(ColumnNames.TEST)))
        .select(col(ColumnNames.KEY).as(LEARNT));
  }

  private static Dataset<Row> newest(Dataset<Row> rows, Optional<Dataset<Row>> added) {
    if (added.isEmpty()) {
      return rows.withColumn(NEWEST, lit(false));
    }
    Dataset<Row> keys = added.get().select(col(ColumnNames.KEY).as(NEWEST)).distinct();
    return rows.join(keys, col(ColumnNames.KEY).equalTo(col(NEWEST)), "left_outer")
        .withColumn(NEWEST, col(NEWEST).isNotNull());
  }

  /**
   * Pins the newest version of the table {@code retrain.golden}.
   *
   * @throws DataException when it is not there
   */
  public TableVersion golden(String table) {
    DeltaSource source = new DeltaSource(spark);
    if (!source.exists(table)) {
      throw new DataException(
          "no Delta table at %s (retrain.golden); create it or remove the setting"
              .formatted(table));
    }
    return source.resolve(table, "latest");
  }

  /**
   * All labelled rows of a table that has the columns of the training table.
   *
   * @throws DataException when it lacks a column or has no such rows
   */
  public Dataset<Row> all(TableVersion golden) {
    LabelledTable table = new LabelledTable(data, golden.table());
    Dataset<Row> rows =
        labelled(table.select(new DeltaSource(spark).read(golden), data.split().seed(), List.of()));
    if (rows.isEmpty()) {
      throw new DataException(
          "table %s (retrain.golden) has no labelled rows to compare on; add some or remove the setting"
              .formatted(golden.table()));
    }
    return rows;
  }

  /**
   * Looks at what slices ask for, without reading a row.
   *
   * @throws ConfigException naming one that is no condition on the table's columns
   */
  public void requireSlices(PinnedTable now) {
    slices.forEach((name, condition) -> mark(now.rows(), slice(0), name, condition));
  }

  private List<String> others() {
    return data.split().column().map(List::of).orElse(List.of());
  }

  private Dataset<Row> select(Dataset<Row> rows, List<String> others) {
    return new LabelledTable(data, data.table().orElseThrow())
        .select(rows, data.split().seed(), others);
  }

  private Dataset<Row> sliced(Dataset<Row> rows, List<String> others) {
    List<String> kept = new ArrayList<>(others);
    Dataset<Row> marked = rows;
    int place = 0;
    for (Map.Entry<String, String> slice : slices.entrySet()) {
      String column = slice(place++);
      marked = mark(marked, column, slice.getKey(), slice.getValue());
      kept.add(column);
    }
    return select(marked, kept);
  }

  private static Dataset<Row> mark(
      Dataset<Row> rows, String column, String name, String condition) {
    try {
      return rows.withColumn(
          column, coalesce(expr(condition).cast(DataTypes.BooleanType), lit(false)));
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new ConfigException(
            "retrain.slices.%s is no condition on the table's columns: %s"
                .formatted(name, e.getMessage().lines().findFirst().orElse("")));
      }
      throw e;
    }
  }

  private static Dataset<Row> labelled(Dataset<Row> rows) {
    return rows.where(not(LabelledTable.unlabelled()));
  }
}
