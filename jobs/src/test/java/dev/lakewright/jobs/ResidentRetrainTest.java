package dev.lakewright.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.lake.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.LiveListenerBus;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code retrain} that stays, through the command line, while others write to its table. */
class ResidentRetrainTest {

  @TempDir static Path trained;

  @TempDir Path folder;

  private Cli cli;
  private ResidentRun resident;
  private Set<Integer> before;

  @BeforeAll
  static void trainAChampion() {
    Cli cli = cli(trained);
    cli.run("ingest", "--set", "ingest.input=" + Letters.csv(cli.path("letters.csv"), 300, 1))
        .succeeds();
    cli.run("train").succeeds();
  }

  @BeforeEach
  void copyTableAndChampion() throws IOException {
    FileUtils.copyDirectory(trained.toFile(), folder.toFile());
    cli = cli(folder).set("retrain.every", 0.1);
    SparkForTests.session().catalog().clearCache();
    before = Set.copyOf(persistent().keySet());
  }

  @AfterEach
  void endIt() throws Exception {
    if (resident != null) {
      resident.end();
    }
  }

  private static Cli cli(Path folder) {
    return new Cli(folder)
        .set("data.table", folder.resolve("letters"))
        .set("data.id", "id")
        .set("data.text", "[text]")
        .set("features.words", "{ngrams: [1, 1], hash_bits: 12}")
        .set("learner.l2", 1e-3)
        .set("evaluation.bootstrap", 20)
        .set("retrain.gate.draws", 100)
        .set("retrain.gate.min_gain", -0.5)
        .set("retrain.gate.max_recall_drop", 1)
        .set("model.name", "letters");
  }

  /** Copies of some letters, under ids of their own. */
  private void append(Path table, String ids) {
    Dataset<Row> rows = SparkForTests.session().read().format("delta").load(table.toString());
    rows.orderBy("id")
        .limit(20)
        .withColumn("id", concat(lit(ids), col("id")))
        .write()
        .format("delta")
        .mode("append")
        .save(table.toString());
  }

