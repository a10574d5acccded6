package dev.lakewright.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.sampling.Draws;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Rows on segments from base rows to their neighbours, told by the rows' numbers: at a uniform
 * share of the way (Chawla et al., 2002, section 4.2), and at most half way to a row of another
 * class (Han et al., 2005, section 3).
 */
final class SpreadSegments {

  private static final String ENDS = "_lw_ends";
  private static final double HALF_WAY = 0.5;
  private static final long MADE_PER_TASK = 250_000;

  private SpreadSegments() {}

  /** Ends of segments that lie within a class, of what {@link SpreadNeighbours#of} found. */
  static Dataset<Row> within(Dataset<Row> found) {
    return found.select(
        col(EncodedRows.ROW),
        ends(col(SpreadNeighbours.OTHERS), other -> other, other -> lit(1.0)),
        sourceCategories());
  }

  /** Ends of segments of any class, of what {@link SpreadNeighbours#labelled} tells. */
  static Dataset<Row> anywhere(Dataset<Row> labelled) {
    return labelled.select(
        col(EncodedRows.ROW),
        ends(
            col(SpreadNeighbours.NEIGHBOURS),
            other -> other.getField(SpreadNeighbours.OTHER),
            SpreadSegments::reach),
        sourceCategories());
  }

  /**
   * Ends of segments.
   *
   * @param found an array
   * @param other number of the row that an element tells of
   * @param reach how far segments go to it at most
   */
  static Column ends(Column found, Function<Column, Column> other, Function<Column, Column> reach) {
    return transform(found, each -> struct(other.apply(each), reach.apply(each))).as(ENDS);
  }

  /** Made rows have the categories of their source rows. */
  private static Column sourceCategories() {
    return lit(null).cast("array<string>").as(Derivation.CATEGORIES);
  }

  private static Column reach(Column other) {
    return when(
            other.getField(SpreadNeighbours.OTHER_CLASS).equalTo(col(EncodedRows.CLASS)), lit(1.0))
        .otherwise(lit(HALF_WAY));
  }

  /**
   * Derivations.
   *
   * @param copies per base row how many, see {@link SpreadShares#COPIES}
   * @param make how many rows in all
   * @param ends of the base rows: number, {@link #ends}, and categories of rows made of it
   */
  static Dataset<Row> of(Dataset<Row> copies, Dataset<Row> ends, long make, Draws draws) {
    return copies
        .join(ends, EncodedRows.ROW)
        .select(EncodedRows.ROW, SpreadShares.COPIES, ENDS, Derivation.CATEGORIES)
        // many rows may be made of few
        .repartition((int) (make / MADE_PER_TASK) + 1, col(EncodedRows.ROW))
        .flatMap(
            (FlatMapFunction<Row, Row>) row -> made(row, draws), Encoders.row(Derivation.SCHEMA));
  }

  private static Iterator<Row> made(Row base, Draws draws) {
    long row = base.getLong(0);
    List<Row> ends = base.getList(2);
    String[] categories = base.isNullAt(3) ? null : base.<String>getList(3).toArray(String[]::new);
    return IntStream.range(0, base.getInt(1))
        .mapToObj(
            copy -> {
              Row end = ends.get(draws.below(ends.size(), Draws.Use.NEIGHBOUR, row, copy));
              double gap = end.getDouble(1) * draws.uniform(Draws.Use.GAP, row, copy);
              return Derivation.between(row, end.getLong(0), copy + 1, gap, categories);
            })
        .iterator();
  }
}
