package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.errors.DataException;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.LabelledTable;
import dev.lakewright.sampling.ClassCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * What one pass over a table counts: the rows of each class, and what stands in the way of
 * resampling.
 *
 * @param counts of the classes, in the order of their names
 * @param unlabelled rows without a class, which are left out
 * @param taggedIds ids that hold the separator of made ids
 */
record Tally(ClassCounts counts, long unlabelled, long taggedIds) {

  private static final int LABEL = 0;
  private static final int ROWS = 1;
  private static final int NAMELESS = 2;
  private static final int TAGGED = 3;
  private static final int MISSING = 4;

  /**
   * Counts.
   *
   * @param numbers columns in which every row must have a finite number
   * @throws DataException for no rows, empty ids, missing numbers
   */
  static Tally of(SourceTable source, List<String> numbers, String method) {
    List<Column> counted = new ArrayList<>(List.of(nameless(source), tagged(source)));
    numbers.forEach(name -> counted.add(count(when(notFinite(name), 1))));
    // whether a label is blank is asked once per label, not per row
    List<Row> found =
        source
            .all()
            .groupBy(col(ColumnNames.LABEL))
            .agg(count(lit(1)), counted.toArray(Column[]::new))
            .withColumn(
                ColumnNames.LABEL, when(not(LabelledTable.unlabelled()), col(ColumnNames.LABEL)))
            .collectAsList();
    refuse(source, found, numbers, method);
    Map<String, Long> labelled = new TreeMap<>();
    found.stream()
        .filter(row -> !row.isNullAt(LABEL))
        .forEach(row -> labelled.put(row.getString(LABEL), row.getLong(ROWS)));
    return new Tally(
        new ClassCounts(
            List.copyOf(labelled.keySet()),
            labelled.values().stream().mapToLong(Long::longValue).toArray()),
        found.stream().filter(row -> row.isNullAt(LABEL)).mapToLong(row -> row.getLong(ROWS)).sum(),
        sum(found, TAGGED));
  }

  private static Column nameless(SourceTable source) {
    return source
        .data()
        .id()
        .map(name -> count(when(SourceTable.quoted(name).isNull(), 1)))
        .orElse(count(lit(null)));
  }

  private static Column tagged(SourceTable source) {
    return source
        .id()
        .filter(id -> !source.hasWholeIds())
        .map(id -> count(when(id.contains(MadeIds.SEPARATOR), 1)))
        .orElse(count(lit(null)));
  }

  private static Column notFinite(String name) {
    Column number = SourceTable.quoted(name).cast("double");
    Column finite =
        not(number.isNaN())
            .and(org.apache.spark.sql.functions.abs(number).lt(Double.POSITIVE_INFINITY));
    return not(coalesce(finite, lit(false)));
  }

  private static long sum(List<Row> rows, int column) {
    return rows.stream().mapToLong(row -> row.getLong(column)).sum();
  }

  private static void refuse(
      SourceTable source, List<Row> found, List<String> numbers, String method) {
    String table = source.version().table();
    if (found.isEmpty()) {
      throw new DataException("table " + table + " has no rows; ingest labelled records first");
    }
    if (sum(found, NAMELESS) > 0) {
      throw new DataException(
          "column %s (data.id) of table %s is empty in %d rows; give every record an id or remove data.id"
              .formatted(source.data().id().orElse(""), table, sum(found, NAMELESS)));
    }
    Map<String, Long> missing = new LinkedHashMap<>();
    IntStream.range(0, numbers.size())
        .filter(i -> sum(found, MISSING + i) > 0)
        .forEach(i -> missing.put(numbers.get(i), sum(found, MISSING + i)));
    if (!missing.isEmpty()) {
      throw new DataException(
          "sampling.method: %s needs finite numbers in every row of table %s, but these columns of data.numeric hold null, NaN or infinite values (rows): %s; fill them, leave the columns out of data.numeric, or choose random_over or random_under"
              .formatted(method, table, missing));
    }
  }

  /** Rows per class, by name. */
  Map<String, Long> byName() {
    Map<String, Long> named = new TreeMap<>();
    IntStream.range(0, counts.classes())
        .forEach(label -> named.put(counts.names().get(label), counts.count(label)));
    return named;
  }
}
