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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What one pass over a table counts: the rows of each class by the first bits of their random
 * order, and what stands in the way of resampling.
 *
 * @param counts of the classes, in the order of their names
 * @param buckets per class and bucket of {@link HashBuckets}
 * @param unlabelled rows without a class, which are left out
 * @param taggedIds ids that hold the separator of made ids
 */
record Tally(ClassCounts counts, Map<String, long[]> buckets, long unlabelled, long taggedIds) {

  private static final int LABEL = 0;
  private static final int BUCKET = 1;
  private static final int ROWS = 2;
  private static final int NAMELESS = 3;
  private static final int TAGGED = 4;
  private static final int MISSING = 5;

  /**
   * Counts.
   *
   * @param numbers columns in which every row must have a finite number
   * @throws DataException for no rows, empty ids, missing numbers
   */
  static Tally of(SourceTable source, long seed, List<String> numbers, String method) {
    List<Column> counted = new ArrayList<>(List.of(count(lit(1)), nameless(source)));
    counted.add(tagged(source));
    numbers.forEach(name -> counted.add(count(when(notFinite(name), 1))));
    Dataset<Row> groups =
        source
            .all()
            .groupBy(
                when(not(LabelledTable.unlabelled()), col(ColumnNames.LABEL)).as("label"),
                HashBuckets.first(SourceTable.order(seed)).as("bucket"))
            .agg(counted.get(0), counted.subList(1, counted.size()).toArray(Column[]::new));
    List<Row> found = groups.collectAsList();
    refuse(source, found, numbers, method);
    Map<String, long[]> buckets = new TreeMap<>();
    for (Row row : found) {
      if (!row.isNullAt(LABEL)) {
        buckets
                .computeIfAbsent(row.getString(LABEL), label -> new long[HashBuckets.BUCKETS])[
                row.getInt(BUCKET)] =
            row.getLong(ROWS);
      }
    }
    return new Tally(
        counts(buckets),
        buckets,
        found.stream().filter(row -> row.isNullAt(LABEL)).mapToLong(row -> row.getLong(ROWS)).sum(),
        sum(found, TAGGED));
  }

  private static Column nameless(SourceTable source) {
    return source.id().map(id -> count(when(id.isNull(), 1))).orElse(count(lit(null)));
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

  private static ClassCounts counts(Map<String, long[]> buckets) {
    return new ClassCounts(
        List.copyOf(buckets.keySet()),
        buckets.values().stream().mapToLong(of -> java.util.Arrays.stream(of).sum()).toArray());
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
