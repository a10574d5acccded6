package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.lake.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ensembles over rare classes, through the command line. */
class LifeOfAnEnsembleTest {

  @TempDir Path folder;

  /** Letters of which few are offers, and fewer bills. */
  private Cli ingested() throws IOException {
    Path csv = Letters.csv(folder.resolve("all.csv"), 1200, 1);
    List<String> kept = new ArrayList<>();
    int line = 0;
    for (String text : Files.readAllLines(csv)) {
      line++;
      if ((!text.endsWith(",offer") || line % 4 == 0)
          && (!text.endsWith(",bill") || line % 8 == 0)) {
        kept.add(text);
      }
    }
    Cli cli =
        new Cli(folder)
            .set("data.table", folder.resolve("letters"))
            .set("data.id", "id")
            .set("data.text", "[text]")
            .set("data.numeric", "[pages]")
            .set("features.words", "{ngrams: [1, 1], hash_bits: 12}")
            .set("evaluation.bootstrap", 20)
            .set("ensemble.members", 4)
            .set("ensemble.rounds", 3)
            .set("tune.folds", 2)
            .set("model.name", "letters");
    cli.run("ingest", "--set", "ingest.input=" + Letters.write(csv, kept)).succeeds();
    return cli;
  }

  private static Dataset<Row> table(String path) {
    return SparkForTests.session().read().format("delta").load(path);
  }

  @Test
  void sweepsComparesKindsOfEnsemblesWithASingleModel() throws IOException {
    JsonNode tuned =
        ingested()
            .run(
                "tune",
                "--set",
                "tune.metric=macro_recall",
                "--set",
                "tune.space={ensemble.type: [none, balanced_bagging, easy_ensemble, rus_boost], learner.type: [logistic, squared_hinge], ensemble.vote: {choice: [decisions, probabilities], when: {ensemble.type: rus_boost}}}")
            .succeeds()
            .json();

    Dataset<Row> trials = table(tuned.at("/sweep/trials_table").asText());
    assertThat(trials.filter("state = 'complete'").count()).isEqualTo(10 * 2);
    assertThat(trials.select("trial_key").distinct().count()).isEqualTo(10);
    assertThat(tuned.at("/sweep/best_parameters/ensemble.type").asText()).isNotEqualTo("none");
  }

  @Test
  void publishedEnsembleEvaluatesAndScoresTheSameBitsEverywhere()
      throws IOException, InterruptedException {
    Cli cli = ingested().set("ensemble.type", "easy_ensemble");
    JsonNode trained = cli.run("train").succeeds().json();
    JsonNode evaluated = cli.run("evaluate").succeeds().json();
    assertThat(evaluated.at("/metrics/macro_f1")).isEqualTo(trained.at("/metrics/macro_f1"));
    assertThat(trained.at("/metrics/macro_f1").asDouble()).isGreaterThan(0.7);

    Path model = Path.of(trained.path("path").asText());
    JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file(model, "model.json")));
    assertThat(json.path("scorer").asText()).isEqualTo("ensemble");
    assertThat(json.path("members").asInt()).isBetween(4, 12);
    assertThat(json.at("/provenance/config/ensemble/type").asText()).isEqualTo("easy_ensemble");
    assertThat(Files.readString(Path.of(trained.path("report").asText()))).contains("invoice");

    assertThat(cli.run("train").succeeds().json().path("status").asText()).isEqualTo("unchanged");
    assertThat(cli.run("models", "show", "letters", "champion").succeeds().json().at("/facts/test"))
        .isNotEmpty();
    assertSameBits(cli, trained.path("path").asText());
  }

  private static Path file(Path model, String name) throws IOException {
    try (var files = Files.walk(model)) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private void assertSameBits(Cli cli, String model) throws IOException, InterruptedException {
    String letters = folder.resolve("letters").toString();
    String scored = folder.resolve("scored").toString();
    cli.run("score", "--set", "score.input=" + letters, "--set", "score.output=" + scored)
        .succeeds();
    Map<String, Map<String, Double>> onSpark = new HashMap<>();
    for (Row row : table(scored).collectAsList()) {
      onSpark.put(row.getAs("id"), row.getJavaMap(row.fieldIndex("probabilities")));
    }
    Path records = folder.resolve("records.jsonl");
    Files.write(records, table(letters).toJSON().collectAsList());

    List<String> lines = PlainJvm.score(model, records);

    assertThat(lines).hasSameSizeAs(onSpark.keySet());
    for (String line : lines) {
      JsonNode plain = new ObjectMapper().readTree(line);
      onSpark
          .get(plain.path("id").asText())
          .forEach(
              (label, probability) ->
                  assertThat(
                          Double.doubleToLongBits(plain.at("/probabilities/" + label).asDouble()))
                      .isEqualTo(Double.doubleToLongBits(probability)));
    }
  }

  @Test
  void whatCannotTrainAnEnsembleRefusesInOneLine() throws IOException {
    Cli cli = ingested().set("ensemble.type", "rus_boost");
    cli.run("tune", "--set", "tune.plan=data_parallel")
        .failsWith(
            2,
            "ensemble.type: rus_boost measures every round on all rows in one place, but tune.plan: data_parallel spreads them; set ensemble.type to easy_ensemble or balanced_bagging");
    cli.run(
            "tune",
            "--set",
            "ensemble.type=easy_ensemble",
            "--set",
            "sampling.method=smote",
            "--set",
            "tune.plan=data_parallel")
        .failsWith(
            2,
            "ensemble.type: easy_ensemble draws balanced subsets from resampled rows in one place (sampling.method: smote), but tune.plan: data_parallel spreads them; set one of both to none");
    cli.run(
            "tune",
            "--set",
            "learner={type: spark, estimator: org.apache.spark.ml.classification.FMClassifier}")
        .failsWith(
            2,
            "learner.estimator: FMClassifier cannot weigh rows, which ensemble.type: rus_boost asks for; leave that out, or choose another estimator");
    cli.run("tune", "--set", "tune.trial_seconds=1e-9")
        .failsWith(3, "fold 0 was not trained within tune.trial_seconds");
  }
}
