package dev.lakewright.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.neighbours.CrossNeighbours.Order;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Resamplers;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * NearMiss (Mani and Zhang, 2003) over rows that stay spread: keeps rows by their distances to rows
 * of the smallest class.
 */
record SpreadNearMiss(SamplingConfig config, SpreadNeighbours search) {

  private static final String SCORE = "_lw_score";

  /**
   * The numbers of the rows that stay.
   *
   * @param toKeep per class how many rows, -1 for all
   */
  Dataset<Row> kept(EncodedRows rows, ClassCounts counts, long[] toKeep) {
    EncodedRows smallest = rows.where(label -> label == counts.smallest());
    Dataset<Row> kept =
        rows.where(label -> !shrinks(label, counts, toKeep)).rows().select(EncodedRows.ROW);
    for (int label : counts.present()) {
      if (shrinks(label, counts, toKeep)) {
        EncodedRows members = rows.where(wanted -> wanted == label);
        kept = kept.union(chosen(members, smallest, toKeep[label]));
      }
    }
    return search.keep(kept);
  }

  private static boolean shrinks(int label, ClassCounts counts, long[] toKeep) {
    return toKeep[label] >= 0 && toKeep[label] < counts.count(label);
  }

  private Dataset<Row> chosen(EncodedRows members, EncodedRows smallest, long count) {
    if (config.method() == Method.NEAR_MISS_3) {
      EncodedRows close = members.only(close(smallest, members));
      return first(scored(close, smallest, Order.NEAREST), col(SCORE).desc(), count);
    }
    Order order = config.method() == Method.NEAR_MISS_1 ? Order.NEAREST : Order.FARTHEST;
    return first(scored(members, smallest, order), col(SCORE), count);
  }

  /** The members that are among the nearest of some query. */
  private Dataset<Row> close(EncodedRows queries, EncodedRows members) {
    return search
        .of(queries, members, neighbours(), Order.NEAREST)
        .select(explode(col(SpreadNeighbours.OTHERS)).as(EncodedRows.ROW))
        .distinct();
  }

  /** Rows with the sum of their distances to the rows of the smallest class that count. */
  private Dataset<Row> scored(EncodedRows members, EncodedRows smallest, Order order) {
    Column sum =
        functions.udf(sum(order), DataTypes.DoubleType).apply(col(SpreadNeighbours.SQUARES));
    return search
        .of(members, smallest, neighbours(), order)
        .select(col(EncodedRows.ROW), sum.as(SCORE));
  }

  /** From the least distance on, as in a task, so that roundings are the same. */
  private static UDF1<scala.collection.Seq<Double>, Double> sum(Order order) {
    return squares -> {
      List<Double> ordered = scala.jdk.javaapi.CollectionConverters.asJava(squares);
      double sum = 0;
      for (int i = 0; i < ordered.size(); i++) {
        int rank = order == Order.NEAREST ? i : ordered.size() - 1 - i;
        sum += Math.sqrt(ordered.get(rank));
      }
      return sum;
    };
  }

  private static Dataset<Row> first(Dataset<Row> scored, Column order, long count) {
    return scored
        .sort(order, col(EncodedRows.ROW))
        .limit(Math.toIntExact(count))
        .select(EncodedRows.ROW);
  }

  private int neighbours() {
    return Resamplers.neighboursToRemove(config);
  }
}
