package dev.lakewright.tuning;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.lakewright.sampling.ClassWeights;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Fits the {@code spark.ml} estimator of one trial. */
final class SparkFitting {

  private final Trial trial;
  private final List<String> classes;
  private final Estimator<?> estimator;

  /**
   * @param seed of an estimator that takes one
   */
  SparkFitting(Trial trial, FoldTask.Effort effort, List<String> classes, long seed) {
    this.trial = trial;
    this.classes = List.copyOf(classes);
    this.estimator = SparkEstimators.of(trial.learner(), seed);
    estimator.set("featuresCol", FoldFrames.FEATURES);
    estimator.set("labelCol", FoldFrames.LABEL);
    SparkScoring.nameColumns(estimator);
    if (effort.passes() < 1) {
      limitPasses(effort.passes());
    }
  }

  private void limitPasses(double share) {
    if (!estimator.hasParam("maxIter")) {
      throw new IllegalArgumentException(
          "%s has no maxIter to part; set tune.fidelity: rows"
              .formatted(estimator.getClass().getName()));
    }
    int most = (Integer) estimator.getOrDefault(estimator.getParam("maxIter"));
    estimator.set("maxIter", Math.max(1, (int) Math.ceil(most * share)));
  }

  /**
   * A model of some rows.
   *
   * @param rows of a frame of {@link FoldFrames}
   * @param classCounts how many there are of each class, which class weights may depend on
   * @param weighed whether some row's weight is another than 1
   * @throws IllegalArgumentException when rows weigh differently and the estimator cannot weigh
   */
  Model<?> fit(Dataset<Row> rows, long[] classCounts, boolean weighed) {
    double[] perClass = ClassWeights.of(trial.sampling(), classes, classCounts);
    boolean alike = !weighed && Arrays.stream(perClass).allMatch(weight -> weight == 1);
    return (Model<?>) estimator.fit(alike ? rows : weighted(rows, perClass));
  }

  /** With weights of rows times weights of their classes. */
  private Dataset<Row> weighted(Dataset<Row> rows, double[] perClass) {
    if (!SparkEstimators.weighsRows(estimator)) {
      throw new IllegalArgumentException(
          "%s cannot weigh rows; leave out sampling.weights, data.weight, mix_up_partners: any and boosting, or choose another estimator"
              .formatted(estimator.getClass().getSimpleName()));
    }
    estimator.set("weightCol", FoldFrames.WEIGHT);
    var weightOfClass =
        udf((UDF1<Double, Double>) label -> perClass[label.intValue()], DataTypes.DoubleType);
    return rows.withColumn(
        FoldFrames.WEIGHT,
        col(FoldFrames.WEIGHT).multiply(weightOfClass.apply(col(FoldFrames.LABEL))));
  }
}
