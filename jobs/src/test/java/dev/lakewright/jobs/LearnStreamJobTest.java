package dev.lakewright.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.LabelledTable;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.lake.StreamedRows;
import dev.lakewright.linear.FtrlProximal;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearStart;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.FeatureCounter;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.LearnerState;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.ClassTotals;
import dev.lakewright.tuning.LinearProblems;
import dev.lakewright.tuning.WarmStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A champion that learns from its table's commits, through the command line. */
class LearnStreamJobTest {

  @TempDir static Path trained;
  @TempDir static Path unkilled;

  @TempDir Path folder;

  private Cli cli;

  /** Four commits of 100 rows each come after the champion. */
  @BeforeAll
  static void trainAChampion() throws IOException {
    Cli cli = cli(trained);
    cli.run("ingest", "--set", "ingest.input=" + Letters.csv(cli.path("letters.csv"), 400, 1))
        .succeeds();
    cli.run("train").succeeds();
    for (int commit = 0; commit < 4; commit++) {
      append(trained, more(trained, 100, "c" + commit + "-"));
    }
    FileUtils.copyDirectory(trained.toFile(), unkilled.toFile());
    cli(unkilled).run("learn-stream").succeeds();
  }

  @BeforeEach
  void copyTableAndChampion() throws IOException {
    FileUtils.copyDirectory(trained.toFile(), folder.toFile());
    cli = cli(folder);
  }

  private static Cli cli(Path folder) {
    return new Cli(folder)
        .set("data.table", folder.resolve("letters"))
        .set("data.id", "id")
        .set("data.text", "[text]")
        .set("features.words", "{ngrams: [1, 1], hash_bits: 12}")
        .set("learner.l2", 1e-3)
        .set("evaluation.bootstrap", 10)
        .set("stream.max_files", 1)
        .set("model.name", "letters");
  }

  private static Dataset<Row> table(Path folder) {
    return SparkForTests.session()
        .read()
        .format("delta")
        .load(folder.resolve("letters").toString());
  }

  private static void append(Path folder, Dataset<Row> rows) {
    rows.coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(folder.resolve("letters").toString());
  }

  /** Copies of the first letters, under ids of their own. */
  private static Dataset<Row> more(Path folder, int count, String prefix) {
    return table(folder)
        .where(col("id").startsWith("r"))
        .orderBy("id")
        .limit(count)
        .withColumn("id", concat(lit(prefix), col("id")));
  }

  private void sql(String statement) {
    SparkForTests.session().sql(statement.formatted("delta.`" + folder.resolve("letters") + "`"));
  }

  private JsonNode learn(String... more) {
    List<String> words = new ArrayList<>(List.of("learn-stream"));
    words.addAll(List.of(more));
    return cli.run(words.toArray(String[]::new)).succeeds().json();
  }

