package dev.lakewright.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.neighbours.Mixing;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Resamplers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes rows class by class, over rows that stay spread; a class with too few rows for the
 * neighbours wanted is treated as {@code sampling.small_classes} says.
 */
record SpreadGrowth(SparkSession spark, SamplingConfig config, EncodedRows rows) {

  /**
   * Makes rows.
   *
   * @param make per label how many
   * @return derivations, one for each class that grows
   */
  List<Dataset<Row>> derivations(SpreadMaking making, ClassCounts counts, long[] make) {
    List<Dataset<Row>> derivations = new ArrayList<>();
    for (int label : counts.present()) {
      if (make[label] > 0) {
        derivations.add(grown(making, label, counts.count(label), make[label]));
      }
    }
    return derivations;
  }

  private Dataset<Row> grown(SpreadMaking making, int label, long members, long make) {
    if (members > making.neighbours()) {
      return making.make(label, make);
    }
    return switch (config.smallClasses()) {
      case FEWER_NEIGHBOURS -> members > 1 ? making.make(label, make) : copies(label, make);
      case DUPLICATE -> copies(label, make);
      case SKIP -> spark.createDataFrame(List.of(), Derivation.SCHEMA);
      case REFUSE ->
          throw Resamplers.tooFewRows(
              config.method(), making.neighbours(), rows.classes().get(label), members);
    };
  }

  /** Copies of the few rows of a class, as even as can be. */
  private Dataset<Row> copies(int label, long make) {
    long[] members =
        rows
            .where(wanted -> wanted == label)
            .rows()
            .select(EncodedRows.ROW)
            .collectAsList()
            .stream()
            .map(row -> row.getLong(0))
            .sorted(Comparator.comparingLong(row -> Mixing.mix(row, config.seed())))
            .mapToLong(Long::longValue)
            .toArray();
    List<Row> shares = new ArrayList<>();
    for (int i = 0; i < members.length; i++) {
      long share = make / members.length + (i < make % members.length ? 1 : 0);
      if (share > 0) {
        shares.add(Derivation.copy(members[i], Math.toIntExact(share)));
      }
    }
    return spark
        .createDataFrame(shares, Derivation.SCHEMA)
        .withColumn(Derivation.NUMBER, explode(sequence(lit(1), col(Derivation.NUMBER))));
  }
}
