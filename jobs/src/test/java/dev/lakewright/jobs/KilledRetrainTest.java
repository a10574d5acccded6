package dev.lakewright.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.registry.AliasMove;
import dev.lakewright.registry.DyingStore;
import dev.lakewright.registry.Figures;
import dev.lakewright.registry.ObjectStore;
import dev.lakewright.registry.ObjectStores;
import dev.lakewright.registry.Registry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A retraining that is killed at any moment: the champion stays or its successor is there, whole,
 * and the next run ends with the model that a run without a kill publishes.
 */
class KilledRetrainTest {

  private static final long SEED = 20_261_125;

  @TempDir static Path folder;

  private static Path champion;
  private static String successor;

  /** Operations on the registry of a run without a kill. */
  private static int operations;

  private Cli cli;
  private Path registry;

  @BeforeAll
  static void trainAChampionAndAddRows() throws IOException {
    champion = folder.resolve("champion");
    Cli cli = cli(champion);
    cli.run("ingest", "--set", "ingest.input=" + Letters.csv(cli.path("letters.csv"), 300, 1))
        .succeeds();
    cli.run("train").succeeds();
    String table = folder.resolve("letters").toString();
    Dataset<Row> letters = SparkForTests.session().read().format("delta").load(table);
    letters
        .orderBy("id")
        .limit(20)
        .withColumn("id", concat(lit("new"), col("id")))
        .write()
        .format("delta")
        .mode("append")
        .save(table);
    Path undisturbed = folder.resolve("undisturbed");
    FileUtils.copyDirectory(champion.toFile(), undisturbed.toFile());
    DyingStore immortal =
        new DyingStore(store(undisturbed), Integer.MAX_VALUE, new SplittableRandom(SEED));
    retrain(cli(undisturbed), immortal);
    operations = immortal.done();
    successor = open(undisturbed).resolve("letters", "champion").checksum();
  }

  @BeforeEach
  void beginWithTheChampion() throws IOException {
    registry = folder.resolve("registry");
    FileUtils.deleteDirectory(registry.toFile());
    FileUtils.copyDirectory(champion.toFile(), registry.toFile());
    cli = cli(registry);
  }

  private static Cli cli(Path registry) {
    return new Cli(folder)
        .set("registry.path", registry)
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

  @Test
  void inAnyOperationOnTheRegistry() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int killed = 0; killed < Figures.retrainKills(); killed++) {
      beginWithTheChampion();
      int place = random.nextInt(operations);
      DyingStore dying = new DyingStore(store(registry), place, random.split());
      boolean survived = true;
      try {
        retrain(cli, dying);
      } catch (DyingStore.Killed e) {
        survived = false;
      }
      assertThat(survived).as("killed after %d operations", place).isFalse();
      requireSoundAndContinue();
    }
    Figures.record(
        "{\"retrain_kills\": %d, \"operations\": %d}", Figures.retrainKills(), operations);
  }

  private static ObjectStore store(Path registry) {
    return ObjectStores.open(registry.toString(), Map.of());
  }

  private static Registry open(Path registry) {
    return Registry.open(registry.toString(), Map.of());
  }

  /** Runs the job on a store, as the command line does. */
  private static void retrain(Cli cli, ObjectStore store) {
    List<String> sets = new ArrayList<>(cli.words("retrain"));
    sets.removeIf(word -> word.equals("retrain") || word.equals("--set"));
    ConfigDocument document = ConfigDocument.load(Optional.empty(), sets, Map.of());
    JobContext context =
        new JobContext(
            document.bind(LakewrightConfig.class),
            document,
            List.of(),
            SparkForTests::session,
            new Progress(new PrintStream(OutputStream.nullOutputStream()), false));
    new RetrainJob(config -> new Registry(store, Clock.systemUTC())).run(context);
  }

  @Test
  void byTheOperatingSystem() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    int published = 0;
    for (int killed = 0; killed < Figures.killedRetrainings(); killed++) {
      beginWithTheChampion();
      // a third each from its start on, while it learns, and when its first file is on its way
      int phase = (killed + 2) % 3;
      LakewrightProcess process = LakewrightProcess.start(cli, "retrain");
      if (phase > 0) {
        process.await(() -> phase == 1 ? isLearning() : isPublishing());
      }
      Thread.sleep(random.nextInt(phase == 0 ? 6000 : phase == 1 ? 2000 : 60));
      process.kill();
      published += open(registry).versions("letters").size() - 1;
      requireSoundAndContinue();
    }
    Figures.record(
        "{\"killed_retrainings\": %d, \"after_publishing\": %d}",
        Figures.killedRetrainings(), published);
  }

  @Test
  void inTheMiddleOfATrainingOnAllRows() throws Exception {
    cli.set("retrain.mode", "full");
    JsonNode undisturbed = cli.run("retrain").succeeds().json();
    assertThat(undisturbed.at("/retraining/mode").asText()).isEqualTo("full");

    beginWithTheChampion();
    cli.set("retrain.mode", "full");
    long trained = commitsOfTrials();
    LakewrightProcess process = LakewrightProcess.start(cli, "retrain");
    process.await(() -> commitsOfTrials() > trained);
    assertThat(commitsOfTrials()).isGreaterThan(trained);
    process.kill();
    assertThat(open(registry).versions("letters")).as(process.err()).containsExactly(1);
    Path checkpoints = registry.resolve("letters/sweeps/checkpoints");
    Files.createDirectories(checkpoints.resolve("of an older version of the table"));

    JsonNode resumed = cli.run("retrain").succeeds().json();
    assertThat(resumed.path("status").asText()).isEqualTo("published");
    assertThat(resumed.at("/sweep/reused").asInt()).isEqualTo(1);
    assertThat(resumed.path("checksum")).isEqualTo(undisturbed.path("checksum"));
    assertThat(checkpoints).isEmptyDirectory();
    requireSound(open(registry), open(registry).history("letters", "champion"));
  }

  private long commitsOfTrials() {
    try (Stream<Path> log = Files.list(registry.resolve("letters/sweeps/trials/_delta_log"))) {
      return log.filter(file -> file.toString().endsWith(".json")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isLearning() {
    try {
      return Files.readString(cli.path("process.err")).contains("retraining, incremental");
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean isPublishing() {
    return Files.exists(registry.resolve("letters/versions/2"));
  }

  private void requireSoundAndContinue() {
    Registry alive = open(registry);
    List<AliasMove> moves = alive.history("letters", "champion");
    requireSound(alive, moves);

    JsonNode next = cli.run("retrain").succeeds().json();
    assertThat(next.path("status").asText())
        .isEqualTo(moves.size() == 1 ? "published" : "unchanged");
    assertThat(alive.versions("letters")).containsExactly(1, 2);
    assertThat(alive.resolve("letters", "champion").number()).isEqualTo(2);
    assertThat(alive.resolve("letters", "champion").checksum()).isEqualTo(successor);
    requireSound(alive, alive.history("letters", "champion"));
  }

  private static void requireSound(Registry alive, List<AliasMove> moves) {
    assertThat(moves).extracting(AliasMove::version).isIn(List.of(1), List.of(1, 2));
    for (int number : alive.versions("letters")) {
      assertThat(alive.verify("letters", number)).isEmpty();
    }
    var loaded = alive.load("letters", "champion", ClassifierStorage.FILES);
    assertThat(ClassifierStorage.read(loaded.files()).labels()).hasSize(3);
  }
}