  private static Path weightsFile(Path folder, int version) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("models/letters/versions/" + version))) {
      return files.filter(file -> file.endsWith("weights.safetensors")).findFirst().orElseThrow();
    }
  }

  private static Classifier model(Path folder, int version) throws IOException {
    return Classifier.load(weightsFile(folder, version).getParent());
  }

  private static byte[] weights(Path folder) {
    try {
      return Files.readAllBytes(weightsFile(folder, 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> states(Path folder) {
    try (Stream<Path> files = Files.list(folder.resolve("models/letters/streams/1/states"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LearnerState lastState(Path folder) throws IOException {
    List<Path> states = states(folder);
    Path last = states.get(states.size() - 1);
    return LearnerState.read(last.toString(), Files.readAllBytes(last));
  }

  private static Dataset<Row> metrics(Path folder) {
    return SparkForTests.session()
        .read()
        .format("delta")
        .load(folder.resolve("models/letters/streams/metrics").toString())
        .orderBy("batch");
  }

  @Test
  void everyCommitIsLearntOnceAndPublishedUnderAnAliasOfItsOwn() throws IOException {
    JsonNode result = learn();

    assertThat(result.path("status").asText()).isEqualTo("published");
    assertThat(result.path("rows").asLong()).isEqualTo(400);
    assertThat(result.path("batches").asLong()).isEqualTo(4);
    assertThat(result.at("/data/version").asLong()).isEqualTo(4);
    assertThat(result.path("learnt_rows").asLong()).isBetween(280L, 360L);
    JsonNode origin = Classifier.load(Path.of(result.path("path").asText())).provenance();
    assertThat(origin.at("/data/version").asLong()).isEqualTo(4);
    assertThat(origin.at("/data/rows").asLong()).isEqualTo(800);
    assertThat(origin.at("/retraining/mode").asText()).isEqualTo("stream");
    assertThat(origin.at("/retraining/learnt_versions")).hasToString("[0]");
    assertThat(cli.run("models", "show", "letters", "stream").succeeds().json().path("version"))
        .hasToString("2");
    assertThat(cli.run("models", "show", "letters", "champion").succeeds().json().path("version"))
        .hasToString("1");
    assertThat(states(folder)).hasSize(3);

    JsonNode again = learn();
    assertThat(again.path("status").asText()).isEqualTo("unchanged");
    assertThat(cli.run("models", "show", "letters").succeeds().out())
        .doesNotContain("\"version\":3");
    append(folder, more(folder, 50, "later-"));
    JsonNode later = learn();
    assertThat(later.path("rows").asLong()).isEqualTo(50);
    assertThat(later.path("version").asInt()).isEqualTo(3);
  }

  @Test
  void metricsTellHowEachMicroBatchWasPredictedBeforeItWasLearnt() {
    learn();
    List<Row> rows = metrics(folder).collectAsList();
    assertThat(rows).hasSize(4);
    long cumulative = 0;
    for (int batch = 0; batch < 4; batch++) {
      Row row = rows.get(batch);
      cumulative += 100;
      assertThat(row.<Long>getAs("batch")).isEqualTo(batch);
      assertThat(row.<Long>getAs("version")).isEqualTo(batch + 1);
      assertThat(row.<Long>getAs("rows")).isEqualTo(100);
      assertThat(row.<Long>getAs("learnt") + row.<Long>getAs("held_out")).isEqualTo(100);
      assertThat(row.<Long>getAs("cumulative_rows")).isEqualTo(cumulative);
      assertThat(row.<Double>getAs("accuracy")).isBetween(0.8, 1.0);
    }
    double mean = rows.stream().mapToDouble(row -> row.<Double>getAs("accuracy")).sum() / 4;
    assertThat(rows.get(3).<Double>getAs("cumulative_accuracy"))
        .isCloseTo(mean, org.assertj.core.data.Offset.offset(1e-12));
  }

  @Test
  void oneMicroBatchIsLearntAsItsRowsAreInTheOrderOfTheirKeys() throws IOException {
    learn("--set", "stream.max_files=100", "--set", "stream.remember=0");

    LakewrightConfig config =
        ConfigDocument.load(
                Optional.empty(),
                List.of(
                    "data.table=" + folder.resolve("letters"),
                    "data.id=id",
                    "data.text=[text]",
                    "learner.l2=1e-3"),
                Map.of())
            .bind(LakewrightConfig.class);
    Classifier champion = model(folder, 1);
    long[] counts =
        champion.labels().stream()
            .mapToLong(
                label -> champion.provenance().at("/data/training_rows").path(label).asLong())
            .toArray();
    LinearProblem problem =
        LinearProblems.of(
            config.learner(), config.sampling(), champion.labels(), ClassTotals.counted(counts));
    FtrlProximal learner =
        new FtrlProximal(
            problem,
            3,
            WarmStart.of(champion, champion.featurizer(), champion.labels()).orElseThrow(),
            LongStream.of(counts).sum(),
            0.05);
    learner.learn(newTrainingRows(config, champion));

    LinearScorer learnt = (LinearScorer) model(folder, 2).scorer();
    LinearScorer before = (LinearScorer) champion.scorer();
    LinearStart expected = learner.weights();
    LinearScorer same =
        new LinearScorer(
            champion.featurizer().size(), 3, expected.weights(), expected.intercepts());
    boolean moved = false;
    for (int feature = 0; feature < champion.featurizer().size(); feature++) {
      for (int label = 0; label < 3; label++) {
        assertThat(learnt.weight(feature, label)).isEqualTo(same.weight(feature, label));
        moved |= learnt.weight(feature, label) != before.weight(feature, label);
      }
    }
    assertThat(moved).isTrue();
  }

  private RowMatrix newTrainingRows(LakewrightConfig config, Classifier champion) {
    Dataset<Row> added = table(folder).where(col("id").startsWith("c"));
    Dataset<Row> selected =
        new LabelledTable(config.data(), "letters")
            .select(added, config.data().split().seed(), List.of());
    RowMatrix matrix = new RowMatrix(champion.featurizer().size());
    FeatureCounter counter = champion.featurizer().newCounter();
    FeatureCounts counts = counter.newCounts();
    SparseVector vector = new SparseVector();
    for (Row row :
        new StreamedRows(SparkForTests.session(), config.data())
            .check(selected)
            .labelled()
            .where(not(col(ColumnNames.TEST)))
            .orderBy(ColumnNames.KEY)
            .collectAsList()) {
      counter.count(champion.features(Map.of("text", row.<String>getAs("text"))), counts);
      champion.featurizer().weigh(counts, vector);
      matrix.add(vector, champion.labels().indexOf(row.<String>getAs(ColumnNames.LABEL)), 1);
    }
    return matrix;
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream.before-state.1", "stream.after-state.1", "stream.before-alias"})
  void killedAnywhereItNeitherLosesNorRepeatsARow(String place) throws Exception {
    LakewrightProcess process =
        LakewrightProcess.start(List.of("-Dlakewright.fault=" + place), cli, "learn-stream");
    assertThat(process.exitCode()).as(process.err()).isEqualTo(137);

    learn();
    assertSameAsUnkilled(folder);
  }

  @Test
  void killedBySignalItGoesOnToTheSameWeights() throws Exception {
    for (int state = 1; state <= 3; state += 2) {
      Path other = Files.createDirectory(folder.resolve("killed" + state));
      FileUtils.copyDirectory(trained.toFile(), other.toFile());
      LakewrightProcess process = LakewrightProcess.start(cli(other), "learn-stream");
      Path file =
          other.resolve("models/letters/streams/1/states/000000000%d.safetensors".formatted(state));
      process.await(() -> Files.exists(file)).kill();
      assertThat(file).as(process.err()).exists();

      cli(other).run("learn-stream").succeeds();
      assertSameAsUnkilled(other);
    }
  }

  private static void assertSameAsUnkilled(Path other) throws IOException {
    assertThat(weights(other)).isEqualTo(weights(unkilled));
    LearnerState expected = lastState(unkilled);
    LearnerState found = lastState(other);
    assertThat(found.sums()).isEqualTo(expected.sums());
    assertThat(found.squares()).isEqualTo(expected.squares());
    assertThat(metrics(other).drop("seconds").collectAsList())
        .isEqualTo(metrics(unkilled).drop("seconds").collectAsList());
    assertThat(cli(other).run("models", "show", "letters", "stream").json().path("version"))
        .hasToString("2");
  }

  @Test
  void rowsOfUnknownClassesAreCountedNotLearnt() {
    append(
        folder,
        more(folder, 30, "u-")
            .withColumn("label", when(col("id").endsWith("1"), "essay").otherwise(col("label"))));
    Cli.Run run = cli.run("learn-stream").succeeds();
    assertThat(run.err()).contains("of classes that the model does not know, such as essay");
    assertThat(run.json().path("unknown_class_rows").asLong()).isPositive();
  }

  @Test
  void deletedRowsEndTheStreamOrArePassedOver() {
    sql("DELETE FROM %s WHERE id = 'r1'");
    cli.run("learn-stream").failsWith(3, "which a stream cannot unlearn; run lakewright retrain");

    JsonNode skipping = learn("--set", "stream.on_change=skip");
    assertThat(metrics(folder).selectExpr("sum(rows)").head().getLong(0)).isEqualTo(400);
    assertThat(skipping.path("learnt_rows").asLong()).isPositive();
    JsonNode origin = Classifier.load(Path.of(skipping.path("path").asText())).provenance();
    assertThat(origin.at("/data/version").asLong()).as("retrain looks at all since then").isZero();
    cli.run("models", "promote", "letters", "2").succeeds();
    cli.run("learn-stream").failsWith(2, "passed over changed rows");
    assertThat(cli.run("retrain").succeeds().json().at("/retraining/mode").asText())
        .isEqualTo("full");
  }

  @Test
  void aPromotedStreamIsGoneOnFromAndRetrainedFrom() {
    learn();
    cli.run("models", "promote", "letters", "2").succeeds();
    assertThat(learn().path("status").asText()).isEqualTo("unchanged");
    assertThat(cli.run("retrain").succeeds().json().path("status").asText()).isEqualTo("unchanged");
    append(folder, more(folder, 20, "promoted-"));
    JsonNode next = learn();
    assertThat(next.path("champion").asInt()).isEqualTo(2);
    assertThat(next.path("rows").asLong()).isEqualTo(20);
  }

  @Test
  void continuousEndsWhenItsTimeIsOver() {
    JsonNode result =
        learn(
            "--set",
            "stream.trigger=continuous",
            "--set",
            "stream.seconds=0",
            "--set",
            "stream.minutes=0.75",
            "--set",
            "stream.publish_batches=2");
    assertThat(result.path("rows").asLong()).isEqualTo(400);
    assertThat(result.path("version").asInt()).isEqualTo(3);
  }

  @Test
  void whatCannotBeGoneOnWithIsSaidInOneLine() throws IOException {
    cli.run("learn-stream", "--set", "stream.alias=champion")
        .failsWith(2, "stream.alias and model.alias are both champion");
    cli.run("learn-stream", "--set", "model.name=nobody").failsWith(2, "nobody");
    learn();
    cli.run("learn-stream", "--set", "stream.rate=0.1")
        .failsWith(4, "began with stream.rate: 0.05, not 0.1");
    Path stream = folder.resolve("models/letters/streams/1");
    FileUtils.moveDirectory(stream.resolve("checkpoint").toFile(), folder.resolve("away").toFile());
    append(folder, more(folder, 10, "lost-"));
    cli.run("learn-stream").failsWith(4, "of micro-batch 3 is lost");
    FileUtils.moveDirectory(folder.resolve("away").toFile(), stream.resolve("checkpoint").toFile());
    FileUtils.moveDirectory(stream.resolve("states").toFile(), folder.resolve("away").toFile());
    cli.run("learn-stream").failsWith(4, "are lost, so that what was learnt cannot be told");
    FileUtils.moveDirectory(folder.resolve("away").toFile(), stream.resolve("states").toFile());
    byte[] state = Files.readAllBytes(states(folder).get(2));
    state[state.length / 2] ^= 1;
    Files.write(states(folder).get(2), state);
    cli.run("learn-stream").failsWith(4, "does not fit its checksum");
  }

  @Test
  void anotherTableInItsPlaceIsSaidInOneLine() throws IOException {
    Dataset<Row> rows = more(folder, 30, "other-");
    List<Row> kept = rows.collectAsList();
    FileUtils.deleteDirectory(folder.resolve("letters").toFile());
    append(folder, SparkForTests.session().createDataFrame(kept, rows.schema()));
    cli.run("learn-stream").failsWith(3, "is another table");
  }

  @Test
  void aMissingColumnIsSaidInOneLine() {
    Dataset<Row> rows = table(folder).drop("text");
    rows.write()
        .format("delta")
        .mode("overwrite")
        .option("overwriteSchema", true)
        .save(folder.resolve("letters").toString());
    cli.run("learn-stream").failsWith(3, "has no column text (data.text)");
  }
}
