package dev.lakewright.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.lake.SparkForTests;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticClassifierTest {

  @ParameterizedTest
  @CsvSource({
    "2, auto, 0.01, 0, true, true, false",
    "2, auto, 0.01, 0, false, true, false",
    "2, auto, 0.1, 0, true, false, false",
    "2, auto, 0.02, 0.5, true, true, false",
    "2, auto, 0.02, 1, false, true, true",
    "2, auto, 0, 0, true, true, true",
    "2, multinomial, 0.01, 0, true, true, false",
    "2, multinomial, 0.02, 0.5, true, true, false",
    "3, auto, 0.01, 0, true, true, false",
    "3, auto, 0.01, 0, false, true, true",
    "3, auto, 0.1, 0, true, false, true",
    "3, auto, 0.02, 0.5, true, true, false",
    "3, auto, 0, 0, true, true, false",
  })
  void coefficientsAreThoseOfSparksLogisticRegression(
      int classes,
      String family,
      double penalty,
      double l1Share,
      boolean standardize,
      boolean intercept,
      boolean weighted) {
    for (Dataset<Row> rows : List.of(Blobs.dense(classes, 300), Blobs.sparse(classes, 300))) {
      LogisticRegression spark =
          new LogisticRegression()
              .setFamily(family)
              .setRegParam(penalty)
              .setElasticNetParam(l1Share)
              .setStandardization(standardize)
              .setFitIntercept(intercept)
              .setMaxIter(2000)
              .setTol(1e-12);
      LogisticClassifier ours =
          new LogisticClassifier()
              .setFamily(family)
              .setRegParam(penalty)
              .setElasticNetParam(l1Share)
              .setStandardization(standardize)
              .setFitIntercept(intercept)
              .setMaxIter(2000)
              .setTol(1e-12);
      if (weighted) {
        spark.setWeightCol("weight");
        ours.setWeightCol("weight");
      }
      LogisticRegressionModel expected = spark.fit(rows);
      LogisticClassifierModel model = ours.fit(rows);

      // without a penalty the sparse rows, of which each has two features, have many minima
      if (penalty > 0 || model.numFeatures() < 30) {
        assertAlike(model.coefficientMatrix(), expected.coefficientMatrix());
        assertThat(model.interceptVector().toArray())
            .containsExactly(expected.interceptVector().toArray(), within(2e-3));
      }
      assertAlikeScores(model.transform(rows), expected.transform(rows));
    }
  }

  private static void assertAlike(Matrix actual, Matrix expected) {
    assertThat(actual.numRows()).isEqualTo(expected.numRows());
    for (int i = 0; i < expected.numRows(); i++) {
      for (int j = 0; j < expected.numCols(); j++) {
        assertThat(actual.apply(i, j))
            .as("coefficient %d, %d", i, j)
            .isCloseTo(expected.apply(i, j), within(2e-3));
      }
    }
  }

  private static void assertAlikeScores(Dataset<Row> actual, Dataset<Row> expected) {
    List<Row> ours = actual.select("probability", "rawPrediction", "prediction").collectAsList();
    List<Row> theirs =
        expected.select("probability", "rawPrediction", "prediction").collectAsList();
    int disagreements = 0;
    for (int row = 0; row < theirs.size(); row++) {
      assertThat(ours.get(row).<Vector>getAs(0).toArray())
          .containsExactly(theirs.get(row).<Vector>getAs(0).toArray(), within(1e-3));
      disagreements += ours.get(row).getDouble(2) == theirs.get(row).getDouble(2) ? 0 : 1;
    }
    assertThat(disagreements).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void rowsInTasksAndRowsOverTheClusterGiveTheSameWeights(int classes) {
    LogisticClassifier settings = new LogisticClassifier();
    double[] ones = new double[classes];
    java.util.Arrays.fill(ones, 1);
    List<LinearProblem> problems =
        List.of(
            LinearProblem.logistic(0.1, 0, true, 500, 1e-12, ones),
            LinearProblem.logistic(0.01, 0.01, true, 500, 1e-12, ones));
    try (TrainingRows rows =
        TrainingRows.read(Blobs.sparse(classes, 500), TrainingRows.Reading.of(settings))) {
      List<LinearSolution> inTasks = rows.inTasks(problems);
      List<LinearSolution> overCluster = rows.overCluster(problems);
      for (int i = 0; i < problems.size(); i++) {
        assertThat(overCluster.get(i).weights())
            .containsExactly(inTasks.get(i).weights(), within(1e-5f));
      }
    }
  }

  @Test
  void modelsOfSeveralParamMapsAreThoseTrainedAlone() {
    Dataset<Row> rows = Blobs.dense(3, 300);
    LogisticClassifier learner = new LogisticClassifier();
    ParamMap[] maps = {
      new ParamMap().put(learner.regParam(), 0.1),
      new ParamMap().put(learner.regParam(), 0.01).put(learner.standardization(), false)
    };
    List<LogisticClassifierModel> together = learner.fit(rows, maps);
    for (int i = 0; i < maps.length; i++) {
      LogisticClassifierModel alone = learner.fit(rows, maps[i]);
      assertThat(together.get(i).coefficientMatrix()).isEqualTo(alone.coefficientMatrix());
      assertThat(together.get(i).getRegParam()).isEqualTo(alone.getRegParam());
    }
  }

  @Test
  void thresholdMovesTheLabelOnly() {
    Dataset<Row> rows = Blobs.dense(2, 200);
    LogisticClassifierModel model = new LogisticClassifier().setRegParam(0.1).fit(rows);
    long half = model.transform(rows).filter("prediction = 1").count();
    long most = model.setThreshold(0.1).transform(rows).filter("prediction = 1").count();
    long expected =
        model.transform(rows).select("probability").collectAsList().stream()
            .filter(row -> row.<Vector>getAs(0).apply(1) > 0.1)
            .count();
    assertThat(most).isEqualTo(expected).isGreaterThan(half);
  }

  @Test
  void oneLabelOnlyIsCertain() {
    Dataset<Row> rows = Blobs.dense(2, 50).filter("label = 1");
    Dataset<Row> scored = new LogisticClassifier().fit(rows).transform(rows);
    assertThat(scored.filter("prediction != 1").count()).isZero();
    assertThat(scored.first().<Vector>getAs("probability").toArray()).containsExactly(0, 1);
  }

  @Test
  void worksInAPipelineAndComesBackFromDisk(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = Blobs.dense(3, 100);
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new LogisticClassifier().setRegParam(0.05).setPredictionCol("answer")
                });
    pipeline.write().save(folder.resolve("pipeline").toString());
    PipelineModel model = Pipeline.load(folder.resolve("pipeline").toString()).fit(rows);
    model.write().save(folder.resolve("model").toString());
    PipelineModel loaded = PipelineModel.load(folder.resolve("model").toString());

    assertThat(loaded.transform(rows).select("answer", "probability").collectAsList())
        .isEqualTo(model.transform(rows).select("answer", "probability").collectAsList());
    LogisticClassifierModel last = (LogisticClassifierModel) loaded.stages()[0];
    assertThat(last.getRegParam()).isEqualTo(0.05);
    assertThat(last.objectiveHistory()).isNotEmpty();
  }

  @Test
  void saysInOneLineWhatIsWrongWithTheRows() {
    Dataset<Row> rows = Blobs.dense(3, 20);
    assertThatThrownBy(() -> new LogisticClassifier().setLabelCol("lable").fit(rows))
        .hasMessage(
            "labelCol: there is no column lable; the columns are label, weight, fold, features");
    assertThatThrownBy(
            () -> new LogisticClassifier().fit(rows.withColumn("label", rows.col("weight"))))
        .hasMessageContaining("column label: in")
        .hasMessageContaining("it is not a whole number from 0 on");
    assertThatThrownBy(() -> new LogisticClassifier().setFamily("binomial").fit(rows))
        .hasMessageContaining("family is binomial, but the labels have 3 classes");
    assertThatThrownBy(() -> new LogisticClassifier().fit(rows.filter("label > 5")))
        .hasMessage("there are no rows to train on");
    assertThatThrownBy(
            () ->
                new LogisticClassifier()
                    .setWeightCol("negative")
                    .fit(rows.selectExpr("*", "-weight as negative")))
        .hasMessageContaining("column negative: in 20 of 20 rows it is not a number from 0 on");
    assertThatThrownBy(
            () ->
                new LogisticClassifier()
                    .fit(SparkForTests.session().sql("select 1.0 as label, 2.0 as features")))
        .hasMessageContaining("it must be a vector");
  }
}
