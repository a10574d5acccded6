package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.config.DataConfig;
import dev.lakewright.errors.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Refuses rows that no model could be trained on, naming column and an example. */
final class TableChecks {

  /** Columns by which rows are grouped, which stand before the counts. */
  private static final int KEYS = 3;

  private final DataConfig config;
  private final String table;

  TableChecks(DataConfig config, String table) {
    this.config = config;
    this.table = table;
  }

  /** What a usable table holds. */
  record Counts(long rows, long unlabelled) {}

  /**
   * The same, and how many of its labelled rows are of which class.
   *
   * @param classes on both sides of the test split
   */
  record Counted(Counts counts, SplitCounts classes) {}

  /**
   * @param rows as selected by {@link LabelledTable}
   * @throws DataException for no rows, unusable numbers or weights, or ids that are not unique
   */
  Counts check(Dataset<Row> rows) {
    Column[] counts = counts();
    return judge(rows, rows.agg(counts[0], rest(counts)).first());
  }

  /**
   * The same, and counts the rows of each class on both sides of a split in the same job.
   *
   * @param isTest whether a row is held out
   */
  Counted check(Dataset<Row> rows, Column isTest) {
    Column[] counts = counts();
    Column unlabelled = LabelledTable.unlabelled();
    List<Row> classes =
        rows.groupBy(col(ColumnNames.LABEL), when(not(unlabelled), isTest), unlabelled)
            .agg(counts[0], rest(counts))
            .collectAsList();
    Object[] totals = new Object[counts.length];
    for (int i = 0; i < totals.length; i++) {
      int place = KEYS + i;
      totals[i] = classes.stream().mapToLong(row -> row.getLong(place)).sum();
    }
    Counts all = judge(rows, RowFactory.create(totals));
    return new Counted(
        all,
        SplitCounts.of(classes.stream().filter(row -> !row.getBoolean(KEYS - 1)).toList(), KEYS));
  }

  private Column[] counts() {
    List<Column> counts = new ArrayList<>();
    counts.add(count(lit(1)));
    counts.add(count(when(LabelledTable.unlabelled(), 1)));
    counts.add(count(when(unusableWeight(), 1)));
    counts.add(count(when(col(ColumnNames.ID).isNull(), 1)));
    config.numeric().forEach(name -> counts.add(count(when(notFinite(name), 1))));
    return counts.toArray(Column[]::new);
  }

  private static Column[] rest(Column[] counts) {
    return Arrays.copyOfRange(counts, 1, counts.length);
  }

  /**
   * @param found the {@link #counts} of all rows
   */
  private Counts judge(Dataset<Row> rows, Row found) {
    if (found.getLong(0) == 0) {
      throw new DataException("table " + table + " has no rows; ingest labelled records first");
    }
    if (found.getLong(2) > 0) {
      throw new DataException(
          "column %s (data.weight) of table %s has %d values that are not numbers > 0, e.g. %s; mend them or remove data.weight"
              .formatted(
                  config.weight().orElse(""),
                  table,
                  found.getLong(2),
                  example(rows, unusableWeight(), ColumnNames.WEIGHT)));
    }
    if (found.getLong(3) > 0) {
      throw new DataException(
          "column %s (data.id) of table %s is empty in %d rows; give every record an id or remove data.id"
              .formatted(config.id().orElse(""), table, found.getLong(3)));
    }
    for (int i = 0; i < config.numeric().size(); i++) {
      String name = config.numeric().get(i);
      if (found.getLong(4 + i) > 0) {
        throw new DataException(
            "column %s (data.numeric) of table %s has %d NaN or infinite values, e.g. %s; replace them by null (missing) or a number"
                .formatted(
                    name, table, found.getLong(4 + i), example(rows, notFinite(name), name)));
      }
    }
    if (config.id().isPresent() && repeatsKeys(rows, found.getLong(0))) {
      refuseDuplicates(rows);
    }
    return new Counts(found.getLong(0), found.getLong(1));
  }

  private static Column unusableWeight() {
    Column weight = col(ColumnNames.WEIGHT);
    return weight.isNull().or(not(weight.gt(0).and(weight.lt(Double.POSITIVE_INFINITY))));
  }

  private static Column notFinite(String name) {
    Column number = col("`" + name.replace("`", "``") + "`");
    return number
        .isNotNull()
        .and(
            number
                .isNaN()
                .or(org.apache.spark.sql.functions.abs(number).equalTo(Double.POSITIVE_INFINITY)));
  }

  private static String example(Dataset<Row> rows, Column condition, String name) {
    Row row =
        rows.where(condition)
            .orderBy(ColumnNames.KEY)
            .select(col("`" + name.replace("`", "``") + "`"), col(ColumnNames.ID))
            .first();
    return row.get(0) + " in record " + row.get(1);
  }

  /** Equal ids have equal keys, and numbers are quicker to tell apart than texts. */
  private static boolean repeatsKeys(Dataset<Row> rows, long count) {
    return rows.select(ColumnNames.KEY).distinct().count() < count;
  }

  private void refuseDuplicates(Dataset<Row> rows) {
    Dataset<Row> repeated =
        rows.groupBy(ColumnNames.ID).agg(count(lit(1)).as("times")).where(col("times").gt(1));
    List<Row> examples = repeated.orderBy(ColumnNames.ID).limit(1).collectAsList();
    if (!examples.isEmpty()) {
      throw new DataException(
          "column %s (data.id) of table %s is not unique: %d ids stand in several rows, e.g. %s in %d; remove the copies or name another column"
              .formatted(
                  config.id().orElse(""),
                  table,
                  repeated.count(),
                  examples.get(0).getString(0),
                  examples.get(0).getLong(1)));
    }
  }
}
