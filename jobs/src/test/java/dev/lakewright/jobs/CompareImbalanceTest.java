package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.lake.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remedies side by side through the command line, on a small skewed table. */
class CompareImbalanceTest {

  private static final int ROWS = 400;

  @TempDir Path folder;
  private Cli cli;

  /** One row of ten is rare, and its words are common too, but less so. */
  private static Path csv(Path file) {
    SplittableRandom random = new SplittableRandom(5);
    List<String> words = List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta");
    List<String> lines = new ArrayList<>(List.of("id,text,label"));
    for (int i = 0; i < ROWS; i++) {
      boolean rare = i % 10 == 0;
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 8; word++) {
        int place = random.nextInt(words.size());
        text.append(words.get(rare ? Math.max(place, random.nextInt(words.size())) : place))
            .append(' ');
      }
      lines.add("r%d,%s,%s".formatted(i, text.toString().trim(), rare ? "rare <b>" : "usual"));
    }
    return Letters.write(file, lines);
  }

  @BeforeEach
  void table() {
    cli =
        new Cli(folder)
            .set("data.table", folder.resolve("table"))
            .set("data.id", "id")
            .set("data.text", "[text]")
            .set("features.words", "{ngrams: [1, 1], hash_bits: 6}")
            .set("tune.folds", 2)
            .set("tune.space.learner.l2", "[1e-1, 1e-2]")
            .set("evaluation.bootstrap", 100)
            .set("ensemble.members", 2)
            .set("model.name", "rare");
    cli.run("ingest", "--set", "ingest.input=" + csv(cli.path("rows.csv"))).succeeds();
  }

  private static JsonNode remedy(JsonNode result, String name) {
    for (JsonNode remedy : result.at("/remedies")) {
      if (remedy.at("/name").asText().equals(name)) {
        return remedy;
      }
    }
    throw new AssertionError(name + " is not among " + result.at("/remedies"));
  }

  @Test
  void remediesAreMeasuredOverTheSameRowsAndShownSideBySide() throws IOException {
    Cli.Run run =
        cli.set("compare.remedies", "[balanced_weights, random_over, smote, thresholds]")
            .run("compare-imbalance")
            .succeeds();
    JsonNode result = run.json();
    assertThat(result.at("/minority").asText()).isEqualTo("rare <b>");
    assertThat(result.at("/remedies")).hasSize(5);
    JsonNode none = remedy(result, "none");
    assertThat(none.at("/out_of_fold/macro_f1/difference").asDouble()).isZero();
    assertThat(none.at("/out_of_fold/minority_recall/value").asDouble()).isLessThan(0.2);
    JsonNode weights = remedy(result, "balanced_weights");
    assertThat(weights.at("/out_of_fold/minority_recall/difference_interval/0").asDouble())
        .isPositive();
    assertThat(weights.at("/settings/sampling.weights").asText()).isEqualTo("balanced");
    assertThat(weights.at("/test/macro_f1/value").asDouble()).isBetween(0.3, 1.0);
    assertThat(remedy(result, "thresholds").at("/out_of_fold/log_loss"))
        .as("thresholds move no probability")
        .isEqualTo(none.at("/out_of_fold/log_loss"));
    assertThat(result.at("/best").asText()).isNotEqualTo("none");
    assertThat(run.err()).contains(result.at("/verdict").asText(), "minority class: rare <b>");
    assertThat(Files.readString(Path.of(result.at("/report").asText())))
        .contains(
            "rare &lt;b&gt;", "balanced_weights", "minority_recall", "On held-out rows", "smote")
        .doesNotContain("rare <b>");
  }

  @Test
  void whatIsFinishedIsNotDoneAgainAndScoresThatWereLostAreMadeAgain() {
    cli.set("compare.remedies", "[random_under, balanced_bagging]");
    JsonNode first = cli.run("compare-imbalance").succeeds().json();
    assertThat(first.at("/sweep/reused").asInt()).isZero();
    JsonNode second = cli.run("compare-imbalance").succeeds().json();
    assertThat(second.at("/sweep/reused").asInt()).isEqualTo(3 * 2);
    assertThat(withoutSeconds(second)).isEqualTo(withoutSeconds(first));
    SparkForTests.session()
        .sql("DELETE FROM delta.`%s`".formatted(first.at("/sweep/out_of_fold_table").asText()));
    JsonNode other =
        cli.run("compare-imbalance", "--set", "compare.remedies=[random_under, focal]")
            .succeeds()
            .json();
    assertThat(other.at("/sweep/reused").asInt()).isEqualTo(2 * 2);
    assertThat(other.at("/remedies/1/out_of_fold")).isEqualTo(first.at("/remedies/1/out_of_fold"));
  }

  private static JsonNode withoutSeconds(JsonNode result) {
    JsonNode remedies = result.at("/remedies").deepCopy();
    remedies.forEach(remedy -> ((ObjectNode) remedy).remove("seconds"));
    return remedies;
  }

  @Test
  void aRemedyThatFailsIsShownAsFailedBesideTheOthers() {
    JsonNode result =
        cli.set("compare.remedies", "[smote, configured]")
            .set("sampling", "{method: smote, neighbours: 1000, small_classes: refuse}")
            .run("compare-imbalance")
            .succeeds()
            .json();
    assertThat(remedy(result, "configured").at("/failure").asText()).contains("neighbours");
    assertThat(remedy(result, "smote").has("failure")).isFalse();
  }

  @Test
  void allThatSuitsIsComparedWithoutBeingNamed() {
    JsonNode result =
        cli.set("tune.space.learner.l2", "[1e-2]")
            .set("sampling.weights", "balanced")
            .run("compare-imbalance")
            .succeeds()
            .json();
    assertThat(result.at("/remedies").findValuesAsText("name"))
        .contains("none", "configured", "smote", "easy_ensemble", "augmentation", "thresholds");
    assertThat(result.at("/left_out/smote_nc").asText()).contains("categorical columns");
    assertThat(result.at("/sweep/failed").asInt()).isZero();
  }

  @Test
  void unknownRemediesAndWhatCannotBeComparedAreRefused() {
    cli.run("compare-imbalance", "--set", "compare.remedies=[smot]")
        .failsWith(2, "not 'smot'; did you mean smote?");
    cli.run("compare-imbalance", "--set", "tune.space={sampling.method: [none, smote]}")
        .failsWith(2, "which compare-imbalance sets itself");
    cli.run("compare-imbalance", "--set", "learner.type=spark")
        .failsWith(2, "learner.type: spark cannot");
  }
}
