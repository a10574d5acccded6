package dev.lakewright.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.lake.SparkForTests;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedCrossValidatorTest {

  private static final double[] PENALTIES = {0.1, 0.01, 0.001};

  private final MulticlassClassificationEvaluator evaluator =
      new MulticlassClassificationEvaluator().setMetricName("f1");

  private static ParamMap[] grid(DoubleParam penalty) {
    return new ParamGridBuilder().addGrid(penalty, PENALTIES).build();
  }

  @ParameterizedTest
  @CsvSource({"f1, ''", "logLoss, fold"})
  void metricsAreThoseOfSparksCrossValidatorOnTheSameFolds(String metric, String foldColumn) {
    Dataset<Row> rows = Blobs.sparse(3, 600);
    evaluator.setMetricName(metric);
    LogisticRegression theirs = new LogisticRegression();
    LogisticClassifier ours = new LogisticClassifier();
    double[] expected =
        new CrossValidator()
            .setEstimator(theirs)
            .setEstimatorParamMaps(grid(theirs.regParam()))
            .setEvaluator(evaluator)
            .setFoldCol(foldColumn)
            .setSeed(7)
            .fit(rows)
            .avgMetrics();
    FusedCrossValidatorModel model =
        new FusedCrossValidator()
            .setEstimator(ours)
            .setEstimatorParamMaps(grid(ours.regParam()))
            .setEvaluator(evaluator)
            .setFoldCol(foldColumn)
            .setSeed(7)
            .fit(rows);
    assertThat(model.avgMetrics()).containsExactly(expected, within(1e-3));
    assertThat(model.stdMetrics()).hasSize(3);
    assertThat(Arrays.stream(model.stdMetrics()).min().orElseThrow()).isBetween(1e-9, 0.2);
  }

  private static Dataset<Row> texts() {
    return SparkForTests.session()
        .sql(
            "select cast(id % 2 as double) label, concat_ws(' ', 'common', if((id * 7) % 5 < 3, if(id % 2 = 0, 'even', 'odd'), 'none'), concat('w', hash(id) % 9)) text from range(400)");
  }

  private static Pipeline pipeline(Estimator<?> learner, HashingTF terms) {
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new Tokenizer().setInputCol("text").setOutputCol("words"),
              terms.setInputCol("words").setOutputCol("counts"),
              new IDF().setInputCol("counts").setOutputCol("features"),
              learner
            });
  }

  @Test
  void stagesBeforeTheLearnerAreTunedTooAndTheBestIsAPipeline() {
    Dataset<Row> rows = texts();
    evaluator.setMetricName("logLoss");
    LogisticRegression theirs = new LogisticRegression();
    LogisticClassifier ours = new LogisticClassifier();
    HashingTF terms = new HashingTF();
    double[] expected =
        new CrossValidator()
            .setEstimator(pipeline(theirs, terms))
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(terms.numFeatures(), new int[] {4, 256})
                    .addGrid(theirs.regParam(), new double[] {1, 0.01})
                    .build())
            .setEvaluator(evaluator)
            .fit(rows)
            .avgMetrics();
    FusedCrossValidatorModel model =
        new FusedCrossValidator()
            .setEstimator(pipeline(ours, terms))
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(terms.numFeatures(), new int[] {4, 256})
                    .addGrid(ours.regParam(), new double[] {1, 0.01})
                    .build())
            .setEvaluator(evaluator)
            .setCollectSubModels(true)
            .fit(rows);
    // grids come in the order of the stages' random names
    assertThat(sorted(model.avgMetrics())).containsExactly(sorted(expected), within(1e-3));
    assertThat(model.bestModel()).isInstanceOf(PipelineModel.class);
    assertThat(model.subModels()).hasDimensions(3, 4);
    assertThat(evaluator.evaluate(model.subModels()[0][3].transform(rows))).isLessThan(0.69);
  }

  private static double[] sorted(double[] values) {
    return Arrays.stream(values).sorted().toArray();
  }

  @Test
  void anyOtherEstimatorGivesExactlySparksMetrics() {
    Dataset<Row> rows = Blobs.dense(3, 300);
    DecisionTreeClassifier tree = new DecisionTreeClassifier().setSeed(1);
    ParamMap[] depths =
        new ParamGridBuilder().addGrid(tree.maxDepth(), new int[] {1, 3, 5}).build();
    double[] expected =
        new CrossValidator()
            .setEstimator(tree)
            .setEstimatorParamMaps(depths)
            .setEvaluator(evaluator)
            .fit(rows)
            .avgMetrics();
    double[] metrics =
        new FusedCrossValidator()
            .setEstimator(tree)
            .setEstimatorParamMaps(depths)
            .setEvaluator(evaluator)
            .setParallelism(2)
            .fit(rows)
            .avgMetrics();
    assertThat(metrics).containsExactly(expected, within(1e-9));
  }

  @Test
  void aModelThatFailsCountsAsNaNAndTheSearchGoesOn() {
    Dataset<Row> rows = Blobs.sparse(3, 120);
    LogisticClassifier learner = new LogisticClassifier();
    FusedCrossValidator validator =
        new FusedCrossValidator()
            .setEstimator(learner)
            .setEstimatorParamMaps(
                new ParamMap[] {
                  new ParamMap().put(learner.family(), "binomial"),
                  new ParamMap().put(learner.regParam(), 0.1)
                })
            .setEvaluator(evaluator);
    FusedCrossValidatorModel model = validator.fit(rows);
    assertThat(model.avgMetrics()[0]).isNaN();
    assertThat(model.avgMetrics()[1]).isPositive();

    learner.setFamily("binomial");
    assertThatThrownBy(() -> validator.setEstimatorParamMaps(grid(learner.regParam())).fit(rows))
        .hasMessageContaining("family is binomial");
  }

  @Test
  void validatorAndModelComeBackFromDisk(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = texts();
    LogisticClassifier learner = new LogisticClassifier();
    FusedCrossValidator validator =
        new FusedCrossValidator()
            .setEstimator(pipeline(learner, new HashingTF().setNumFeatures(64)))
            .setEstimatorParamMaps(grid(learner.regParam()))
            .setEvaluator(evaluator)
            .setCollectSubModels(true)
            .setNumFolds(2);
    validator.write().save(folder.resolve("validator").toString());
    FusedCrossValidator loaded = FusedCrossValidator.load(folder.resolve("validator").toString());
    FusedCrossValidatorModel model = loaded.fit(rows);
    assertThat(model.avgMetrics()).containsExactly(validator.fit(rows).avgMetrics());

    model.write().save(folder.resolve("model").toString());
    model.write().overwrite().save(folder.resolve("model").toString());
    FusedCrossValidatorModel again =
        FusedCrossValidatorModel.load(folder.resolve("model").toString());
    assertThat(again.avgMetrics()).containsExactly(model.avgMetrics());
    assertThat(again.stdMetrics()).containsExactly(model.stdMetrics());
    assertThat(again.transform(rows).select("prediction").collectAsList())
        .isEqualTo(model.transform(rows).select("prediction").collectAsList());
    assertThat(again.subModels()[1][1].transform(rows).count()).isEqualTo(400);
  }

  @Test
  void jobsDoNotGrowWithIterations() {
    Dataset<Row> rows = Blobs.sparse(3, 300);
    rows.count();
    assertThat(jobs(rows, 100)).isEqualTo(jobs(rows, 2));
  }

  private int jobs(Dataset<Row> rows, int iterations) {
    LogisticClassifier learner = new LogisticClassifier().setMaxIter(iterations);
    return SparkForTests.jobsOf(
        () ->
            new FusedCrossValidator()
                .setEstimator(learner)
                .setEstimatorParamMaps(grid(learner.regParam()))
                .setEvaluator(evaluator)
                .fit(rows));
  }
}
