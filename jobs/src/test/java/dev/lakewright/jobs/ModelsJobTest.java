package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.registry.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job models on published versions. */
class ModelsJobTest {

  @TempDir Path folder;

  private Registry registry() {
    return Registry.open(folder.resolve("models").toString(), Map.of());
  }

  /** Versions 1 to some number, the champion being one of them. */
  private Cli published(int versions, int champion) {
    for (int i = 1; i <= versions; i++) {
      ObjectNode facts = JsonNodeFactory.instance.objectNode();
      facts.putObject("test").putObject("metrics").put("macro_f1", 0.5 + 0.01 * i);
      byte[] model = ("{\"content\": " + i + "}").getBytes(StandardCharsets.UTF_8);
      registry().publish("m", number -> Map.of("model.json", model), facts);
    }
    registry().promote("m", "champion", champion, "");
    return new Cli(folder);
  }

  private static List<Integer> numbers(JsonNode array) {
    List<Integer> numbers = new java.util.ArrayList<>();
    array.forEach(number -> numbers.add(number.asInt()));
    return numbers;
  }

  @Test
  void gcKeepsTheNewestAndTheAliased() {
    Cli cli = published(5, 2);
    cli.run("models", "gc", "m", "--keep", "2")
        .failsWith(
            2,
            "alias champion of m points to version 2, or leads back to it, which is older than the newest 2; add --keep-aliased");
    JsonNode planned =
        cli.run("models", "gc", "--keep", "2", "--keep-aliased", "--dry-run").succeeds().json();
    assertThat(planned.path("status").asText()).isEqualTo("planned");
    assertThat(numbers(planned.at("/models/0/removed"))).containsExactly(1, 3);
    assertThat(planned.at("/models/0/bytes").asLong()).isPositive();
    assertThat(registry().versions("m")).hasSize(5);

    JsonNode removed = cli.run("models", "gc", "--keep", "2", "--keep-aliased").succeeds().json();
    assertThat(removed.path("status").asText()).isEqualTo("removed");
    assertThat(numbers(removed.at("/models/0/kept"))).containsExactly(2, 4, 5);
    assertThat(registry().versions("m")).containsExactly(2, 4, 5);
    assertThat(
            cli.run("models", "gc", "--keep", "2", "--keep-aliased")
                .succeeds()
                .json()
                .path("status")
                .asText())
        .isEqualTo("unchanged");
    cli.run("models", "promote", "m", "3").failsWith(2, "version 3 of m was removed by models gc");
  }

  @Test
  void gcRemovesCheckpointsThatNobodyHasGoneOnFromForAWeek() throws IOException {
    Cli cli = published(1, 1);
    Path forgotten = killedTraining("m", Duration.ofDays(8));
    Path neverPublished = killedTraining("unborn", Duration.ofDays(30));
    Path recent = killedTraining("recent", Duration.ofDays(6));
    Files.writeString(folder.resolve("models/stray file"), "");

    JsonNode planned = cli.run("models", "gc", "--keep", "1", "--dry-run").succeeds().json();
    assertThat(planned.path("checkpoints")).hasSize(2);
    assertThat(forgotten).exists();
    assertThat(cli.run("models", "gc", "m", "--keep", "1").succeeds().err())
        .contains("checkpoints of a training that was killed more than 7 days ago are removed");
    assertThat(forgotten).doesNotExist();
    JsonNode removed = cli.run("models", "gc", "--keep", "1").succeeds().json();
    assertThat(removed.path("status").asText()).isEqualTo("removed");
    assertThat(neverPublished).doesNotExist();
    assertThat(recent).exists();
    assertThat(cli.run("models", "gc", "--keep", "1").succeeds().json().path("status").asText())
        .isEqualTo("unchanged");
  }

  /** The checkpoints of a training that showed its last sign of life some time ago. */
  private Path killedTraining(String model, Duration ago) throws IOException {
    Path sweeps = folder.resolve("models").resolve(model).resolve("sweeps");
    Files.createDirectories(sweeps.resolve("drivers"));
    Instant sign = Instant.now().minus(ago);
    Files.writeString(
        sweeps.resolve("drivers/1.claim"),
        "{\"host\": \"elsewhere\", \"process\": 1, \"started\": \"%s\"}"
            .formatted(sign.minus(Duration.ofDays(10))));
    Files.writeString(sweeps.resolve("drivers/1.beat"), "{\"at\": \"%s\"}".formatted(sign));
    Files.createDirectories(sweeps.resolve("checkpoints/fingerprint"));
    return Files.writeString(
        sweeps.resolve("checkpoints/fingerprint/trial-0.safetensors"), "weights");
  }

  @Test
  void verifyOfAllNamesWhatIsDamaged() throws IOException {
    Cli cli = published(2, 1);
    assertThat(numbers(cli.run("models", "verify", "--all").succeeds().json().at("/models/m")))
        .containsExactly(1, 2);
    Path model = folder.resolve("models").resolve(registry().version("m", 2).path("model.json"));
    Files.writeString(model, "{}");
    cli.run("models", "verify", "--all").failsWith(4, "model.json is damaged");
  }

