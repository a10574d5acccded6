package dev.lakewright.spread;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.sampling.Draws;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Exact ways to deal rows to be made out to spread base rows, as those of a task. */
final class SpreadShares {

  /** How many rows a base makes. */
  static final String COPIES = "_lw_copies";

  /** What a base gets in proportion to, at least 0. */
  static final String WEIGHT = "_lw_weight";

  private static final String MORE = "_lw_more";

  private SpreadShares() {}

  /**
   * Evenly: each gets the whole part of its share, and what is left goes to bases in random order.
   *
   * @param bases with {@link EncodedRows#ROW}
   * @return {@link EncodedRows#ROW} and {@link #COPIES}, above 0
   */
  static Dataset<Row> even(Dataset<Row> bases, long count, Draws draws) {
    UDF1<Long, Double> place = row -> draws.uniform(Draws.Use.ORDER, row, 0);
    Column order = functions.udf(place, DataTypes.DoubleType).apply(col(EncodedRows.ROW));
    return dealt(bases.select(col(EncodedRows.ROW), lit(1.0).as(WEIGHT)), count, order);
  }

  /**
   * In proportion to {@link #WEIGHT} by the largest remainders, of equal ones to the least numbers;
   * evenly if all weights are 0. There should be few different weights.
   *
   * @return {@link EncodedRows#ROW} and {@link #COPIES}, above 0
   */
  static Dataset<Row> proportional(Dataset<Row> weighted, long count) {
    return dealt(weighted, count, col(EncodedRows.ROW));
  }

  /** Bases of one weight, and what each of them gets. */
  private record Group(double weight, long rows, long each, double left) {

    static Group of(double weight, long rows, double share) {
      long each = (long) share;
      return new Group(weight, rows, each, share - each);
    }
  }

  private static Dataset<Row> dealt(Dataset<Row> weighted, long count, Column order) {
    List<Group> groups = groups(weighted, count);
    long more = count - groups.stream().mapToLong(group -> group.rows * group.each).sum();
    Column copies = lit(0L);
    Column left = lit(0.0);
    for (Group group : groups) {
      Column isOf = col(WEIGHT).equalTo(group.weight);
      copies = when(isOf, lit(group.each)).otherwise(copies);
      left = when(isOf, lit(group.left)).otherwise(left);
    }
    Dataset<Row> first =
        weighted
            .sort(left.desc(), order, col(EncodedRows.ROW))
            .limit(Math.toIntExact(more))
            .select(col(EncodedRows.ROW), lit(1).as(MORE));
    return weighted
        .join(first, EncodedRows.joined(EncodedRows.ROW), "left")
        .select(
            col(EncodedRows.ROW), copies.plus(coalesce(col(MORE), lit(0))).cast("int").as(COPIES))
        .where(col(COPIES).gt(0));
  }

  private static List<Group> groups(Dataset<Row> weighted, long count) {
    List<Row> counted =
        weighted.groupBy(WEIGHT).count().collectAsList().stream()
            .sorted(Comparator.comparingDouble(row -> row.getDouble(0)))
            .toList();
    double sum = counted.stream().mapToDouble(row -> row.getDouble(0) * row.getLong(1)).sum();
    long rows = counted.stream().mapToLong(row -> row.getLong(1)).sum();
    return counted.stream()
        .map(
            row ->
                Group.of(
                    row.getDouble(0),
                    row.getLong(1),
                    sum > 0 ? row.getDouble(0) / sum * count : (double) count / rows))
        .toList();
  }
}
