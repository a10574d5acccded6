package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.lake.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps through the command line: what they record, continue, refuse and leave out. */
class SweepTest {

  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void table() {
    cli =
        new Cli(folder)
            .set("data.table", folder.resolve("letters"))
            .set("data.id", "id")
            .set("data.text", "[text]")
            .set("features.words", "{ngrams: [1, 1], hash_bits: 12}")
            .set("tune.folds", 2)
            .set("model.name", "letters");
    cli.run("ingest", "--set", "ingest.input=" + Letters.csv(cli.path("letters.csv"), 400, 1))
        .succeeds();
  }

  private void addColumn(String expression) {
    String table = folder.resolve("letters").toString();
    SparkForTests.session()
        .read()
        .format("delta")
        .load(table)
        .selectExpr("*", expression)
        .write()
        .format("delta")
        .mode("overwrite")
        .option("overwriteSchema", "true")
        .save(table);
  }

  private Dataset<Row> trials(JsonNode result) {
    return SparkForTests.session()
        .read()
        .format("delta")
        .load(result.at("/sweep/trials_table").asText());
  }

  @Test
  void aSweepIsExtendedWithoutRedoingWhatIsFinished() {
    cli.set("tune.sampler", "random").set("tune.space.learner.l2", "{log_uniform: [1e-5, 1]}");
    JsonNode first = cli.run("tune", "--set", "tune.trials=3").succeeds().json();
    assertThat(first.at("/sweep/reused").asInt()).isZero();
    JsonNode second = cli.run("tune", "--set", "tune.trials=5").succeeds().json();
    assertThat(second.at("/sweep/reused").asInt()).isEqualTo(3);
    assertThat(trials(second).count()).isEqualTo(5 * 2);
    JsonNode third = cli.run("tune", "--set", "tune.trials=5").succeeds().json();
    assertThat(third.at("/sweep/reused").asInt()).isEqualTo(5);
    assertThat(third.at("/sweep/best")).isEqualTo(second.at("/sweep/best"));
    assertThat(trials(third).count()).isEqualTo(5 * 2);
  }

  @Test
  void jobsAndTasksDoNotGrowWithPasses() {
    cli.set("tune.space.learner.l2", "[1e-3, 1e-5, 1e-7]").set("learner.tolerance", 0);
    JsonNode few = tuned("few", 3);
    JsonNode many = tuned("many", 300);
    assertThat(trials(many).selectExpr("max(passes)").head().getInt(0)).isGreaterThan(30);
    assertThat(many.at("/sweep/spark")).isEqualTo(few.at("/sweep/spark"));
    assertThat(many.at("/sweep/spark/jobs").asInt()).isPositive();
    assertThat(many.at("/sweep/plans/0").asText()).startsWith("plan: task-parallel; ");
  }

  private JsonNode tuned(String table, int passes) {
    return cli.run(
            "tune",
            "--set",
            "learner.max_iterations=" + passes,
            "--set",
            "tune.table=" + folder.resolve(table))
        .succeeds()
        .json();
  }

  @Test
  void pruningSpendsLessAndRecordsWhoWasPruned() {
    cli.set("tune.sampler", "random")
        .set("tune.trials", 8)
        .set("tune.space.learner.l2", "{log_uniform: [1e-5, 10]}");
    JsonNode pruned =
        cli.run("tune", "--set", "tune.pruner=halving", "--set", "tune.min_fidelity=0.25")
            .succeeds()
            .json();
    assertThat(pruned.at("/sweep/pruned").asInt()).isEqualTo(6);
    assertThat(pruned.at("/sweep/effort").asDouble()).isEqualTo(8 * 0.25 + 2);
    assertThat(trials(pruned).filter("state = 'pruned'").count()).isEqualTo(6 * 2);
    assertThat(trials(pruned).filter("state = 'complete'").count()).isEqualTo(2 * 2);
    assertThat(pruned.at("/sweep").has("importance")).isFalse();
    assertThat(pruned.at("/sweep/importance_absent").asText())
        .isEqualTo("it takes 4 complete trials, and there are 2");
  }

