package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.config.DataConfig;
import dev.lakewright.errors.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the new rows of a table among all, under the split of all, and draws old ones. Only keys
 * and labels are read of the rows that are not drawn.
 */
public final class ContinuedRowsReader {

  private static final String FRESH = "_lw_fresh";

  private final SparkSession spark;
  private final DataConfig data;

  public ContinuedRowsReader(SparkSession spark, DataConfig data) {
    this.spark = spark;
    this.data = data;
  }

  /** The columns whose change counts: those that training reads. */
  public Dataset<Row> select(Dataset<Row> rows) {
    List<String> others = new ArrayList<>();
    data.split().column().ifPresent(others::add);
    return new LabelledTable(data, data.table().orElse(""))
        .select(rows, data.split().seed(), others);
  }

  /**
   * Reads.
   *
   * @param source the version that holds the new rows
   * @param added the new rows, as {@link #select} makes them; at least one
   * @param classes that are known already
   * @param replay old rows to draw per new one
   * @param seed of the draw
   * @throws DataException when the new rows cannot be learnt from
   */
  public ContinuedRows read(
      TableVersion source, Dataset<Row> added, List<String> classes, double replay, long seed) {
    TableChecks.Counts checked = new TableChecks(data, source.table()).check(added);
    Dataset<Row> marked = marked(source, added);
    TreeMap<String, Long> training = new TreeMap<>();
    TreeMap<String, Long> test = new TreeMap<>();
    TreeMap<String, Long> fresh = new TreeMap<>();
    long freshTest = 0;
    for (Row row :
        marked
            .groupBy(ColumnNames.LABEL, ColumnNames.TEST)
            .agg(count(lit(1)), sum(when(col(FRESH), 1L).otherwise(0L)))
            .collectAsList()) {
      (row.getBoolean(1) ? test : training).put(row.getString(0), row.getLong(2));
      if (row.getBoolean(1)) {
        freshTest += row.getLong(3);
      } else if (row.getLong(3) > 0) {
        fresh.put(row.getString(0), row.getLong(3));
      }
    }
    long freshTraining = rows(fresh);
    requireNewIds(source, freshTraining + freshTest, checked.rows() - checked.unlabelled());
    double share =
        Math.min(1, replay * freshTraining / Math.max(1, rows(training) - freshTraining));
    Dataset<Row> sample = sample(marked, share, seed);
    TreeSet<String> all = new TreeSet<>(classes);
    all.addAll(fresh.keySet());
    return new ContinuedRows(
        new LabelledRows(
            source,
            LabelledTable.schema(data),
            sample,
            sample.limit(0),
            List.copyOf(all),
            checked.rows(),
            checked.unlabelled(),
            counts(sample),
            Map.of()),
        training,
        test,
        fresh,
        freshTest,
        checked.unlabelled());
  }

  private Dataset<Row> marked(TableVersion source, Dataset<Row> added) {
    Dataset<Row> all =
        select(new DeltaSource(spark).read(source)).where(not(LabelledTable.unlabelled()));
    Dataset<Row> keys = added.select(col(ColumnNames.KEY).as(FRESH)).distinct();
    return new TestSplit(data.split())
        .mark(all)
        .join(keys, col(ColumnNames.KEY).equalTo(col(FRESH)), "left_outer")
        .withColumn(FRESH, col(FRESH).isNotNull());
  }

  private static Dataset<Row> sample(Dataset<Row> marked, double share, long seed) {
    Column drawn = share <= 0 ? lit(false) : HashSample.holds(share, seed);
    return marked
        .where(not(col(ColumnNames.TEST)).and(col(FRESH).or(drawn)))
        .withColumn(
            ColumnNames.FOLD, when(col(FRESH), ContinuedRows.NEW).otherwise(ContinuedRows.OLD))
        .drop(ColumnNames.TEST, FRESH);
  }

  private static Map<String, Long> counts(Dataset<Row> sample) {
    TreeMap<String, Long> counts = new TreeMap<>();
    sample
        .groupBy(ColumnNames.LABEL)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  /** A new row with the id of an old one would be taken for it. */
  private void requireNewIds(TableVersion source, long found, long added) {
    if (data.id().isPresent() && found > added) {
      throw new DataException(
          "column %s (data.id) of table %s is not unique: %d new rows have the ids of old ones; remove the copies or name another column"
              .formatted(data.id().get(), source.table(), found - added));
    }
  }

  private static long rows(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
