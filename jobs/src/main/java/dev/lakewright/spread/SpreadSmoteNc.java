package dev.lakewright.spread;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.stddev_pop;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.sampling.Draws;
import dev.lakewright.sampling.Resamplers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/**
 * SMOTE-NC (Chawla et al., 2002, section 6.1) over rows that stay spread: two different values of a
 * category are as far apart as the median of the numbers' standard deviations in the class, and a
 * made row has the values that most of the base's neighbours have, of equally frequent ones that of
 * the nearest.
 */
record SpreadSmoteNc(SamplingConfig config, EncodedRows rows, SpreadNeighbours search)
    implements SpreadMaking {

  private static final String RANK = "_lw_rank";
  private static final String VALUES = "_lw_values";

  @Override
  public int neighbours() {
    return Resamplers.neighboursToMake(config);
  }

  @Override
  public Dataset<Row> make(int label, long make) {
    Draws draws = new Draws(config.seed());
    EncodedRows members = rows.where(wanted -> wanted == label);
    // different values differ in two columns, so that each column counts half of the square
    float distance = (float) (medianDeviation(members) / Math.sqrt(2));
    Dataset<Row> found = search.within(members.categoriesApart(distance), neighbours());
    Dataset<Row> copies = SpreadShares.even(members.rows().select(EncodedRows.ROW), make, draws);
    return search.keep(SpreadSegments.of(copies, ends(found, members), make, draws));
  }

  private double medianDeviation(EncodedRows members) {
    Column[] deviations =
        rows.encoding().numeric().stream()
            .map(name -> stddev_pop(ColumnNames.quoted(name).cast("float")))
            .toArray(Column[]::new);
    Row row = members.rows().agg(array(deviations)).first();
    double[] sorted =
        row.<Double>getList(0).stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Ends of segments with the categories that their rows vote for. */
  private Dataset<Row> ends(Dataset<Row> found, EncodedRows members) {
    Column[] categories =
        rows.encoding().categorical().stream().map(ColumnNames::quoted).toArray(Column[]::new);
    Dataset<Row> voters =
        members
            .rows()
            .select(col(EncodedRows.ROW).as(SpreadNeighbours.OTHER), array(categories).as(VALUES));
    Column ranked = struct(col(RANK), col(SpreadNeighbours.OTHER), col(VALUES));
    Column voted =
        functions
            .udf(winners(), DataTypes.createArrayType(DataTypes.StringType))
            .apply(transform(col(VALUES), each -> each.getField(VALUES)));
    return found
        .select(
            col(EncodedRows.ROW),
            posexplode(col(SpreadNeighbours.OTHERS))
                .as(new String[] {RANK, SpreadNeighbours.OTHER}))
        .join(voters.hint("merge"), SpreadNeighbours.OTHER)
        .groupBy(EncodedRows.ROW)
        .agg(array_sort(collect_list(ranked)).as(VALUES))
        .select(
            col(EncodedRows.ROW),
            SpreadSegments.ends(
                col(VALUES), each -> each.getField(SpreadNeighbours.OTHER), each -> lit(1.0)),
            voted.as(Derivation.CATEGORIES));
  }

  private static UDF1<scala.collection.Seq<scala.collection.Seq<String>>, String[]> winners() {
    return ballots -> {
      List<List<String>> votes =
          CollectionConverters.asJava(ballots).stream().map(CollectionConverters::asJava).toList();
      return IntStream.range(0, votes.get(0).size())
          .mapToObj(category -> winner(votes, category))
          .toArray(String[]::new);
    };
  }

  private static String winner(List<List<String>> votes, int category) {
    List<String> values = new ArrayList<>();
    votes.forEach(ballot -> values.add(ballot.get(category)));
    String winner = values.get(0);
    for (String value : values) {
      boolean wins = Collections.frequency(values, value) > Collections.frequency(values, winner);
      winner = wins ? value : winner;
    }
    return winner;
  }
}
