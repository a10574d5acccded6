package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten kinds of Chinese news titles: trained on one file, measured on another. */
class ChineseTitlesTest {

  @TempDir Path folder;

  @Test
  void titlesAreToldApart() {
    Path data = Path.of(System.getProperty("lakewright.root"), "..", "shared", "data").normalize();
    Path train = data.resolve("thucnews-dev.jsonl.gz");
    Path test = data.resolve("thucnews-test.jsonl.gz");
    assumeTrue(
        Files.exists(train) && Files.exists(test), "no sample titles at " + data + ": skipped");
    Cli cli =
        new Cli(folder)
            .set("data.id", "id")
            .set("data.text", "[text]")
            .set("data.split.test", 0)
            .set("ingest.format", "jsonl")
            .set("features.language", "chinese")
            .set("features.words", "{ngrams: [1, 2], hash_bits: 15}")
            .set("features.chars", "{ngrams: [1, 2], hash_bits: 15}")
            .set("tune.folds", 2)
            .set("learner.l2", "1e-4")
            .set("evaluation.bootstrap", 20)
            .set("evaluation.rows", "all")
            .set("model.name", "titles");
    String trainTable = "data.table=" + folder.resolve("train");
    String testTable = "data.table=" + folder.resolve("test");
    cli.run("ingest", "--set", trainTable, "--set", "ingest.input=" + train).succeeds();
    cli.run("ingest", "--set", testTable, "--set", "ingest.input=" + test).succeeds();
    cli.run("train", "--set", trainTable).succeeds();
    JsonNode result = cli.run("evaluate", "--set", testTable).succeeds().json();

    assertThat(result.path("rows").asInt()).isEqualTo(10_000);
    assertThat(result.at("/metrics/macro_f1").asDouble()).isGreaterThanOrEqualTo(0.80);
  }
}
