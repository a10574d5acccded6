package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.registry.LoadedVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.s3.S3Server;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables, trials and models in a bucket. */
class LifeOnS3Test {

  @TempDir Path folder;

  @Test
  void everythingLivesInABucket() {
    S3Server server = S3Server.shared();
    String lake = server.uri("life/" + folder.getFileName());
    Cli cli =
        new Cli(folder)
            .set("registry.path", lake + "/models")
            .set("data.table", lake + "/letters")
            .set("data.id", "id")
            .set("data.text", "[text]")
            .set("features.words", "{ngrams: [1, 2], hash_bits: 14}")
            .set("tune.space", "{learner.l2: [1e-1, 1e-3]}")
            .set("evaluation.bootstrap", 50)
            .set("model.name", "letters")
            .set("score.input", lake + "/letters")
            .set("score.output", lake + "/scored");
    server
        .settings()
        .forEach(
            (key, value) -> {
              cli.set("spark.spark.hadoop." + key, value);
              SparkForTests.session().sparkContext().hadoopConfiguration().set(key, value);
            });

    cli.run("ingest", "--set", "ingest.input=" + Letters.csv(cli.path("letters.csv"), 120, 1))
        .succeeds();
    JsonNode trained = cli.run("train").succeeds().json();
    assertThat(trained.path("status").asText()).isEqualTo("published");
    assertThat(cli.run("train").succeeds().json().path("status").asText()).isEqualTo("unchanged");
    assertThat(cli.run("evaluate").succeeds().json().at("/metrics/macro_f1"))
        .isEqualTo(trained.at("/metrics/macro_f1"));
    assertThat(cli.run("score").succeeds().json().path("rows").asInt()).isEqualTo(120);
    cli.run("models", "verify", "--all").succeeds();

    LoadedVersion champion =
        Registry.open(lake + "/models", server.settings())
            .load("letters", "champion", ClassifierStorage.FILES);
    Classifier classifier = ClassifierStorage.read(champion.files());
    assertThat(classifier.labels()).hasSize(3);
  }
}
