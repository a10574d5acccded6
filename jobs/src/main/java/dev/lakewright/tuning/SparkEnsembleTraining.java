package dev.lakewright.tuning;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.ensemble.BalancedSubsets;
import dev.lakewright.ensemble.Boosting;
import dev.lakewright.ensemble.EnsembleTraining;
import dev.lakewright.ensemble.Subset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * Trains ensembles of {@code spark.ml} estimators, one member after another, on the subsets that
 * {@link EnsembleTraining} trains linear models on. Rows stay on the cluster; the driver knows
 * their labels and what they count for.
 */
final class SparkEnsembleTraining {

  private static final String COPIES = "copies";
  private static final String COPY = "copy";

  private final JavaSparkContext spark;
  private final EnsembleConfig config;
  private final SparkFitting fitting;
  private final NumberedRows rows;
  private final int classes;
  private final BalancedSubsets subsets;

  /**
   * @param config of a type other than none
   * @param rows at least one
   * @param classes number of them
   */
  SparkEnsembleTraining(
      JavaSparkContext spark,
      EnsembleConfig config,
      SparkFitting fitting,
      NumberedRows rows,
      int classes) {
    this.spark = spark;
    this.config = config;
    this.fitting = fitting;
    this.rows = rows;
    this.classes = classes;
    this.subsets = new BalancedSubsets(config, rows.labels(), rows.labels().length, classes);
  }

  /** Rows per class that a member is trained on. */
  long[] classCounts() {
    return subsets.draw(0).drawn();
  }

  SparkEnsemble train() {
    return switch (config.type()) {
      case NONE -> throw new IllegalArgumentException("a single model is no ensemble");
      case BALANCED_BAGGING -> balancedBagging();
      case EASY_ENSEMBLE -> easyEnsemble();
      case RUS_BOOST -> rusBoost();
    };
  }

  private SparkEnsemble balancedBagging() {
    List<Model<?>> members = new ArrayList<>();
    for (int member = 0; member < config.members(); member++) {
      Subset subset = subsets.draw(member);
      members.add(
          with(
              spark.broadcast(copies(subset)),
              copies -> fitting.fit(repeated(copies), subset.drawn(), rows.weighed())));
    }
    double[] votes = new double[members.size()];
    Arrays.fill(votes, 1);
    return new SparkEnsemble(EnsembleTraining.vote(config), members, votes);
  }

  private SparkEnsemble easyEnsemble() {
    List<Model<?>> members = new ArrayList<>();
    List<Double> votes = new ArrayList<>();
    for (int bag = 0; bag < config.members(); bag++) {
      Subset subset = subsets.draw(bag);
      int[] own = subset.rows();
      double[] weights =
          IntStream.range(0, own.length)
              .mapToDouble(at -> rows.weights()[own[at]] * subset.copies()[at])
              .toArray();
      Boosting.Boosted<Model<?>> boosted =
          new Boosting(weights, classes, config.rounds(), 1.0 / config.members())
              .run((round, now) -> learnt(weights(own, at -> now[at]), subset.drawn(), own));
      members.addAll(boosted.members());
      Arrays.stream(boosted.votes()).forEach(votes::add);
    }
    return new SparkEnsemble(
        EnsembleTraining.vote(config),
        members,
        votes.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private SparkEnsemble rusBoost() {
    double[] weights =
        IntStream.range(0, rows.weights().length).mapToDouble(row -> rows.weights()[row]).toArray();
    int[] all = IntStream.range(0, weights.length).toArray();
    Boosting.Boosted<Model<?>> boosted =
        new Boosting(weights, classes, config.members(), 1)
            .run(
                (round, now) -> {
                  Subset subset = subsets.draw(round);
                  int[] own = subset.rows();
                  float[] drawn = weights(own, at -> now[own[at]] * subset.copies()[at]);
                  return learnt(drawn, subset.drawn(), all);
                });
    return new SparkEnsemble(EnsembleTraining.vote(config), boosted.members(), boosted.votes());
  }

  /**
   * A learner of boosting.
   *
   * @param weights per row of the frame; rows of none are not trained on
   * @param measured rows that it is measured on, ascending: all, or those that it is trained on
   */
  private Boosting.Learnt<Model<?>> learnt(float[] weights, long[] drawn, int[] measured) {
    boolean onAll = measured.length == weights.length;
    return with(
        spark.broadcast(weights),
        shared -> {
          Dataset<Row> weighted = weighted(shared);
          Model<?> model = fitting.fit(weighted, drawn, weighed(weights));
          BitSet wrong = new BitSet(measured.length);
          NumberedRows.wrong(model, onAll ? rows.frame() : weighted, classes)
              .map(row -> onAll ? row : Arrays.binarySearch(measured, row))
              .forEach(wrong::set);
          return new Boosting.Learnt<>(model, true, wrong);
        });
  }

  private static boolean weighed(float[] weights) {
    for (float weight : weights) {
      if (weight != 0 && weight != 1) {
        return true;
      }
    }
    return false;
  }

  private int[] copies(Subset subset) {
    int[] copies = new int[rows.labels().length];
    for (int at = 0; at < subset.rows().length; at++) {
      copies[subset.rows()[at]] = subset.copies()[at];
    }
    return copies;
  }

  /**
   * Weights by the rows' numbers, 0 for all others.
   *
   * @param own numbers of rows
   * @param weight of a row by its place among these
   */
  private float[] weights(int[] own, IntToDoubleFunction weight) {
    float[] all = new float[rows.labels().length];
    for (int at = 0; at < own.length; at++) {
      all[own[at]] = (float) weight.applyAsDouble(at);
    }
    return all;
  }

  /** Rows as often as they are drawn: estimators that cannot weigh take them so, too. */
  private Dataset<Row> repeated(Broadcast<int[]> copies) {
    var times = udf((UDF1<Integer, Integer>) row -> copies.value()[row], DataTypes.IntegerType);
    return rows.frame()
        .withColumn(COPIES, times.apply(col(FoldFrames.NUMBER)))
        .where(col(COPIES).gt(0))
        .withColumn(COPY, explode(array_repeat(lit(true), col(COPIES))))
        .drop(COPIES, COPY);
  }

  private Dataset<Row> weighted(Broadcast<float[]> weights) {
    var weight =
        udf((UDF1<Integer, Double>) row -> (double) weights.value()[row], DataTypes.DoubleType);
    return rows.frame()
        .withColumn(FoldFrames.WEIGHT, weight.apply(col(FoldFrames.NUMBER)))
        .where(col(FoldFrames.WEIGHT).gt(0));
  }

  private static <T, R> R with(Broadcast<T> shared, Function<Broadcast<T>, R> use) {
    try {
      return use.apply(shared);
    } finally {
      shared.destroy();
    }
  }
}
