package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.lake.SparkForTests;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.classification.FMClassifier;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SparkEstimatorsTest {

  static List<Estimator<?>> estimators() {
    return List.of(
        new LogisticRegression().setMaxIter(20),
        new LinearSVC().setMaxIter(20).setRegParam(0.1),
        new NaiveBayes(),
        new DecisionTreeClassifier().setMaxDepth(2),
        new RandomForestClassifier().setNumTrees(3).setSeed(1),
        new GBTClassifier().setMaxIter(2).setMaxDepth(2).setSeed(1),
        new FMClassifier().setMaxIter(5).setSeed(1),
        new MultilayerPerceptronClassifier().setLayers(new int[] {1, 2}).setMaxIter(5).setSeed(1));
  }

  /** What we say of an estimator is what it does: weights change its scores, or they do not. */
  @ParameterizedTest
  @MethodSource("estimators")
  void estimatorsThatWeighRowsAreThoseThatWeightsChange(Estimator<?> estimator) {
    List<String> unweighted = scores(estimator);
    if (estimator.hasParam("weightCol")) {
      estimator.set("weightCol", "weight");
    }
    assertThat(!scores(estimator).equals(unweighted))
        .as(estimator.getClass().getSimpleName())
        .isEqualTo(SparkEstimators.weighsRows(estimator));
  }

  @Test
  void aPipelineDoesNotWeighRows() {
    assertThat(SparkEstimators.weighsRows(new Pipeline())).isFalse();
  }

  private static List<String> scores(Estimator<?> estimator) {
    Dataset<Row> rows =
        new VectorAssembler()
            .setInputCols(new String[] {"x"})
            .setOutputCol("features")
            .transform(
                SparkForTests.session()
                    .sql(
                        "SELECT double(id % 10) x, double(if(hash(id) % 10 < id % 10, 1, 0)) label,"
                            + " double(if(hash(id) % 10 < id % 10, 50, 1)) weight"
                            + " FROM range(0, 100, 1, 1)"));
    Model<?> model = (Model<?>) estimator.fit(rows);
    return model
        .transform(rows)
        .selectExpr("string(rawPrediction)")
        .toJavaRDD()
        .map(row -> row.getString(0))
        .collect();
  }
}
