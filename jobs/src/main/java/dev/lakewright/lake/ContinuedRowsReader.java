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
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.config.DataConfig;
import dev.lakewright.errors.DataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.storage.StorageLevel;

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

  private final DataConfig data;

  public ContinuedRowsReader(DataConfig data) {
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
   * Reads. The caller closes what it is given.
   *
   * @param table the version that holds the new rows
   * @param added the new rows, as {@link #select} makes them; at least one
   * @param before rows of the version before them; absent where they are not known
   * @param classes that are known already
   * @param replay old rows to draw per new one
   * @param seed of the draw
   * @throws DataException when the new rows cannot be learnt from
   */
  public ContinuedRows read(
      PinnedTable table,
      Dataset<Row> added,
      Optional<SplitCounts> before,
      List<String> classes,
      double replay,
      long seed) {
    TableVersion source = table.version();
    TableChecks.Counted news =
        new TableChecks(data, source.table())
            .check(added, new TestSplit(data.split()).isTestAlone());
    TableChecks.Counts checked = news.counts();
    Dataset<Row> all = labelled(select(table.rows()));
    Split split = split(all, labelled(added), news.classes(), before);
    Dataset<Row> sided = all.withColumn(ColumnNames.TEST, split.isTest());
    Dataset<Row> drawn =
        drawn(marked(sided, added), share(split, replay), seed)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new ContinuedRows(
          sample(source, drawn, checked, classes, split.fresh().training().keySet()),
          split.all(),
          weights(sided, split.all().training()),
          split.fresh(),
          split.settled(),
          checked.unlabelled(),
          drawn);
    } catch (Exception e) {
      // Spark throws checked exceptions without declaring them
      drawn.unpersist();
      throw e;
    }
  }

  /** Those of the drawn rows that are for training, once they are counted. */
  private LabelledRows sample(
      TableVersion source,
      Dataset<Row> drawn,
      TableChecks.Counts checked,
      List<String> classes,
      Set<String> newClasses) {
    Map<String, Long> counts = new TreeMap<>();
    long found = 0;
    for (Row row :
        drawn
            .groupBy(ColumnNames.LABEL, ColumnNames.TEST, ColumnNames.FOLD)
            .count()
            .collectAsList()) {
      if (!row.getBoolean(1)) {
        counts.merge(row.getString(0), row.getLong(3), Long::sum);
      }
      found += row.getInt(2) == ContinuedRows.NEW ? row.getLong(3) : 0;
    }
    requireNewIds(source, found, checked.rows() - checked.unlabelled());
    Dataset<Row> training = drawn.where(not(col(ColumnNames.TEST))).drop(ColumnNames.TEST);
    TreeSet<String> known = new TreeSet<>(classes);
    known.addAll(newClasses);
    return new LabelledRows(
        source,
        LabelledTable.schema(data),
        training,
        training.limit(0),
        List.copyOf(known),
        checked.rows(),
        checked.unlabelled(),
        counts,
        Map.of());
  }

  /**
   * On which sides of the test split rows are.
   *
   * @param settled whether the old ones are where they were before the new ones came
   */
  private record Split(Column isTest, boolean settled, SplitCounts all, SplitCounts fresh) {}

  /**
   * The table is read for it only where rows may have changed sides.
   *
   * @param alone the new rows' counts where a row's side follows from the row alone
   */
  private Split split(
      Dataset<Row> all, Dataset<Row> fresh, SplitCounts alone, Optional<SplitCounts> before) {
    TestSplit split = new TestSplit(data.split());
    if (before.isPresent() && before.get().isSettled(data.split())) {
      SplitCounts now = before.get().plus(alone);
      if (now.isSettled(data.split())) {
        return new Split(split.isTestAlone(), true, now, alone);
      }
    }
    Column isTest = split.isTest(all);
    return new Split(isTest, false, SplitCounts.of(all, isTest), SplitCounts.of(fresh, isTest));
  }

  /** Share of the old rows to draw. */
  private static double share(Split split, double replay) {
    long news = SplitCounts.rows(split.fresh().training());
    long old = SplitCounts.rows(split.all().training()) - news;
    return Math.min(1, replay * news / Math.max(1, old));
  }

  private Dataset<Row> marked(Dataset<Row> all, Dataset<Row> added) {
    return data.id().isPresent() ? markedById(all, added) : markedByContent(all, labelled(added));
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

  /** New rows on both sides of the split, and old ones for training. */
  private static Dataset<Row> drawn(Dataset<Row> marked, double share, long seed) {
    Column replayed = share <= 0 ? lit(false) : HashSample.holds(share, seed);
    return marked
        .where(col(FRESH).or(not(col(ColumnNames.TEST)).and(replayed)))
        .withColumn(
            ColumnNames.FOLD, when(col(FRESH), ContinuedRows.NEW).otherwise(ContinuedRows.OLD))
        .drop(FRESH);
  }

  /** A new row with the id of an old one would be taken for it. */
  private void requireNewIds(TableVersion source, long found, long added) {
    if (data.id().isPresent() && found > added) {
      throw new DataException(
          "column %s (data.id) of table %s is not unique: %d new rows have the ids of old ones; remove the copies or name another column"
              .formatted(data.id().get(), source.table(), found - added));
    }
  }
}