  @Test
  void adaptiveSamplersLearnFromAnotherSweepAndEndWhenPatienceIsOver() {
    cli.set("tune.space.learner.l2", "{log_uniform: [1e-5, 1]}");
    cli.run("tune", "--set", "tune.sampler=random", "--set", "tune.trials=4").succeeds();
    JsonNode warm =
        cli.run(
                "tune",
                "--set",
                "tune.sampler=tpe",
                "--set",
                "tune.trials=100",
                "--set",
                "tune.batch=2",
                "--set",
                "tune.patience=4",
                "--set",
                "tune.table=" + folder.resolve("other"),
                "--set",
                "tune.warm_start=" + folder.resolve("models/letters/sweeps"))
            .succeeds()
            .json();
    assertThat(warm.at("/sweep/trials").asInt()).isBetween(5, 60);
  }

  @Test
  void everyLossTrainsAndConditionsHold() {
    cli.set(
        "tune.space",
        "{learner.type: [logistic, focal, squared_hinge],"
            + " learner.gamma: {choice: [1, 2], when: {learner.type: focal}}}");
    JsonNode result = cli.run("tune").succeeds().json();
    assertThat(result.at("/sweep/trials").asInt()).isEqualTo(4);
    assertThat(result.at("/sweep/failed").asInt()).isZero();
    assertThat(result.at("/sweep/best").asDouble()).isGreaterThan(0.8);
  }

  private Cli withSparkEstimators() {
    return cli.set("features.words", "{ngrams: [1, 1], hash_bits: 6}")
        .set("learner.estimator", "org.apache.spark.ml.classification.RandomForestClassifier")
        .set(
            "tune.space",
            "{learner.type: [logistic, spark],"
                + " learner.params.numTrees: {choice: [3, 10], when: {learner.type: spark}}}");
  }

  @Test
  void estimatorsOfSparkAreTunedBesideTheOtherLearners() {
    JsonNode result = withSparkEstimators().run("tune").succeeds().json();
    assertThat(result.at("/sweep/trials").asInt()).isEqualTo(3);
    assertThat(result.at("/sweep/failed").asInt()).isZero();
    Dataset<Row> forests = trials(result).filter("parameters like '%numTrees%'");
    assertThat(forests.count()).isEqualTo(2 * 2);
    assertThat(forests.filter("metrics.macro_f1 > 0.5").count()).isEqualTo(2 * 2);
    assertThat(withSparkEstimators().run("tune").succeeds().json().at("/sweep/reused").asInt())
        .isEqualTo(3);
  }

  @Test
  void estimatorsOfSparkThatFailAreRecordedAndTheSweepGoesOn() {
    JsonNode result =
        cli.set("sampling.weights", "balanced")
            .set(
                "tune.space",
                "{learner.type: [logistic, spark],"
                    + " learner.estimator: {choice: [org.apache.spark.ml.classification.LinearSVC,"
                    + " org.apache.spark.ml.classification.NaiveBayes], when: {learner.type: spark}}}")
            .run("tune")
            .succeeds()
            .json();
    assertThat(result.at("/sweep/failed").asInt()).isEqualTo(1);
    assertThat(trials(result).filter("state = 'failed'").count()).isEqualTo(2);
  }

  @Test
  void estimatorsOfSparkThatCannotWeighAreRefusedBeforeAnythingRuns() {
    cli.set(
        "tune.space",
        "{learner.type: [logistic, spark],"
            + " learner.estimator: {choice: [org.apache.spark.ml.classification.NaiveBayes,"
            + " org.apache.spark.ml.classification.FMClassifier], when: {learner.type: spark}}}");
    Cli.Run[] run = new Cli.Run[1];
    int jobs =
        SparkForTests.jobsOf(
            () -> run[0] = cli.run("tune", "--set", "sampling.weights=effective_number"));
    assertThat(jobs).isZero();
    run[0].failsWith(2, "learner.estimator: FMClassifier cannot weigh rows");
  }

