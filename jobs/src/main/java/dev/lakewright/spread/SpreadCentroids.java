package dev.lakewright.spread;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.neighbours.DenseRows;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Under-sampling by clusters (Yen and Lee, 2009) over rows of numbers that stay spread: a class
 * becomes the means of as many k-means clusters as rows are asked for, or where less than half of
 * the entries are there, their rows nearest to the means. Where a cluster has no rows, one of the
 * rows farthest from their means stays by itself.
 */
record SpreadCentroids(SpreadSetting setting, SamplingConfig config, CachedRows cached) {

  /**
   * Derivations of the means of classes that shrink.
   *
   * @param toKeep per class how many rows, -1 for all
   */
  List<Dataset<Row>> means(EncodedRows rows, ClassCounts counts, long[] toKeep) {
    List<Dataset<Row>> means = new ArrayList<>();
    boolean dense = isDense(rows);
    for (int label : counts.present()) {
      if (toKeep[label] >= 0 && toKeep[label] < counts.count(label)) {
        means.addAll(means(rows.where(wanted -> wanted == label), (int) toKeep[label], dense));
      }
    }
    return means;
  }

  /** Whether at least half of the entries are there, as in a task. */
  private static boolean isDense(EncodedRows rows) {
    Column entries =
        rows.encoding().numeric().stream()
            .map(name -> when(ColumnNames.quoted(name).cast("float").notEqual(0), 1L).otherwise(0L))
            .reduce(lit(0L), Column::plus);
    Row row = rows.rows().agg(sum(entries), count(lit(1))).first();
    return 2 * row.getLong(0) >= row.getLong(1) * rows.encoding().features();
  }

  private List<Dataset<Row>> means(EncodedRows members, int count, boolean dense) {
    SpreadClusters clusters = SpreadClusters.of(setting, members, count, config.seed(), cached);
    Dataset<Row> nearest = cached.now(nearest(clusters.members()));
    long lone = count - nearest.count();
    Dataset<Row> others = farthest(clusters.members(), nearest, lone);
    return dense
        ? List.of(
            cached.now(derived(nearest, clusters.means())), cached.now(alone(members, others)))
        : List.of(cached.now(Derivation.kept(nearest.select(EncodedRows.ROW).union(others))));
  }

  /** Per cluster the row that is nearest to its mean. */
  private static Dataset<Row> nearest(Dataset<Row> members) {
    Column order = struct(col(SpreadClusters.SQUARE), col(EncodedRows.ROW));
    return members
        .groupBy(SpreadClusters.CLUSTER)
        .agg(min_by(col(EncodedRows.ROW), order).as(EncodedRows.ROW));
  }

  private Dataset<Row> derived(Dataset<Row> nearest, DenseRows means) {
    Broadcast<DenseRows> shared = setting.context().broadcast(means);
    return nearest.map(
        (MapFunction<Row, Row>)
            row ->
                Derivation.of(
                    row.getLong(1), Origin.MEAN, 1, numbers(shared.value(), row.getInt(0)), null),
        Encoders.row(Derivation.SCHEMA));
  }

  private static Double[] numbers(DenseRows means, int cluster) {
    return IntStream.range(0, means.columns())
        .mapToObj(column -> (double) means.values()[cluster * means.columns() + column])
        .toArray(Double[]::new);
  }

  private static Dataset<Row> farthest(Dataset<Row> members, Dataset<Row> nearest, long count) {
    return members
        .join(nearest.select(EncodedRows.ROW), EncodedRows.joined(EncodedRows.ROW), "left_anti")
        .sort(col(SpreadClusters.SQUARE).desc(), col(EncodedRows.ROW))
        .limit((int) count)
        .select(EncodedRows.ROW);
  }

  /** Rows that are the means of clusters of their own. */
  private static Dataset<Row> alone(EncodedRows members, Dataset<Row> some) {
    Column[] numbers =
        members.encoding().numeric().stream().map(ColumnNames::quoted).toArray(Column[]::new);
    return members
        .only(some)
        .rows()
        .select(
            col(EncodedRows.ROW),
            lit(null).cast("bigint").as(Derivation.OTHER_ROW),
            Derivation.origin(Origin.MEAN).as(Derivation.ORIGIN),
            lit(1).as(Derivation.NUMBER),
            lit(null).cast("double").as(Derivation.GAP),
            array(numbers).as(Derivation.NUMBERS),
            lit(null).cast("array<string>").as(Derivation.CATEGORIES));
  }
}
