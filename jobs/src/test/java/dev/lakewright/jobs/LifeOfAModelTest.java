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

/** From a CSV file to scores, through the command line. */
class LifeOfAModelTest {

  private static final int ROWS = 1000;

  @TempDir Path folder;

  private Cli trained(int rows) {
    Cli cli = cli();
    cli.run("ingest", "--set", "ingest.input=" + Letters.csv(cli.path("letters.csv"), rows, 1))
        .succeeds();
    return cli;
  }

  private Cli cli() {
    return new Cli(folder)
        .set("data.table", folder.resolve("letters"))
        .set("data.id", "id")
        .set("data.text", "[text]")
        .set("data.numeric", "[pages]")
        .set("data.categorical", "[city]")
        .set("features.words", "{ngrams: [1, 2], hash_bits: 14}")
        .set("tune.space", "{learner.l2: [1e-1, 1e-3]}")
        .set("evaluation.bootstrap", 50)
        .set("model.name", "letters");
  }

  @Test
  void trainingPublishesAVersionThatEvaluatesAndTellsItsOrigin() {
    Cli cli = trained(ROWS);
    JsonNode result = cli.run("train").succeeds().json();

    assertThat(result.path("status").asText()).isEqualTo("published");
    assertThat(result.path("version").asInt()).isEqualTo(1);
    assertThat(result.at("/metrics/macro_f1").asDouble()).isGreaterThan(0.9);
    assertThat(result.at("/data/training_rows")).hasSize(3);
    assertThat(Path.of(result.path("report").asText())).exists();
    Dataset<Row> trials =
        SparkForTests.session()
            .read()
            .format("delta")
            .load(result.at("/sweep/trials_table").asText());
    assertThat(trials.count()).isEqualTo(2 * 3);
    Dataset<Row> outOfFold =
        SparkForTests.session()
            .read()
            .format("delta")
            .load(result.at("/sweep/out_of_fold_table").asText());
    long training = 0;
    for (JsonNode count : result.at("/data/training_rows")) {
      training += count.asLong();
    }
    assertThat(outOfFold.count()).isEqualTo(2 * training);

    JsonNode evaluated = cli.run("evaluate").succeeds().json();
    assertThat(evaluated.at("/metrics/macro_f1")).isEqualTo(result.at("/metrics/macro_f1"));
    JsonNode shown = cli.run("models", "show", "letters", "champion").succeeds().json();
    assertThat(shown.at("/facts/data/version").asLong()).isZero();
  }

  @Test
  void trainingAgainPublishesNothing() {
    Cli cli = trained(200);
    JsonNode first = cli.run("train").succeeds().json();
    JsonNode second = cli.run("train").succeeds().json();

    assertThat(second.path("status").asText()).isEqualTo("unchanged");
    assertThat(second.path("version")).isEqualTo(first.path("version"));
    assertThat(second.path("checksum")).isEqualTo(first.path("checksum"));
    JsonNode third = cli.run("train", "--set", "data.split.seed=8").succeeds().json();
    assertThat(third.path("status").asText()).isEqualTo("published");
    assertThat(third.path("version").asInt()).isEqualTo(2);
  }

  @Test
  void modelDoesNotDependOnPartitions() {
    List<String> checksums = new ArrayList<>();
    trained(300);
    for (int partitions : new int[] {1, 2, 7}) {
      SparkForTests.session().conf().set("spark.sql.shuffle.partitions", partitions);
      SparkForTests.session().conf().set("spark.sql.files.maxPartitionBytes", 4096L * partitions);
      Cli cli = cli().set("registry.path", folder.resolve("models" + partitions));
      checksums.add(cli.run("train").succeeds().json().path("checksum").asText());
    }
    SparkForTests.session().conf().set("spark.sql.shuffle.partitions", 2);
    SparkForTests.session().conf().unset("spark.sql.files.maxPartitionBytes");
    assertThat(checksums.stream().distinct()).hasSize(1);
  }

  @Test
  void ingestingTheSameFileAgainAddsNothing() {
    Cli cli = trained(50);
    JsonNode again =
        cli.run("ingest", "--set", "ingest.input=" + cli.path("letters.csv")).succeeds().json();
    assertThat(again.path("status").asText()).isEqualTo("unchanged");
    assertThat(
            SparkForTests.session()
                .read()
                .format("delta")
                .load(folder.resolve("letters").toString())
                .count())
        .isEqualTo(50);
  }

  /** A JVM that has nothing but common and its dependencies gives the same bits. */
  @Test
  void sparkAndAPlainJvmGiveTheSameBits() throws IOException, InterruptedException {
    Cli cli =
        trained(ROWS)
            .set("sampling.class_weights", "{offer: 3}")
            .set("calibration.priors", "{offer: 0.1}")
            .set("thresholds.goal", "macro_f1");
    String model = cli.run("train").succeeds().json().path("path").asText();
    cli.run(
            "score",
            "--set",
            "score.input=" + folder.resolve("letters"),
            "--set",
            "score.output=" + folder.resolve("scored"))
        .succeeds();
    Map<String, Map<String, Double>> spark = new HashMap<>();
    for (Row row :
        SparkForTests.session()
            .read()
            .format("delta")
            .load(folder.resolve("scored").toString())
            .collectAsList()) {
      spark.put(row.getAs("id"), row.getJavaMap(row.fieldIndex("probabilities")));
    }
    Path records = folder.resolve("records.jsonl");
    Files.write(
        records,
        SparkForTests.session()
            .read()
            .format("delta")
            .load(folder.resolve("letters").toString())
            .toJSON()
            .collectAsList());

    List<String> lines = PlainJvm.score(model, records);

    assertThat(lines).hasSize(ROWS);
    assertThat(spark).hasSize(ROWS);
    for (String line : lines) {
      JsonNode scored = new ObjectMapper().readTree(line);
      Map<String, Double> expected = spark.get(scored.path("id").asText());
      expected.forEach(
          (label, probability) ->
              assertThat(Double.doubleToLongBits(scored.at("/probabilities/" + label).asDouble()))
                  .isEqualTo(Double.doubleToLongBits(probability)));
    }
  }

  @Test
  void scoringTheSameRowsAgainAddsNothing() {
    Cli cli =
        trained(100)
            .set("score.input", folder.resolve("letters"))
            .set("score.output", folder.resolve("scored"));
    cli.run("train").succeeds();
    assertThat(cli.run("score").succeeds().json().path("rows").asInt()).isEqualTo(100);
    assertThat(cli.run("score").succeeds().json().path("status").asText()).isEqualTo("unchanged");
  }

  @Test
  void tuneRecordsTrialsAndPublishesNothing() {
    Cli cli = trained(150);
    JsonNode tuned =
        cli.run(
                "tune",
                "--set",
                "tune.sampler=random",
                "--set",
                "tune.trials=3",
                "--set",
                "tune.space={learner.l2: {log_uniform: [1e-4, 1]}, features.words.sublinear: [true, false]}")
            .succeeds()
            .json();
    assertThat(tuned.path("status").asText()).isEqualTo("tuned");
    assertThat(tuned.at("/sweep/trials").asInt()).isEqualTo(3);
    assertThat(folder.resolve("models/letters/versions")).doesNotExist();
  }

  @Test
  void vocabularyModeChoosesTermsPerFold() {
    JsonNode result =
        trained(300)
            .run(
                "train",
                "--set",
                "features.words={ngrams: [1, 2], mode: vocabulary, max_terms: 60, min_df: 2}")
            .succeeds()
            .json();
    assertThat(result.at("/metrics/macro_f1").asDouble()).isGreaterThan(0.8);
  }
}
