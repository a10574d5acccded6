package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.lake.SparkForTests;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Augmentation through the command line: as a choice of a sweep, and where it is refused. */
class AugmentedSweepTest {

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
    cli.run("ingest", "--set", "ingest.input=" + Letters.csv(cli.path("letters.csv"), 300, 1))
        .succeeds();
  }

  @Test
  void copiesAreAChoiceOfASweepAndOnlyRowsAreScored() {
    JsonNode result =
        cli.set("sampling.augmentation.target", "all")
            .set("tune.space", "{sampling.augmentation.copies: [0, 2], learner.l2: [1e-2, 1e-3]}")
            .run("train")
            .succeeds()
            .json();
    assertThat(result.at("/sweep/trials").asInt()).isEqualTo(4);
    assertThat(result.at("/sweep/failed").asInt()).isZero();
    Dataset<Row> scores =
        SparkForTests.session()
            .read()
            .format("delta")
            .load(result.at("/sweep/out_of_fold_table").asText());
    long training = 0;
    for (JsonNode rows : result.at("/data/training_rows")) {
      training += rows.asLong();
    }
    assertThat(scores.count()).isEqualTo(4 * training);
    assertThat(scores.select("id").distinct().count()).isEqualTo(training);
  }

  @Test
  void estimatorsOfSparkTrainOnCopiesToo() {
    JsonNode result =
        cli.set("learner.type", "spark")
            .set("learner.estimator", "org.apache.spark.ml.classification.NaiveBayes")
            .set("sampling.augmentation", "{copies: 1, target: all}")
            .run("tune")
            .succeeds()
            .json();
    assertThat(result.at("/sweep/best").asDouble()).isGreaterThan(0.5);
  }

  @Test
  void mixUpTrainsWhereRowsAreInOnePlaceAndIsRefusedElsewhere() {
    cli.set("sampling.augmentation.mix_up", 1);
    cli.run("tune", "--set", "tune.plan=data-parallel")
        .failsWith(
            2,
            "mix_up takes a fold's rows in one place, but tune.plan: data_parallel spreads them;"
                + " set sampling.augmentation.mix_up: 0");
    assertThat(cli.run("tune").succeeds().json().at("/sweep/failed").asInt()).isZero();
  }

  @Test
  void aClassThatTheTableDoesNotHaveIsRefusedByName() {
    cli.set("sampling.augmentation", "{copies: 2, counts: {bil: 500}}");
    cli.run("tune")
        .failsWith(
            2,
            "sampling.augmentation.counts names the class bil, but the training rows hold only"
                + " [bill, greeting, offer]");
  }
}
