package dev.lakewright.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.MonotoneFunction;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.model.RecordSchema;
import dev.lakewright.registry.Registry;
import dev.lakewright.scoring.ScoringTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second version that scores beside the champion, through the command line. */
class ShadowTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String[] CHAMPIONS = {
    "id", "prediction", "probabilities", "model", "model_version"
  };

  @TempDir static Path folder;

  /** Version 1 is the champion; version 2 learns little, and from a column more. */
  @BeforeAll
  static void trainTwo() {
    Cli cli = cli().set("data.text", "[text]").set("data.table", folder.resolve("letters"));
    cli.run("ingest", "--set", "ingest.input=" + Letters.csv(cli.path("letters.csv"), 200, 1))
        .succeeds();
    cli.run("train").succeeds();
    cli.run(
            "train",
            "--set",
            "model.alias=shadow",
            "--set",
            "learner.l2=3",
            "--set",
            "data.categorical=[city]")
        .succeeds();
  }

  private static Cli cli() {
    return new Cli(folder)
        .set("data.id", "id")
        .set("features.words", "{ngrams: [1, 1], hash_bits: 12}")
        .set("learner.l2", 1e-3)
        .set("evaluation.bootstrap", 20)
        .set("model.name", "letters")
        .set("score.input", folder.resolve("letters"));
  }

  private static Dataset<Row> scored(String table) {
    return SparkForTests.session()
        .read()
        .format("delta")
        .load(folder.resolve(table).toString())
        .orderBy("id");
  }

  private static List<String> champions(String table) {
    return scored(table).selectExpr(CHAMPIONS).toJSON().collectAsList();
  }

  private static Cli.Run score(String table, String... more) {
    Cli cli = cli().set("score.output", folder.resolve(table));
    for (String setting : more) {
      String[] keyAndValue = setting.split("=", 2);
      cli.set(keyAndValue[0], keyAndValue[1]);
    }
    return cli.run("score").succeeds();
  }

  @Test
  void itsScoresStandBesideTheChampionsWhichAreTheSameToTheLastBit() {
    score("alone");
    JsonNode result = score("beside", "score.shadow=shadow").json();
    assertThat(result.path("version").asInt()).isEqualTo(1);
    assertThat(result.path("shadow_version").asInt()).isEqualTo(2);
    assertThat(scored("alone").columns()).containsExactly(CHAMPIONS);
    assertThat(champions("beside")).isEqualTo(champions("alone"));

    score("by-itself", "score.model=shadow");
    assertThat(
            scored("beside")
                .selectExpr(
                    "id",
                    "shadow_prediction AS prediction",
                    "shadow_probabilities AS probabilities",
                    "shadow_version AS model_version")
                .toJSON()
                .collectAsList())
        .isEqualTo(
            scored("by-itself")
                .select("id", "prediction", "probabilities", "model_version")
                .toJSON()
                .collectAsList());
  }

  @Test
  void aTableOfScoresTakesItsColumnsOnAndRowsAreNotScoredTwice() {
    score("grown");
    assertThat(score("grown", "score.shadow=shadow").json().path("status").asText())
        .isEqualTo("unchanged");
    assertThat(scored("grown").count()).isEqualTo(200);
    Path json =
        Letters.write(
            folder.resolve("more.jsonl"),
            List.of("{\"id\":\"x\",\"text\":\"due\",\"city\":\"Łódź\"}"));
    score("grown", "score.shadow=shadow", "score.format=jsonl", "score.input=" + json);
    assertThat(scored("grown").where("shadow_version = 2").count()).isEqualTo(1);
    assertThat(scored("grown").where("shadow_version IS NULL").count()).isEqualTo(200);

    score("older");
    Cli others = cli().set("score.output", folder.resolve("older")).set("score.keep", "[id, text]");
    others.run("score").failsWith(3, "DELTA");
    others.set("score.shadow", "shadow").run("score").failsWith(3, "DELTA");
  }

  @Test
  void oneThatDoesNotChallengeTheChampionScoresAndIsSaidToBeStale() {
    assertThat(score("newer", "score.shadow=shadow").err()).doesNotContain("warning");
    Cli.Run itself = score("itself", "score.shadow=champion");
    assertThat(itself.json().path("shadow_version").asInt()).isEqualTo(1);
    assertThat(itself.err())
        .contains(
            "warning: score.shadow champion is version 1, which scores these rows already; point it to a newer one or leave score.shadow out");
    assertThat(score("older", "score.model=2", "score.shadow=champion").err())
        .contains("is version 1, older than version 2 that it runs beside;");
    assertThat(score("by-number", "score.shadow=1").err()).doesNotContain("warning");
  }

  @Test
  void whateverIsWrongWithItIsAWarningAndNullColumns() throws IOException {
    score("plain");
    Cli.Run absent = score("absent", "score.shadow=nobody");
    assertThat(absent.err())
        .contains(
            "warning: score.shadow nobody cannot be used, its columns are null: model letters has no alias nobody");
    requireNulls("absent");

    Path json =
        Letters.write(folder.resolve("rows.jsonl"), List.of("{\"id\":\"x\",\"text\":\"due\"}"));
    Cli.Run column =
        score("column", "score.shadow=shadow", "score.format=jsonl", "score.input=" + json);
    assertThat(column.err()).contains("warning: score.shadow shadow").contains("no column city");
    assertThat(scored("column").where("prediction IS NOT NULL").count()).isEqualTo(1);

    Cli cli = cli();
    Path weights =
        Path.of(
            cli.run("models", "show", "letters", "2").succeeds().json().path("path").asText(),
            "weights.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    byte[] flipped = whole.clone();
    flipped[flipped.length - 1] ^= 1;
    Files.write(weights, flipped);
    try {
      assertThat(score("damaged", "score.shadow=shadow").err())
          .contains("warning: score.shadow shadow cannot be used", "is damaged");
      requireNulls("damaged");
    } finally {
      Files.write(weights, whole);
    }
  }

  @Test
  void oneWhosePartsDoNotFitIsRefusedBeforeAnyRowIsScored() throws Exception {
    score("plain");
    Cli.Run unfit = score("unfit", "score.shadow=" + publishOneWhoseCalibrationHasOneClass());
    assertThat(unfit.err())
        .contains(
            "cannot be used, its columns are null: model.json is damaged: it does not fit together (the model has 3 classes, and its calibration 1)");
    assertThat(unfit.json().path("rows").asInt()).isEqualTo(200);
    requireNulls("unfit");
  }

  /** The champion edited, with checksums that are right. */
  private static int publishOneWhoseCalibrationHasOneClass() throws Exception {
    Registry registry = Registry.open(folder.resolve("models").toString(), Map.of());
    Map<String, byte[]> files =
        new HashMap<>(registry.load("letters", "champion", ClassifierStorage.FILES).files());
    ObjectNode model = (ObjectNode) JSON.readTree(files.get("model.json"));
    model.set(
        "calibration",
        new Calibration.Isotonic(
                List.of(new MonotoneFunction(new double[] {0, 1}, new double[] {0, 1})))
            .toJson());
    files.put("model.json", sealed(model));
    return registry
        .publish("letters", number -> files, JsonNodeFactory.instance.objectNode())
        .number();
  }

  private static byte[] sealed(ObjectNode model) throws Exception {
    String open = "0".repeat(64);
    model.remove("checksum");
    String text = model.put("checksum", open).toPrettyString() + "\n";
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    return text.replace(open, HexFormat.of().formatHex(digest)).getBytes(UTF_8);
  }

  @Test
  void columnsThatItCannotReadAreToldBeforeAnythingIsWritten() {
    Dataset<Row> rows = SparkForTests.session().sql("SELECT array(1) AS height");
    assertThatThrownBy(
            () ->
                ScoringTable.requireReadable(
                    rows, new RecordSchema(List.of(), List.of("height"), List.of())))
        .hasMessageContaining("ARRAY<INT>");
  }

  private static void requireNulls(String table) {
    assertThat(champions(table)).isEqualTo(champions("plain"));
    assertThat(
            scored(table)
                .where(
                    "shadow_prediction IS NULL AND shadow_probabilities IS NULL AND shadow_version IS NULL")
                .count())
        .isEqualTo(200);
  }
}