  @Test
  void estimatorsOfSparkAreNamedRightAndNotPublished() {
    cli.set("learner.type", "spark");
    cli.run("tune").failsWith(2, "learner.type: spark needs the class name of an estimator");
    cli.set("learner.estimator", "RandomForestClassifier");
    cli.run("tune").failsWith(2, "there is no class RandomForestClassifier on the class path");
    withSparkEstimators().run("train").failsWith(2, "can be compared with the tune job");
    cli.set("learner.params", "{trees: 5}");
    cli.run("tune", "--set", "tune.space={}").failsWith(2, "has no param trees; it has");
  }

  @Test
  void theResultTheSummaryAndTheReportTellWhichParametersMattered() throws IOException {
    cli.set("tune.space", "{learner.l2: [10, 1e-3], sampling.weights: [none, balanced]}")
        .set("report.path", cli.path("report.html"));
    Cli.Run run = cli.run("train").succeeds();
    JsonNode importance = run.json().at("/sweep/importance");
    assertThat(importance.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("learner.l2", "sampling.weights");
    double sum = 0;
    for (JsonNode share : importance) {
      assertThat(share.asDouble()).isBetween(0.0, 1.0);
      sum += share.asDouble();
    }
    assertThat(sum).isBetween(0.2, 1 + 1e-9);
    assertThat(run.json().at("/sweep/importance_spread").size()).isEqualTo(2);
    assertThat(run.err()).contains("importance: ", "sampling.weights ");
    assertThat(Files.readString(cli.path("report.html"))).contains("Parameter importance");
  }

  @Test
  void aTrialOutOfTimeIsRecordedAsFailedAndTheSweepGoesOn() {
    cli.set("tune.space.learner.l2", "[1e-2, 1e-3]").set("tune.trial_seconds", "1e-9");
    cli.run("tune").failsWith(3, "was not trained within tune.trial_seconds");
    JsonNode again = cli.run("tune", "--set", "tune.trial_seconds=100").succeeds().json();
    assertThat(again.at("/sweep/failed").asInt()).isZero();
    assertThat(trials(again).filter("state = 'failed'").count()).isEqualTo(4);
  }

  @Test
  void theSimplestTrialWithinAStandardErrorIsChosenWhenAskedFor() {
    cli.set("tune.space.learner.l2", "[1e-6, 1e-5, 1e-4, 1e-3]");
    JsonNode best = cli.run("tune").succeeds().json();
    JsonNode simplest =
        cli.run("tune", "--set", "tune.choose=one_standard_error").succeeds().json();
    assertThat(simplest.at("/sweep/reused").asInt()).isEqualTo(4);
    assertThat(simplest.at("/sweep/best_parameters/learner.l2").asDouble())
        .isGreaterThanOrEqualTo(best.at("/sweep/best_parameters/learner.l2").asDouble());
    assertThat(simplest.at("/sweep/best").asDouble())
        .isLessThanOrEqualTo(best.at("/sweep/best").asDouble());
  }

  @Test
  void aSecondDriverIsRefusedAndTheFirstIsNamed() throws IOException {
    Path drivers = Files.createDirectories(folder.resolve("models/letters/sweeps/drivers"));
    Files.writeString(
        drivers.resolve("1.claim"),
        "{\"host\": \"elsewhere\", \"process\": 4711, \"started\": \"%s\"}"
            .formatted(Instant.now()));
    cli.run("tune").failsWith(4, "is being run by process 4711 on elsewhere");
    Files.writeString(drivers.resolve("1.end"), "\n");
    cli.run("tune").succeeds();
  }

  @Test
  void aDriverThatHasBeenSilentForLongIsTakenForDead() throws IOException {
    Path drivers = Files.createDirectories(folder.resolve("models/letters/sweeps/drivers"));
    Files.writeString(
        drivers.resolve("1.claim"),
        "{\"host\": \"elsewhere\", \"process\": 1, \"started\": \"2026-01-01T00:00:00Z\"}");
    cli.run("tune").succeeds();
  }

  @Test
  void rowsSpreadOverTheClusterTrainAndPublishLikeOthers() {
    cli.set("tune.space.learner.l2", "[1e-2, 1e-3]").set("tune.plan", "data-parallel");
    Cli.Run run = cli.run("train").succeeds();
    assertThat(run.err()).contains("plan: data-parallel");
    assertThat(run.json().at("/metrics/macro_f1").asDouble()).isGreaterThan(0.8);
  }

  @Test
  void trialsThatThrowAreRecordedAndTheSweepGoesOn() {
    cli.set("tune.space.sampling.method", "[none, random_over]").set("sampling.counts.bill", 5);
    Cli.Run run = cli.run("train").succeeds();
    assertThat(run.json().at("/sweep/failed").asInt()).isEqualTo(1);
    assertThat(trials(run.json()).filter("failure like '%sampling.counts%'").count()).isEqualTo(2);
    assertThat(run.err().lines())
        .filteredOn(line -> line.startsWith("failed: trial "))
        .singleElement()
        .asString()
        .contains("sampling.counts");
  }

  @Test
  void trialsThatThrowOnSpreadRowsAreRecordedAndTheSweepGoesOn() {
    cli.set("tune.plan", "data_parallel").set("tune.space.learner.early_stopping", "[0, 3]");
    JsonNode result = cli.run("train").succeeds().json();
    assertThat(result.at("/sweep/failed").asInt()).isEqualTo(1);
    assertThat(
            trials(result).filter("failure like 'learner.early_stopping looks at a fold%'").count())
        .isEqualTo(2);
    JsonNode again = cli.run("tune").succeeds().json();
    assertThat(again.at("/sweep/reused").asInt()).isEqualTo(1);
    assertThat(again.at("/sweep/failed").asInt()).isEqualTo(1);
    cli.run("tune", "--set", "tune.space.learner.early_stopping=[3]")
        .failsWith(
            3, "every trial failed; the first: learner.early_stopping looks at a fold's rows");
  }

  @Test
  void resamplingIsAChoiceWhereRowsAreSpread() {
    cli.set("tune.plan", "data_parallel")
        .set("tune.space.sampling.method", "[none, random_over, tomek, smote, condensed]");
    JsonNode result = cli.run("train").succeeds().json();
    assertThat(result.at("/sweep/failed").asInt()).isEqualTo(1);
    assertThat(trials(result).filter("failure like 'sampling.method: condensed looks at%'").count())
        .isEqualTo(2);
  }

  @Test
  void foldsInTimeTrainOnWhatWasThereBefore() {
    addColumn("timestamp_seconds(86400 * CAST(substr(id, 2) AS INT)) AS sent");
    cli.set("data.split", "{by: time, column: sent, test: 0.2}")
        .set("tune.by", "time")
        .set("tune.column", "sent");
    JsonNode trained = cli.run("train").succeeds().json();
    Dataset<Row> scores =
        SparkForTests.session()
            .read()
            .format("delta")
            .load(folder.resolve("models/letters/sweeps/out_of_fold").toString());
    assertThat(scores.count()).isBetween(212L, 215L);
    JsonNode again =
        cli.run(
                "train",
                "--set",
                "model.name=again",
                "--set",
                "tune.table=" + folder.resolve("models/letters/sweeps"))
            .succeeds()
            .json();
    assertThat(again.at("/sweep/reused").asInt()).isEqualTo(1);
    assertThat(again.at("/metrics")).isEqualTo(trained.at("/metrics"));
    assertThat(scores.count()).isBetween(212L, 215L);
  }
}
