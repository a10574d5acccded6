package dev.lakewright.lake;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.config.DataConfig;
import dev.lakewright.errors.DataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * Finds the new rows of a table among all, under the split of all, and draws old ones. Only keys
 * and labels are read of the rows that are not drawn.
 */
public final class ContinuedRowsReader {

  private static final String FRESH = "_lw_fresh";
  private static final String TIMES = "_lw_times";
  private static final String ALIKE = "_lw_alike";

  /** Parts of the rows whose weights are added up by themselves, in order. */
  private static final long PARTS = 1024;

  private final SparkSession spark;
  private final DataConfig data;

  public ContinuedRowsReader(SparkSession spark, DataConfig data) {
    this.spark = spark;
    this.data = data;
  }

  /** The columns whose change counts: those that training reads. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(LabelledTable.schema(data).columns());
    columns.add(data.label());
    data.id().ifPresent(columns::add);
    data.weight().ifPresent(columns::add);
    columns.addAll(splitColumn());
    return columns;
  }

  /** Selects {@link #columns}. */
  public Dataset<Row> select(Dataset<Row> rows) {
    return new LabelledTable(data, data.table().orElse(""))
        .select(rows, data.split().seed(), splitColumn());
  }

  private List<String> splitColumn() {
    return data.split().column().map(List::of).orElse(List.of());
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
        weights(marked, training),
        test,
        fresh,
        freshTest,
        checked.unlabelled());
  }

  private Dataset<Row> marked(TableVersion source, Dataset<Row> added) {
    Dataset<Row> all = labelled(select(new DeltaSource(spark).read(source)));
    Dataset<Row> split = new TestSplit(data.split()).mark(all);
    return data.id().isPresent()
        ? markedById(split, added)
        : markedByContent(split, labelled(added));
  }

  private static Dataset<Row> labelled(Dataset<Row> rows) {
    return rows.where(not(LabelledTable.unlabelled()));
  }

  private static Dataset<Row> markedById(Dataset<Row> all, Dataset<Row> added) {
    Dataset<Row> keys = added.select(col(ColumnNames.KEY).as(FRESH)).distinct();
    return all.join(keys, col(ColumnNames.KEY).equalTo(col(FRESH)), "left_outer")
        .withColumn(FRESH, col(FRESH).isNotNull());
  }

  /** Of rows that are alike as many are new as were added; which of them makes no difference. */
  private Dataset<Row> markedByContent(Dataset<Row> all, Dataset<Row> added) {
    Dataset<Row> times = added.groupBy(alike().as(ALIKE)).agg(count(lit(1)).as(TIMES));
    Dataset<Row> counted =
        all.withColumn(FRESH, alike())
            .join(times, col(FRESH).equalTo(col(ALIKE)), "left_outer")
            .drop(ALIKE);
    Dataset<Row> old = counted.where(col(TIMES).isNull()).withColumn(FRESH, lit(false));
    Dataset<Row> candidates =
        counted
            .where(col(TIMES).isNotNull())
            .withColumn(
                FRESH,
                row_number()
                    .over(Window.partitionBy(FRESH).orderBy(ColumnNames.KEY))
                    .leq(col(TIMES)));
    return old.unionByName(candidates).drop(TIMES);
  }

  /** What rows of the same content have in common for training: a hash. */
  private Column alike() {
    List<Column> parts = new ArrayList<>();
    parts.add(col(ColumnNames.KEY));
    parts.add(col(ColumnNames.LABEL));
    parts.add(col(ColumnNames.WEIGHT));
    splitColumn().forEach(name -> parts.add(col("`" + name.replace("`", "``") + "`")));
    return xxhash64(parts.toArray(Column[]::new));
  }

  /** Sums of weights per class, the same to the bit however the rows are spread. */
  private Map<String, Double> weights(Dataset<Row> marked, Map<String, Long> training) {
    TreeMap<String, Double> weights = new TreeMap<>();
    if (data.weight().isEmpty()) {
      training.forEach((label, rows) -> weights.put(label, (double) rows));
      return weights;
    }
    Column part = pmod(col(ColumnNames.KEY), lit(PARTS));
    Column sum = aggregate(array_sort(collect_list(ColumnNames.WEIGHT)), lit(0.0), Column::plus);
    marked
        .where(not(col(ColumnNames.TEST)))
        .groupBy(col(ColumnNames.LABEL), part)
        .agg(sum)
        .collectAsList()
        .stream()
        .sorted(Comparator.comparingLong(row -> row.getLong(1)))
        .forEach(row -> weights.merge(row.getString(0), row.getDouble(2), Double::sum));
    return weights;
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
