package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep whose process is killed goes on where it was. */
class KilledSweepTest {

  @TempDir Path folder;

  private Cli cli(String table) {
    return new Cli(folder)
        .set("data.table", folder.resolve("letters"))
        .set("data.id", "id")
        .set("data.text", "[text]")
        .set("features.words", "{ngrams: [1, 1], hash_bits: 12}")
        .set("tune.folds", 2)
        .set("tune.sampler", "tpe")
        .set("tune.trials", 9)
        .set("tune.batch", 3)
        .set("tune.space.learner.l2", "{log_uniform: [1e-5, 1]}")
        .set("tune.table", folder.resolve(table))
        .set("model.name", "letters");
  }

  @Test
  void whatWasFinishedIsNotDoneAgainAndTheResultIsTheSame() throws Exception {
    cli("any")
        .run("ingest", "--set", "ingest.input=" + Letters.csv(folder.resolve("l.csv"), 300, 1))
        .succeeds();
    JsonNode undisturbed = cli("undisturbed").run("tune").succeeds().json();

    Path log = folder.resolve("killed/trials/_delta_log/00000000000000000001.json");
    LakewrightProcess process = LakewrightProcess.start(cli("killed"), "tune");
    process.await(() -> Files.exists(log)).kill();
    assertThat(log).as(process.err()).exists();

    JsonNode resumed = cli("killed").run("tune").succeeds().json();
    assertThat(resumed.at("/sweep/reused").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(resumed.at("/sweep/best_trial")).isEqualTo(undisturbed.at("/sweep/best_trial"));
    assertThat(resumed.at("/sweep/best")).isEqualTo(undisturbed.at("/sweep/best"));
  }

  /** What a process that died may leave: tables are written side by side, each by commits. */
  enum Left {
    NOTHING,
    TRIALS_WITHOUT_SCORES,
    SCORES_WITHOUT_TRIALS,
    FIRST_COMMIT_OF_EACH,
    TRIALS_WITHOUT_THE_LAST_SCORES,
    ALL_BUT_THE_MODEL
  }

  @Test
  void ctrlCEndsInOrderAndTheSameCommandContinues() throws Exception {
    cli("any")
        .run("ingest", "--set", "ingest.input=" + Letters.csv(folder.resolve("l.csv"), 300, 1))
        .succeeds();
    Path log = folder.resolve("interrupted/trials/_delta_log/00000000000000000001.json");
    LakewrightProcess process =
        LakewrightProcess.start(cli("interrupted"), "tune", "--set", "tune.trials=10000");
    process.await(() -> Files.exists(log)).interrupt();

    assertThat(process.exitCode()).as(process.err()).isEqualTo(130);
    assertThat(process.out()).isEmpty();
    assertThat(process.err())
        .contains("ending after recording what is finished; press Ctrl-C again to end at once")
        .containsPattern(
            "lakewright: interrupted: [0-9]+ complete trials are recorded in .*, best macro_f1"
                + " [01]\\.[0-9]{4}; the same command continues");

    JsonNode resumed = cli("interrupted").run("tune").succeeds().json();
    assertThat(resumed.at("/sweep/reused").asInt()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void whateverTheTablesHoldWhenItDiesTheModelIsTheSame() throws Exception {
    cli("any")
        .run("ingest", "--set", "ingest.input=" + Letters.csv(folder.resolve("l.csv"), 300, 1))
        .succeeds();
    JsonNode undisturbed = cli("tables").run("train").succeeds().json();
    Files.move(folder.resolve("tables"), folder.resolve("whole"));

    for (Left left : Left.values()) {
      Files.move(folder.resolve("models"), folder.resolve("models-before-" + left));
      leave(left, folder.resolve("whole"), folder.resolve("tables"));
      JsonNode resumed = cli("tables").run("train").succeeds().json();

      assertThat(resumed.at("/checksum")).as("%s", left).isEqualTo(undisturbed.at("/checksum"));
      assertThat(resumed.at("/sweep/reused").asInt())
          .as("%s", left)
          .isEqualTo(
              switch (left) {
                case NOTHING, SCORES_WITHOUT_TRIALS -> 0;
                case FIRST_COMMIT_OF_EACH -> 3;
                case TRIALS_WITHOUT_SCORES, TRIALS_WITHOUT_THE_LAST_SCORES, ALL_BUT_THE_MODEL -> 9;
              });
      Files.move(folder.resolve("tables"), folder.resolve("tables-after-" + left));
    }
  }

  private static void leave(Left left, Path from, Path to) throws IOException {
    if (left == Left.NOTHING) {
      return;
    }
    if (left != Left.SCORES_WITHOUT_TRIALS) {
      copy(from.resolve("trials"), to.resolve("trials"));
    }
    if (left != Left.TRIALS_WITHOUT_SCORES) {
      copy(from.resolve("out_of_fold"), to.resolve("out_of_fold"));
    }
    if (left == Left.FIRST_COMMIT_OF_EACH) {
      keepFirstCommit(to.resolve("trials/_delta_log"));
    }
    if (left == Left.FIRST_COMMIT_OF_EACH || left == Left.TRIALS_WITHOUT_THE_LAST_SCORES) {
      keepFirstCommit(to.resolve("out_of_fold/_delta_log"));
    }
  }

  private static void keepFirstCommit(Path log) throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file) && !file.getFileName().toString().contains("0000000000.")) {
          Files.delete(file);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copied = to.resolve(from.relativize(file).toString());
        Files.createDirectories(Files.isDirectory(file) ? copied : copied.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, copied);
        }
      }
    }
  }
}
