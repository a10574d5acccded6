package dev.lakewright.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.model.Classifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a published model as its table changes, through the command line. */
class RetrainJobTest {

  @TempDir static Path trained;

  @TempDir Path folder;

  private Cli cli;

  @BeforeAll
  static void trainAChampion() {
    Cli cli = cli(trained, "models");
    cli.run("ingest", "--set", "ingest.input=" + Letters.csv(cli.path("letters.csv"), 600, 1))
        .succeeds();
    cli.run("train").succeeds();
  }

  /**
   * Every test has a table and a registry of its own, moved from where the champion was trained.
   */
  @BeforeEach
  void copyTableAndChampion() throws IOException {
    FileUtils.copyDirectory(trained.toFile(), folder.toFile());
    cli = cli("models");
  }

  private Cli cli(String registry) {
    return cli(folder, registry);
  }

  private static Cli cli(Path folder, String registry) {
    return new Cli(folder)
        .set("registry.path", folder.resolve(registry))
        .set("data.table", folder.resolve("letters"))
        .set("data.id", "id")
        .set("data.text", "[text]")
        .set("features.words", "{ngrams: [1, 1], hash_bits: 12}")
        .set("learner.l2", 1e-3)
        .set("evaluation.bootstrap", 50)
        .set("retrain.gate.draws", 200)
        .set("retrain.gate.min_gain", -0.2)
        .set("model.name", "letters");
  }

  private Dataset<Row> table() {
    return SparkForTests.session()
        .read()
        .format("delta")
        .load(folder.resolve("letters").toString());
  }

  private void append(Dataset<Row> rows) {
    rows.write().format("delta").mode("append").save(folder.resolve("letters").toString());
  }

  /** Copies of some letters, under ids of their own. */
  private Dataset<Row> more(int count) {
    return table().orderBy("id").limit(count).withColumn("id", concat(lit("new"), col("id")));
  }

  private void sql(String statement) {
    SparkForTests.session().sql(statement.formatted("delta.`" + folder.resolve("letters") + "`"));
  }

  private Classifier model(JsonNode result) {
    return Classifier.load(Path.of(result.path("path").asText()));
  }

  private static String verdict(JsonNode result, String gate) {
    for (JsonNode one : result.at("/retraining/gates")) {
      if (one.path("gate").asText().equals(gate)) {
        return one.path("passed").asBoolean() ? "passed" : "failed";
      }
    }
    return "absent";
  }

  @Test
  void nothingNewIsKnownWithoutASparkJob() {
    sql("OPTIMIZE %s");
    JsonNode[] result = new JsonNode[1];
    int jobs = SparkForTests.jobsOf(() -> result[0] = cli.run("retrain").succeeds().json());
    assertThat(result[0].path("status").asText()).isEqualTo("unchanged");
    assertThat(result[0].path("version").asInt()).isEqualTo(1);
    assertThat(jobs).isZero();
  }

  @Test
  void newRowsAreLearntByThemselvesAndOnlyOnce() {
    append(more(40));
    JsonNode result = cli.run("retrain").succeeds().json();

    assertThat(result.path("status").asText()).isEqualTo("published");
    assertThat(result.path("version").asInt()).isEqualTo(2);
    assertThat(result.at("/retraining/mode").asText()).isEqualTo("incremental");
    assertThat(verdict(result, "gain")).isEqualTo("passed");
    assertThat(verdict(result, "recall")).isEqualTo("passed");
    JsonNode origin = model(result).provenance();
    assertThat(origin.at("/data/version").asLong()).isEqualTo(1);
    assertThat(origin.at("/data/rows").asLong()).isEqualTo(640);
    assertThat(origin.at("/retraining/added_rows").asLong()).isEqualTo(40);
    assertThat(origin.at("/retraining/since_version").asLong()).isZero();
    assertThat(origin.at("/retraining/learnt_versions")).hasToString("[0]");
    assertThat(origin.at("/retraining").has("split_settled_since")).isFalse();
    assertThat(origin.at("/retraining/replayed_rows").asLong()).isPositive();
    JsonNode shown = cli.run("models", "show", "letters", "champion").succeeds().json();
    assertThat(shown.path("version").asInt()).isEqualTo(2);
    assertThat(Path.of(result.path("report").asText()))
        .content()
        .contains("Champion against challenger");

    assertThat(cli.run("retrain").succeeds().json().path("status").asText()).isEqualTo("unchanged");
    append(more(40).withColumn("id", concat(lit("again"), col("id"))));
    JsonNode next = cli.run("retrain").succeeds().json();
    assertThat(next.at("/retraining/mode").asText()).isEqualTo("full");
    assertThat(next.at("/retraining/reason").asText())
        .contains("80 rows were added since the last full training on 600");
  }