  @Test
  void damagedManifestIsNamedAndInNoOtherVersionsWay() throws IOException {
    Cli cli = published(3, 1);
    String archive = folder.resolve("archive").toString();
    Files.writeString(folder.resolve("models/m/versions/3/manifest.json"), "{");

    cli.run("models", "verify", "m").failsWith(4, "m/versions/3/manifest.json is damaged");
    cli.run("models", "verify", "m", "2").succeeds();
    cli.run("models", "show", "m", "2").succeeds();
    JsonNode shown = cli.run("models", "show", "m").succeeds().json();
    assertThat(shown.path("versions")).hasSize(2);
    assertThat(shown.path("damaged")).hasSize(1);
    cli.run("models", "export", "m", "--to", archive).failsWith(4, "is damaged: it is no JSON");
    assertThat(Registry.open(archive, Map.of()).versions("m")).containsExactly(1, 2);
    JsonNode removed = cli.run("models", "gc", "--keep", "1", "--keep-aliased").succeeds().json();
    assertThat(numbers(removed.at("/models/0/removed"))).containsExactly(2);
    assertThat(removed.at("/models/0/damaged")).hasSize(1);
  }

  @Test
  void exportedVersionsCanBeImportedElsewhere() {
    Cli cli = published(3, 3);
    String archive = folder.resolve("archive").toString();
    JsonNode exported =
        cli.run("models", "export", "m", "champion", "--to", archive).succeeds().json();
    assertThat(exported.path("status").asText()).isEqualTo("exported");
    assertThat(exported.at("/versions/0/from").asInt()).isEqualTo(3);
    assertThat(exported.at("/versions/0/to").asInt()).isEqualTo(1);

    Cli elsewhere = new Cli(folder).set("registry.path", folder.resolve("elsewhere"));
    JsonNode imported = elsewhere.run("models", "import", "m", "--from", archive).succeeds().json();
    assertThat(imported.path("status").asText()).isEqualTo("imported");
    assertThat(
            elsewhere
                .run("models", "import", "m", "--from", archive)
                .succeeds()
                .json()
                .path("status")
                .asText())
        .isEqualTo("unchanged");
    elsewhere.run("models", "promote", "m", "1", "--alias", "shadow").succeeds();
    elsewhere.run("models", "verify", "--all").succeeds();
  }

  @Test
  void compareTellsDifferencesOfMetrics() {
    JsonNode compared =
        published(2, 1).run("models", "compare", "m", "champion", "latest").succeeds().json();
    assertThat(compared.at("/metrics/macro_f1/difference").asDouble())
        .isCloseTo(0.01, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(compared.path("same_model").asBoolean()).isFalse();
  }

  private void publishTested(String table, long version, long rows) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.putObject("data").put("table", table).put("version", version);
    facts.putObject("test").put("rows", rows).putObject("metrics").put("macro_f1", 0.7);
    byte[] model = "{}".getBytes(StandardCharsets.UTF_8);
    registry().publish("m", number -> Map.of("model.json", model), facts);
  }

  @Test
  void compareTellsWhereTheVersionsWereTestedOnDifferentRows() {
    Cli cli = published(1, 1);
    publishTested("lake/mail", 3, 40);
    publishTested("lake/mail", 3, 40);
    publishTested("lake/mail", 5, 44);
    assertThat(cli.run("models", "compare", "m", "1", "2").succeeds().err())
        .doesNotContain("tested on");
    assertThat(cli.run("models", "compare", "m", "2", "3").succeeds().err())
        .doesNotContain("tested on");
    assertThat(cli.run("models", "compare", "m", "3", "4").succeeds().err())
        .contains(
            "version 3 was tested on 40 rows of lake/mail version 3, version 4 on 44 rows of lake/mail version 5: ");
  }

  @Test
  void theFirstMoveOfAnAliasHasNoPreviousVersion() {
    Cli cli = published(2, 1);
    assertThat(cli.run("models", "promote", "m", "2", "--alias", "shadow").succeeds().json())
        .noneMatch(JsonNode::isNull)
        .hasSize(5);
    assertThat(cli.run("models", "promote", "m", "2").succeeds().json().path("previous").asInt())
        .isEqualTo(1);
  }

  @Test
  void wordsThatMakeNoSenseAreTold() {
    Cli cli = published(1, 1);
    cli.run("models", "gc", "m", "--keep", "none")
        .failsWith(2, "--keep must be a number from 1 on");
    cli.run("models", "gc", "m").failsWith(2, "models gc needs --keep");
    cli.run("models", "show", "m", "--keep", "1").failsWith(2, "models show has no option --keep");
    cli.run("models", "export", "m")
        .failsWith(
            2,
            "models export needs --to; usage: lakewright models export NAME [VERSION] --to PATH");
    cli.run("models", "frobnicate").failsWith(2, "unknown word 'frobnicate'");
    cli.run("models", "rollback", "m", "1")
        .failsWith(
            2, "models rollback does not know what to do with '1'; usage: lakewright models");
    cli.run("models", "promote", "m", "1", "shadow").failsWith(2, "what to do with 'shadow'");
    cli.run("models", "verify", "m", "--all").failsWith(2, "what to do with 'm'");
    cli.run("models", "promote", "m", "1", "--set", "model.alias=latest")
        .failsWith(2, "model.alias must be text that matches (?!latest$");
  }
}