  /**
   * The same by a process that this one's Delta knows nothing of: files appear.
   *
   * @return where they come from
   */
  private Path appendElsewhere(String ids) throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    FileUtils.copyDirectory(folder.resolve("letters").toFile(), elsewhere.toFile());
    append(elsewhere, ids);
    return elsewhere;
  }

  /** Brings files that are not there yet. */
  private void bring(Path from, Predicate<Path> which) throws IOException {
    Path table = folder.resolve("letters");
    FileUtils.copyDirectory(
        from.toFile(),
        table.toFile(),
        file ->
            file.isDirectory()
                || (which.test(file.toPath())
                    && !Files.exists(table.resolve(from.relativize(file.toPath())))));
  }

  private List<String> dataFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("letters"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".parquet"))
          .toList();
    }
  }

  private static boolean isOfLog(Path file) {
    return file.getParent().endsWith("_delta_log");
  }

  private static Map<Integer, JavaRDD<?>> persistent() {
    return JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext())
        .getPersistentRDDs();
  }

  /** Names of what was cached since the test began. */
  private List<String> cached() {
    return persistent().entrySet().stream()
        .filter(entry -> !before.contains(entry.getKey()))
        .map(entry -> entry.getValue().name())
        .toList();
  }

  /** What Delta keeps of a table's log is its own. */
  private void requireNothingCached() {
    assertThat(cached()).allSatisfy(name -> assertThat(name).startsWith("Delta Table State "));
    assertThat(SparkForTests.session().sharedState().cacheManager().isEmpty()).isTrue();
  }

  /** Delta lets go of earlier versions when Java collects garbage. */
  private void awaitNothingCachedOfVersion(int version) throws InterruptedException {
    String end = " #%d - %s".formatted(version, folder.resolve("letters").toUri());
    for (int i = 0; i < 100 && cached().toString().contains(end); i++) {
      System.gc();
      Thread.sleep(100);
    }
    assertThat(cached()).noneMatch(name -> name.contains(end));
  }

  @Test
  void everyCommitIsLearntInARoundOfItsOwn() throws Exception {
    Path file = folder.resolve("result.json");
    resident = ResidentRun.start(cli, "retrain", "--result", file.toString());
    assertThat(resident.result(0).path("status").asText()).isEqualTo("unchanged");
    append(folder.resolve("letters"), "new");
    JsonNode first = resident.result(1);
    assertThat(first.path("status").asText()).isEqualTo("published");
    assertThat(first.path("version").asInt()).isEqualTo(2);
    assertThat(first.at("/retraining/mode").asText()).isEqualTo("incremental");
    assertThat(resident.result(2).path("status").asText()).isEqualTo("unchanged");
    requireNothingCached();

    Path elsewhere = appendElsewhere("newer");
    bring(elsewhere, one -> !isOfLog(one));
    bring(elsewhere, ResidentRetrainTest::isOfLog);
    JsonNode second = resident.result(3);
    assertThat(second.path("status").asText()).isEqualTo("published");
    assertThat(second.path("version").asInt()).isEqualTo(3);
    assertThat(second.path("champion").asInt()).isEqualTo(2);
    assertThat(resident.result(4).path("status").asText()).isEqualTo("unchanged");
    requireNothingCached();
    awaitNothingCachedOfVersion(0);

    Cli.Run run = resident.end();
    assertThat(run.code()).isEqualTo(143);
    assertThat(run.out().lines()).hasSize(5);
    assertThat(run.err()).containsOnlyOnce("unchanged: letters version 1");
    JsonNode newest = new ObjectMapper().readTree(file.toFile());
    assertThat(newest.path("status").asText()).isEqualTo("unchanged");
    assertThat(newest.path("version").asInt()).isEqualTo(3);
  }

  @Test
  void aRoundThatFailsIsToldAndTheNextOneLearns() throws Exception {
    resident = ResidentRun.start(cli, "retrain");
    Path elsewhere = appendElsewhere("new");
    List<String> old = dataFiles();
    for (String file : old) {
      Files.delete(folder.resolve("letters").resolve(file));
    }
    bring(elsewhere, file -> !isOfLog(file) && !old.contains(file.getFileName().toString()));
    bring(elsewhere, ResidentRetrainTest::isOfLog);
    resident.awaitTold("round failed (1 in a row; the job ends at 5): a file is missing");
    requireNothingCached();
    bring(elsewhere, one -> true);
    assertThat(resident.result(1).path("status").asText()).isEqualTo("published");
    Cli.Run run = resident.end();
    assertThat(run.code()).isEqualTo(143);
    assertThat(run.err()).containsOnlyOnce("round failed (1 in a row");
  }

  @Test
  void trainingOnAllRowsLeavesNothingBehind() throws Exception {
    resident = ResidentRun.start(cli.set("retrain.mode", "full"), "retrain");
    for (int round = 0; round < 2; round++) {
      append(folder.resolve("letters"), "new" + round);
      JsonNode result = resident.result(2 * round + 1);
      assertThat(result.at("/retraining/mode").asText()).isEqualTo("full");
      assertThat(resident.result(2 * round + 2).path("status").asText()).isEqualTo("unchanged");
      requireNothingCached();
    }
    LiveListenerBus events = SparkForTests.session().sparkContext().listenerBus();
    events.waitUntilEmpty();
    assertThat(events.listeners()).filteredOn(ClusterWork.class::isInstance).hasSizeLessThan(2);
  }

  @Test
  void whatNoRoundCanCureEndsIt() {
    cli.run("retrain", "--set", "data.version=0")
        .failsWith(2, "retrain.every waits for new versions, but data.version is 0");
    cli.run("retrain", "--set", "model.alias=absent")
        .failsWith(2, "model letters has no alias absent");
  }
}
