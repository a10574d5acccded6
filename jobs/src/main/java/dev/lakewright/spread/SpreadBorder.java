package dev.lakewright.spread;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.sampling.Draws;
import dev.lakewright.sampling.Resamplers;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Methods that make more rows where other classes are near: borderline-SMOTE (Han, Wang, Mao, 2005,
 * section 3) and ADASYN (He, Bai, Garcia, Li, 2008, algorithm 1), over rows that stay spread.
 */
record SpreadBorder(SamplingConfig config, EncodedRows rows, SpreadNeighbours search)
    implements SpreadMaking {

  private static final StructType WEIGHTED =
      new StructType()
          .add(EncodedRows.ROW, DataTypes.LongType)
          .add(SpreadShares.WEIGHT, DataTypes.DoubleType);

  @Override
  public int neighbours() {
    return Resamplers.neighboursToMake(config);
  }

  @Override
  public Dataset<Row> make(int label, long make) {
    EncodedRows members = rows.where(wanted -> wanted == label);
    Draws draws = new Draws(config.seed());
    return search.keep(
        config.method() == Method.ADASYN
            ? adasyn(members, make, draws)
            : borderline(members, make, draws));
  }

  private Dataset<Row> adasyn(EncodedRows members, long make, Draws draws) {
    Dataset<Row> weighted =
        search.keep(
            judged(members, neighbours())
                .map(
                    (MapFunction<Row, Row>)
                        row ->
                            RowFactory.create(
                                row.getLong(0), SpreadNeighbours.neighbourhood(row).hardness()),
                    Encoders.row(WEIGHTED)));
    Dataset<Row> ends = SpreadSegments.within(search.within(members, neighbours()));
    return SpreadSegments.of(SpreadShares.proportional(weighted, make), ends, make, draws);
  }

  private Dataset<Row> borderline(EncodedRows members, long make, Draws draws) {
    Dataset<Row> danger =
        search.keep(
            judged(members, config.borderNeighbours())
                .filter(
                    (FilterFunction<Row>) row -> SpreadNeighbours.neighbourhood(row).isInDanger())
                .select(EncodedRows.ROW));
    EncodedRows bases = danger.isEmpty() ? members : members.only(danger);
    Dataset<Row> copies = SpreadShares.even(bases.rows().select(EncodedRows.ROW), make, draws);
    return SpreadSegments.of(copies, ends(bases, members), make, draws);
  }

  private Dataset<Row> ends(EncodedRows bases, EncodedRows members) {
    if (config.method() == Method.BORDERLINE_SMOTE_1) {
      return SpreadSegments.within(search.nearest(bases, members, neighbours()));
    }
    return SpreadSegments.anywhere(
        search.labelled(search.nearest(bases, rows, neighbours()), rows.labels()));
  }

  /** Rows of a class with the classes of their nearest rows of any. */
  private Dataset<Row> judged(EncodedRows members, int k) {
    return search.labelled(search.nearest(members, rows, k), rows.labels());
  }
}