  /** Which side a group of rows is on follows from its hash alone. */
  @Test
  void whatASettledSplitHoldsOutIsToldByWhatIsNew() {
    Cli grouped = cli("grouped").set("data.split", "{by: group, column: id}");
    grouped.run("train").succeeds();
    for (String copies : new String[] {"new", "newer"}) {
      append(more(40).withColumn("id", concat(lit(copies), col("id"))));
      JsonNode origin =
          model(grouped.run("retrain", "--set", "retrain.mode=incremental").succeeds().json())
              .provenance();
      JsonNode anew =
          model(grouped.run("train", "--set", "model.name=anew").succeeds().json()).provenance();
      assertThat(origin.at("/retraining/mode").asText()).isEqualTo("incremental");
      assertThat(origin.at("/retraining/split_settled_since").asLong(-1)).isZero();
      assertThat(origin.at("/data/training_rows")).isEqualTo(anew.at("/data/training_rows"));
      assertThat(origin.at("/data/test_rows")).isEqualTo(anew.at("/data/test_rows"));
    }
  }

  @Test
  void whereNoNewRowIsForTrainingNothingIsPublished() {
    append(more(20).withColumn("label", lit(null).cast("string")));
    for (String mode : new String[] {"auto", "full"}) {
      Cli.Run run = cli.run("retrain", "--set", "retrain.mode=" + mode).succeeds();
      assertThat(run.json().path("status").asText()).isEqualTo("unchanged");
      assertThat(run.json().path("version").asInt()).isEqualTo(1);
      assertThat(run.err()).contains("of the 20 rows that were added", "none is for training");
    }
  }

  @Test
  void whereOldFilesAreGoneItIsSaidThatRowsLearntFromMayBeComparedOn() {
    append(more(20));
    sql("OPTIMIZE %s");
    SparkForTests.session()
        .conf()
        .set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    sql("VACUUM %s RETAIN 0 HOURS");
    SparkForTests.session().conf().unset("spark.databricks.delta.retentionDurationCheck.enabled");
    Cli.Run run = cli.run("retrain", "--set", "retrain.mode=full").succeeds();
    assertThat(run.err())
        .contains("files of version 0 have been vacuumed")
        .contains("rows that version 1 was trained on may be among those that it is compared on");
  }

  @Test
  void aChampionThatKeepsItsPlaceThoughRowsWereRemovedIsSaidToHoldThemEachTime() {
    sql("DELETE FROM %s WHERE id IN ('r1', 'r2', 'r3')");
    cli.set("retrain.gate.min_gain", 0.9);
    for (int time = 0; time < 2; time++) {
      Cli.Run run = cli.run("retrain").succeeds();
      assertThat(run.json().path("status").asText()).isEqualTo("rejected");
      assertThat(run.json().path("version").asInt()).isEqualTo(2);
      assertThat(run.json().path("warning").asText())
          .contains("version 1 still holds what it learnt of 3 removed rows")
          .contains("models promote letters 2");
      assertThat(run.err()).contains(run.json().path("warning").asText());
    }
  }

  @Test
  void theSameRowsGiveTheSameModel() {
    append(more(40));
    JsonNode once = cli.run("retrain").succeeds().json();
    Cli other = cli("others");
    other.run("train", "--set", "data.version=0").succeeds();
    SparkForTests.session().conf().set("spark.sql.shuffle.partitions", 5);
    JsonNode again = other.run("retrain").succeeds().json();
    SparkForTests.session().conf().set("spark.sql.shuffle.partitions", 2);
    assertThat(again.path("status").asText()).isEqualTo("published");
    assertThat(weights(again)).isEqualTo(weights(once));
  }

