package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.lakewright.errors.DataException;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.sampling.ClassCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/**
 * The rows of each class, once nothing stands in the way of resampling them.
 *
 * @param counts of the classes, in the order of their names
 * @param unlabelled rows without a class, which are left out
 * @param taggedIds ids that hold the separator of made ids
 */
record Tally(ClassCounts counts, long unlabelled, long taggedIds) {

  private static final int NAMELESS = 0;
  private static final int TAGGED = 1;
  private static final int MISSING = 2;

  /**
   * What stands in the way: rows without an id, ids that look made, and rows without a finite
   * number in each of some columns.
   */
  static List<Column> obstacles(SourceTable source, List<String> numbers) {
    List<Column> flags = new ArrayList<>();
    flags.add(source.data().id().map(name -> ColumnNames.quoted(name).isNull()).orElse(lit(false)));
    flags.add(
        source
            .id()
            .filter(id -> !source.hasWholeIds())
            .map(id -> id.contains(MadeIds.SEPARATOR))
            .orElse(lit(false)));
    numbers.forEach(name -> flags.add(notFinite(name)));
    return flags;
  }

  private static Column notFinite(String name) {
    Column number = ColumnNames.quoted(name).cast("double");
    Column finite =
        not(number.isNaN())
            .and(org.apache.spark.sql.functions.abs(number).lt(Double.POSITIVE_INFINITY));
    return not(coalesce(finite, lit(false)));
  }

  /**
   * Checks what was counted.
   *
   * @param rows of the source, with its {@link #obstacles}
   * @param numbers columns in which every row must have a finite number
   * @throws DataException for no rows, empty ids, missing numbers
   */
  static Tally of(SourceTable source, RowNumbers rows, List<String> numbers, String method) {
    refuse(source, rows, numbers, method);
    return new Tally(
        new ClassCounts(
            List.copyOf(rows.perClass().keySet()),
            rows.perClass().values().stream().mapToLong(Long::longValue).toArray()),
        rows.unlabelled(),
        rows.flagged()[TAGGED]);
  }

  private static void refuse(
      SourceTable source, RowNumbers rows, List<String> numbers, String method) {
    String table = source.version().table();
    if (rows.isEmpty()) {
      throw new DataException("table " + table + " has no rows; ingest labelled records first");
    }
    if (rows.flagged()[NAMELESS] > 0) {
      throw new DataException(
          "column %s (data.id) of table %s is empty in %d rows; give every record an id or remove data.id"
              .formatted(source.data().id().orElse(""), table, rows.flagged()[NAMELESS]));
    }
    Map<String, Long> missing = new LinkedHashMap<>();
    IntStream.range(0, numbers.size())
        .filter(i -> rows.flagged()[MISSING + i] > 0)
        .forEach(i -> missing.put(numbers.get(i), rows.flagged()[MISSING + i]));
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
