package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.spread.Derivation;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.IntToLongFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Random over- and under-sampling of any number of rows, exact to the row. The rows with the
 * smallest seeded hashes are kept, or are copied once more than the others of their class: which
 * these are depends on ids (or contents) and seed alone, and no row moves.
 */
final class RandomRows {

  private static final String COPIES = "_lw_copies";

  private final Dataset<Row> rows;
  private final Tally tally;
  private final OrderedTally orders;
  private final Column order;
  private final Column content;

  RandomRows(SourceTable source, Tally tally, OrderedTally orders, long seed) {
    this.rows = tally.unlabelled() > 0 ? source.labelled() : source.all();
    this.tally = tally;
    this.orders = orders;
    this.order = SourceTable.order(seed);
    this.content = source.content();
  }

  /**
   * Keeps some rows of some classes, and all of the others.
   *
   * @param after per label how many
   * @return rows with {@link ResampledColumns#NUMBER} 0
   */
  Dataset<Row> under(long[] after) {
    Map<String, HashCut> cuts =
        cuts(byName(label -> after[label] < there(label) ? after[label] : 0));
    Map<String, Column> below = new TreeMap<>();
    cuts.forEach((label, cut) -> below.put(label, below(cut)));
    Dataset<Row> kept = rows.where(SmallestHashes.byClass(below, lit(true)));
    return withTies(kept.withColumn(Derivation.NUMBER, lit(0)), cuts, (name, cut) -> lit(0));
  }

  /**
   * Keeps all rows and adds copies of them.
   *
   * @param after per label how many rows and copies
   * @return rows with {@link ResampledColumns#NUMBER} from 0 to the number of copies
   */
  Dataset<Row> over(long[] after) {
    Map<String, HashCut> cuts = cuts(byName(label -> after[label] % there(label)));
    Map<String, Long> each = byName(label -> after[label] / there(label) - 1);
    // a column of its own, that it be computed once
    Dataset<Row> counted =
        rows.withColumn(COPIES, SmallestHashes.byClass(copies(each, cuts), lit(0)));
    // most rows are copied not at all: a constant array costs nothing
    Column numbers =
        when(col(COPIES).gt(0), sequence(lit(0), col(COPIES))).otherwise(array(lit(0)));
    Dataset<Row> numbered = counted.withColumn(Derivation.NUMBER, explode(numbers)).drop(COPIES);
    return withTies(numbered, cuts, (name, cut) -> lit(each.getOrDefault(name, 0L).intValue() + 1));
  }

  private Map<String, Column> copies(Map<String, Long> each, Map<String, HashCut> cuts) {
    Map<String, Column> copies = new TreeMap<>();
    each.forEach((label, count) -> copies.put(label, lit(count.intValue())));
    cuts.forEach(
        (label, cut) -> copies.merge(label, when(below(cut), 1).otherwise(0), Column::plus));
    return copies;
  }

  private long there(int label) {
    return tally.counts().count(label);
  }

  /** The values of the classes that have one above 0. */
  private Map<String, Long> byName(IntToLongFunction value) {
    Map<String, Long> named = new TreeMap<>();
    for (int label : tally.counts().present()) {
      if (value.applyAsLong(label) > 0) {
        named.put(tally.counts().names().get(label), value.applyAsLong(label));
      }
    }
    return named;
  }

  private Map<String, HashCut> cuts(Map<String, Long> wanted) {
    return new SmallestHashes(rows, orders, order, content, SmallestHashes.FEW).cuts(wanted);
  }

  private Column below(HashCut cut) {
    return cut.below(order, content);
  }

  /** Of equal rows any will do. */
  private Dataset<Row> withTies(
      Dataset<Row> chosen, Map<String, HashCut> cuts, BiFunction<String, HashCut, Column> number) {
    Dataset<Row> all = chosen;
    for (Map.Entry<String, HashCut> each : cuts.entrySet()) {
      HashCut cut = each.getValue();
      if (cut.tie().isPresent()) {
        Dataset<Row> equal =
            rows.where(SmallestHashes.isClass(each.getKey()).and(cut.tied(order, content)))
                .limit(Math.toIntExact(cut.tie().get().rows()))
                .withColumn(Derivation.NUMBER, number.apply(each.getKey(), cut));
        all = all.union(equal);
      }
    }
    return all;
  }
}