  private static String weights(JsonNode result) {
    try {
      byte[] bytes =
          Files.readAllBytes(Path.of(result.path("path").asText(), "weights.safetensors"));
      return java.util.HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (IOException | java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void newClassesAndNewWordsAreTakenUp() {
    append(
        more(50)
            .withColumn("text", lit("riddle puzzle enigma guess solve"))
            .withColumn("label", lit("riddle")));
    for (String method : new String[] {"ftrl", "averaged_sgd"}) {
      JsonNode result =
          cli.run(
                  "retrain",
                  "--set",
                  "retrain.mode=incremental",
                  "--set",
                  "retrain.method=" + method,
                  "--set",
                  "retrain.rate=0.5",
                  "--set",
                  "retrain.passes=5")
              .succeeds()
              .json();
      Classifier learnt = model(result);
      assertThat(learnt.labels()).containsExactly("bill", "greeting", "offer", "riddle");
      assertThat(learnt.classify(Map.of("text", "guess this enigma")).label()).isEqualTo("riddle");
      assertThat(learnt.classify(Map.of("text", "invoice amount due")).label()).isEqualTo("bill");
      cli.run("models", "promote", "letters", "1").succeeds();
    }
  }

  @Test
  void deletedRowsDoNotSurvive() {
    sql("DELETE FROM %s WHERE id IN ('r1', 'r2', 'r3')");
    append(more(10));
    JsonNode result = cli.run("retrain").succeeds().json();

    assertThat(result.at("/retraining/mode").asText()).isEqualTo("full");
    assertThat(result.at("/retraining/reason").asText())
        .isEqualTo("3 rows that it learnt from were deleted or corrected");
    JsonNode origin = model(result).provenance();
    assertThat(origin.at("/retraining/removed_rows").asLong()).isEqualTo(3);
    assertThat(origin.at("/retraining/from_zero").asBoolean()).isTrue();
    assertThat(origin.at("/data/rows").asLong()).isEqualTo(607);
    JsonNode anew = cli("never-saw-them").run("train").succeeds().json();
    assertThat(weights(result)).isEqualTo(weights(anew));
    assertThat(result.path("seconds").fieldNames())
        .toIterable()
        .as("the phases of a training, and its own")
        .containsAll(anew.path("seconds")::fieldNames)
        .contains("changes", "compare");
  }

  @Test
  void rowsThatWereRelabelledAreLearntAnew() {
    sql("UPDATE %s SET label = 'offer' WHERE id IN ('r4', 'r5', 'r6') AND label <> 'offer'");
    JsonNode result = cli.run("retrain", "--set", "retrain.mode=incremental").succeeds().json();
    assertThat(result.at("/retraining/mode").asText()).isEqualTo("full");
    JsonNode origin = model(result).provenance().path("retraining");
    assertThat(origin.path("removed_rows").asLong()).isPositive();
    assertThat(origin.path("added_rows")).isEqualTo(origin.path("removed_rows"));
    JsonNode anew = cli("relabelled").run("train").succeeds().json();
    assertThat(weights(result)).isEqualTo(weights(anew));
  }

  @Test
  void aRejectedChallengerIsKeptWithoutAliasAndNotTrainedAgain() {
    append(more(20));
    cli.set("retrain.gate.min_gain", 0.9);
    JsonNode result = cli.run("retrain").succeeds().json();
    assertThat(result.path("status").asText()).isEqualTo("rejected");
    assertThat(result.path("version").asInt()).isEqualTo(2);
    assertThat(result.path("champion").asInt()).isEqualTo(1);
    assertThat(verdict(result, "gain")).isEqualTo("failed");
    JsonNode champion = cli.run("models", "show", "letters", "champion").succeeds().json();
    assertThat(champion.path("version").asInt()).isEqualTo(1);

    JsonNode again = cli.run("retrain").succeeds().json();
    assertThat(again.path("status").asText()).isEqualTo("unchanged");
    assertThat(again.path("version").asInt()).isEqualTo(2);
  }

  @Test
  void aRejectedChallengerRunsBesideTheChampionIfAskedTo() throws IOException {
    append(more(20));
    cli.set("retrain.gate.min_gain", 0.9).set("retrain.shadow", "rejected");
    JsonNode result = cli.run("retrain").succeeds().json();
    assertThat(result.path("status").asText()).isEqualTo("rejected");
    assertThat(pointsTo("shadow")).isEqualTo(2);
    assertThat(pointsTo("champion")).isEqualTo(1);

    // a run that died before the alias moved is concluded
    Files.delete(folder.resolve("models/letters/aliases/shadow/00000001.json"));
    JsonNode again = cli.run("retrain").succeeds().json();
    assertThat(again.path("status").asText()).isEqualTo("rejected");
    assertThat(pointsTo("shadow")).isEqualTo(2);
    assertThat(cli.run("retrain").succeeds().json().path("status").asText()).isEqualTo("unchanged");
  }

  @Test
  void askingForAShadowLaterLearnsNothingAgain() {
    append(more(20));
    cli.set("retrain.gate.min_gain", 0.9);
    cli.run("retrain").succeeds();
    JsonNode result = cli.run("retrain", "--set", "retrain.shadow=rejected").succeeds().json();
    assertThat(result.path("version").asInt()).isEqualTo(2);
    assertThat(pointsTo("shadow")).isEqualTo(2);
    cli.run("retrain", "--set", "model.alias=shadow", "--set", "retrain.shadow=every")
        .failsWith(
            2, "model.alias is shadow, which retrain.shadow: every would move past the gates");
  }

  @Test
  void everyChallengerWaitsAsShadowUntilItIsPromotedByHand() {
    append(more(20));
    cli.set("retrain.shadow", "every");
    Cli.Run run = cli.run("retrain").succeeds();
    assertThat(run.json().path("status").asText()).isEqualTo("shadow");
    assertThat(run.err()).contains("published as shadow beside version 1: letters version 2");
    assertThat(pointsTo("shadow")).isEqualTo(2);
    assertThat(pointsTo("champion")).isEqualTo(1);
    assertThat(cli.run("retrain").succeeds().json().path("status").asText()).isEqualTo("unchanged");

    cli.run("models", "promote", "letters", "shadow").succeeds();
    assertThat(pointsTo("champion")).isEqualTo(2);
    assertThat(cli.run("retrain").succeeds().json().path("status").asText()).isEqualTo("unchanged");
  }

  private int pointsTo(String alias) {
    return cli.run("models", "show", "letters", alias).succeeds().json().path("version").asInt();
  }

  @Test
  void aRunThatDiedBeforeTheAliasMovedIsConcluded() throws IOException {
    append(more(20));
    cli.run("retrain").succeeds();
    Files.delete(folder.resolve("models/letters/aliases/champion/00000002.json"));
    JsonNode again = cli.run("retrain").succeeds().json();
    assertThat(again.path("status").asText()).isEqualTo("published");
    assertThat(again.path("version").asInt()).isEqualTo(2);
    JsonNode champion = cli.run("models", "show", "letters", "champion").succeeds().json();
    assertThat(champion.path("version").asInt()).isEqualTo(2);
  }

  @Test
  void aRollbackIsNotUndone() {
    append(more(20));
    cli.run("retrain").succeeds();
    cli.run("models", "rollback", "letters").succeeds();
    assertThat(cli.run("retrain").succeeds().json().path("status").asText()).isEqualTo("unchanged");
    JsonNode champion = cli.run("models", "show", "letters", "champion").succeeds().json();
    assertThat(champion.path("version").asInt()).isEqualTo(1);
  }

  @Test
  void bothAreComparedOnSlicesAndTheGoldenTable() {
    table().limit(60).write().format("delta").save(folder.resolve("golden").toString());
    append(more(20));
    JsonNode result =
        cli.run(
                "retrain",
                "--set",
                "retrain.golden=" + folder.resolve("golden"),
                "--set",
                "retrain.slices={far east: city = '東京'}",
                "--set",
                "retrain.gate.max_score_shift=0.5",
                "--set",
                "retrain.gate.max_megabytes=50",
                "--set",
                "retrain.gate.max_microseconds=100000")
            .succeeds()
            .json();
    assertThat(result.at("/retraining/gates").findValuesAsText("rows"))
        .contains("held_out", "golden", "far east");
    for (String gate : new String[] {"slice", "score_shift", "size", "latency"}) {
      assertThat(verdict(result, gate)).as(gate).isEqualTo("passed");
    }
  }

  @Test
  void whatCannotBeDoneIsOneLine() {
    append(more(20));
    Cli.Run odd = cli.run("retrain", "--set", "retrain.slices={odd: nothing = 3}");
    odd.failsWith(2, "retrain.slices.odd is no condition on the table's columns");
    assertThat(odd.err()).doesNotContain("retraining, ");
    table().limit(0).write().format("delta").save(folder.resolve("empty").toString());
    cli.run("retrain", "--set", "retrain.golden=" + folder.resolve("empty"))
        .failsWith(3, "(retrain.golden) has no labelled rows to compare on");
    cli.run("retrain", "--set", "model.alias=shadow")
        .failsWith(2, "model letters has no alias shadow");
    table()
        .selectExpr("id", "1.5 AS price")
        .write()
        .format("delta")
        .mode("overwrite")
        .option("overwriteSchema", "true")
        .save(folder.resolve("letters").toString());
    cli.run("retrain").failsWith(3, "has no column label (data.label); its columns are id, price");
  }
}
