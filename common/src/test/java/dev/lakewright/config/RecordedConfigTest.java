package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.lakewright.errors.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model records of its configuration, and what a job requires of it. */
class RecordedConfigTest {

  @TempDir Path folder;
  private YamlFixture yaml;

  @BeforeEach
  void setUp() {
    yaml = new YamlFixture(folder, Map.of("LAKE", "/private/lake", "L2", "0.5", "KEY", "hunter2"));
  }

  @Test
  void theConfigurationInEffectIsRecordedWithItsDefaults() {
    ConfigDocument document = yaml.document("learner: {l2: 1e-2, type: LOGISTIC}");
    assertThat(document.recorded().get("learner"))
        .hasToString(
            "{type=logistic, estimator=none, l2=0.01, l1=0.0, max_iterations=200, tolerance=1.0E-6,"
                + " intercept=true, gamma=2.0, label_smoothing=0.0, logit_adjustment=0.0, early_stopping=0}");
    assertThat(document.recorded().get("model")).hasToString("{alias=champion}");
  }

  @Test
  void sectionsAreRecordedInTheOrderOfTheRecord() {
    assertThat(yaml.document("tune: {folds: 5}\ndata: {text: body}").recorded().keySet())
        .containsExactly(
            "data",
            "ingest",
            "features",
            "sampling",
            "resample",
            "learner",
            "ensemble",
            "tune",
            "compare",
            "calibration",
            "thresholds",
            "evaluation",
            "score",
            "retrain",
            "stream",
            "model",
            "registry",
            "report",
            "tracking");
  }

  @Test
  void valuesFromTheEnvironmentStayAsWritten() {
    Map<String, Object> recorded =
        yaml.document("data:\n  table: ${LAKE}/mail\nlearner: {l2: \"${L2}\"}").recorded();
    assertThat(recorded).extractingByKey("data", MAP).containsEntry("table", "${LAKE}/mail");
    assertThat(recorded).extractingByKey("learner", MAP).containsEntry("l2", "${L2}");
  }

  @Test
  void secretsAreMasked() {
    Map<String, Object> recorded =
        yaml.document(
                "spark:\n  fs.s3a.secret.key: hunter2\n  fs.s3a.access.key: ${KEY}\n  spark.x: 1",
                "spark.my.password=hunter2")
            .recorded();
    assertThat(recorded.get("spark"))
        .hasToString("{fs.s3a.secret.key=***, fs.s3a.access.key=***, spark.x=1, my.password=***}");
    assertThat(recorded.toString()).doesNotContain("hunter2");
  }

  @Test
  void loginsInAddressesAreMasked() {
    ConfigDocument document =
        yaml.document(
            "data: {table: 's3a://me:hunter3@lake/mail'}\n"
                + "tracking: {mlflow: {uri: 'https://me:${KEY}@mlflow'}}");
    assertThat(document.recorded().toString())
        .contains("s3a://***@lake/mail", "https://me:${KEY}@mlflow")
        .doesNotContain("hunter");
  }

  @Test
  void theRecordCanBeLoadedAgain() {
    ConfigDocument document =
        yaml.document(
            """
            data: {text: body, table: "$${LAKE}"}
            features: {words: {ngrams: [1, 2]}}
            learner: {l2: "${L2}"}
            tune: {space: {learner.l2: [1, 2.5, "${L2}"], features.language: ['icu']}}
            thresholds: {goal: cost, cost: {spam: {ham: 2}}}
            """);
    ConfigDocument again = yaml.document(YamlFixture.json(document.recorded()));
    assertThat(again.bind(LakewrightConfig.class)).isEqualTo(document.bind(LakewrightConfig.class));
    assertThat(again.recorded()).isEqualTo(document.recorded());
  }

  @Test
  void aPartOfTheRecordIsLaidOverAnotherDocumentWithTheEnvironmentOfThat() {
    ConfigDocument document =
        yaml.document(
            "data: {text: body, table: \"${LAKE}/mail\", label: \"$${x}\"}\nlearner: {l2: \"${L2}\"}");
    ConfigDocument other = yaml.document("");
    for (String section : List.of("data", "learner")) {
      other = other.withRecorded(section, document.recorded().get(section));
    }
    assertThat(other.bind(LakewrightConfig.class)).isEqualTo(document.bind(LakewrightConfig.class));
    assertThat(other.recorded()).isEqualTo(document.recorded());
  }

  @Test
  void aJobsRequirementsAreToldTogether() {
    ConfigDocument document = yaml.document("data: {text: [], numeric: }");
    assertThatThrownBy(
            () ->
                document.require(
                    List.of("data.table", "data.text|data.numeric|data.categorical"), "train"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            data.table is required by the job train: set it in the file or with --set data.table=...
            one of data.text, data.numeric, data.categorical is required by the job train: set it \
            in the file or with --set data.text=...""");
  }

  @Test
  void aRequirementIsMetByAnyOfItsKeys() {
    yaml.document("data: {table: t, categorical: [country]}")
        .require(List.of("data.table", "data.text|data.numeric|data.categorical"), "train");
  }

  @Test
  void requiringAKeyThatDoesNotExistIsADefect() {
    ConfigDocument document = yaml.document("");
    assertThatThrownBy(() -> document.require(List.of("data.tables"), "train"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such key: data.tables");
  }
}
