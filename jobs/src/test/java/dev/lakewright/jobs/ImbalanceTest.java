package dev.lakewright.jobs;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.lake.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of which one in twelve is of a rare class, through the command line. */
class ImbalanceTest {

  private static final String CORRECTED = "calibration.correct_sampling=true";
  private static final String UNCORRECTED = "calibration.correct_sampling=false";

  @TempDir Path folder;

  private Cli cli;

  @BeforeEach
  void table() {
    cli =
        new Cli(folder)
            .set("data.table", folder.resolve("table"))
            .set("data.id", "id")
            .set("data.numeric", "[x]")
            .set("learner.l2", "1e-5")
            .set("tune.folds", 2)
            .set("evaluation.bootstrap", 0)
            .set("model.name", "rare");
    SparkForTests.session()
        .sql(
            "SELECT concat('r', id) AS id, if(id % 12 = 0, 'alarm', 'calm') AS label,"
                + " randn(7) + if(id % 12 = 0, 1.2, 0) AS x FROM range(0, 3000, 1, 1)")
        .write()
        .format("delta")
        .save(folder.resolve("table").toString());
  }

  private JsonNode train(String... words) {
    return cli.run(words).succeeds().json();
  }

  @Test
  void classWeightsActOnLabelsAndLeaveProbabilitiesRight() {
    JsonNode plain = train("train");
    JsonNode weighted = train("train", "--set", "sampling.weights=balanced");
    JsonNode uncorrected =
        train(
            "train",
            "--set",
            "sampling.weights=balanced",
            "--set",
            "calibration.correct_sampling=false");

    double recall = weighted.at("/metrics/per_class/alarm/recall").asDouble();
    assertThat(recall).isGreaterThan(plain.at("/metrics/per_class/alarm/recall").asDouble() + 0.3);
    assertThat(recall).isEqualTo(uncorrected.at("/metrics/per_class/alarm/recall").asDouble());
    double brier = plain.at("/metrics/brier").asDouble();
    assertThat(weighted.at("/metrics/brier").asDouble()).isLessThan(brier * 1.05);
    assertThat(uncorrected.at("/metrics/brier").asDouble()).isGreaterThan(brier * 1.5);
  }

  @Test
  void trialsAreComparedByCorrectedProbabilities() {
    cli.set("tune.space", "{sampling.weights: [none, balanced]}");
    double spread =
        SparkForTests.session()
            .read()
            .format("delta")
            .load(train("tune").at("/sweep/trials_table").asText())
            .selectExpr("max(metrics['brier']) / min(metrics['brier'])")
            .first()
            .getDouble(0);
    assertThat(spread).isLessThan(1.1);
  }

  @Test
  void madeRowsLeaveProbabilitiesRight() {
    double brier = train("train").at("/metrics/brier").asDouble();
    String smote = "sampling.method=smote";

    assertThat(brierWith(smote, CORRECTED)).isLessThan(brier * 1.1);
    assertThat(brierWith(smote, UNCORRECTED)).isGreaterThan(brier * 1.5);
  }

  /** Members see as many rows of either class; saying 1 in 12 of every row gives 11 / 144. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ensemble={type: balanced_bagging, members: 3}",
        "ensemble={type: easy_ensemble, members: 3, rounds: 3}"
      })
  void balancedEnsemblesLeaveProbabilitiesRight(String ensemble) {
    double corrected = brierWith(ensemble, CORRECTED);

    assertThat(corrected).isLessThan(11.0 / 144 * 0.95);
    assertThat(brierWith(ensemble, UNCORRECTED)).isGreaterThan(corrected * 1.5);
  }

  private double brierWith(String setting, String other) {
    return train("train", "--set", setting, "--set", other).at("/metrics/brier").asDouble();
  }

  @Test
  void methodsOfResamplingAreChoicesOfASweep() {
    cli.set("tune.space", "{sampling.method: [none, random_over, smote]}");
    Map<String, Double> briers = briers();

    assertThat(briers).containsOnlyKeys("none", "random_over", "smote");
    assertThat(briers.values()).allMatch(brier -> brier < briers.get("none") * 1.1);
    assertThat(briers.values()).doesNotHaveDuplicates();
  }

  /** Brier scores of trials by their method of resampling. */
  private Map<String, Double> briers() {
    return SparkForTests.session()
        .read()
        .format("delta")
        .load(train("tune").at("/sweep/trials_table").asText())
        .groupBy(expr("get_json_object(parameters, \"$['sampling.method']\")"))
        .agg(expr("avg(metrics['brier'])"))
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getDouble(1)));
  }

  @Test
  void thresholdsOfAGoalAreToldWithWhatTheyReach() throws IOException {
    JsonNode result =
        train(
            "train",
            "--set",
            "thresholds={goal: precision_at_recall, recall: 0.8, positive: alarm}",
            "--set",
            "report.path=" + cli.path("report.html"));
    JsonNode alarm = result.at("/thresholds/out_of_fold/alarm");
    assertThat(result.at("/thresholds/goal").asText()).isEqualTo("precision_at_recall");
    assertThat(alarm.path("recall").asDouble()).isGreaterThanOrEqualTo(0.8);
    assertThat(alarm.path("threshold").asDouble()).isLessThan(0.2);
    assertThat(Files.readString(cli.path("report.html")))
        .contains("How labels are chosen", "goal <b>precision_at_recall</b>");
  }

  @Test
  void statedSharesAreInTheStoredModelAndRaiseItsProbabilities() throws IOException {
    String path = train("train", "--set", "calibration.priors={alarm: 0.5}").path("path").asText();
    JsonNode calibration =
        new ObjectMapper().readTree(Path.of(path, "model.json").toFile()).path("calibration");
    assertThat(calibration.path("method").asText()).isEqualTo("prior_corrected");
    assertThat(calibration.at("/of/method").asText()).isEqualTo("temperature");
    double ratio =
        calibration.at("/factors/0").asDouble() / calibration.at("/factors/1").asDouble();
    assertThat(ratio).isBetween(10.0, 12.0);
  }

  @Test
  void classesThatThereAreNotAreRefusedBeforeAnythingIsTrained() {
    cli.run("train", "--set", "calibration.priors={alarn: 0.5}")
        .failsWith(
            2, "calibration.priors names the class alarn, but the classes are [alarm, calm]");
    cli.run("train", "--set", "thresholds={goal: f1, positive: calmer}")
        .failsWith(2, "thresholds.positive names the class calmer");
    cli.run("tune", "--set", "learner={type: focal, alpha: {alarn: 2}}")
        .failsWith(2, "learner.alpha names the class alarn");
    cli.run("tune", "--set", "sampling.class_weights={alarn: 2}")
        .failsWith(2, "sampling.class_weights names the class alarn");
    assertThat(folder.resolve("models/rare/sweeps/trials")).doesNotExist();
  }
}
