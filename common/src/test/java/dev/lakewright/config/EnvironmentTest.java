package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values from the environment, and what is never shown. */
class EnvironmentTest {

  private static final Map<String, String> VARIABLES =
      Map.of("HOST", "lake.example", "L2", "0.25", "EMPTY", "", "BAD", "hunter2", "MINUS", "-3");

  @TempDir Path folder;
  private YamlFixture yaml;

  @BeforeEach
  void setUp() {
    yaml = new YamlFixture(folder, VARIABLES);
  }

  @ParameterizedTest
  @CsvSource({
    "${HOST},lake.example",
    "s3a://${HOST}/mail,s3a://lake.example/mail",
    "${ABSENT:-lake/mail},lake/mail",
    "${EMPTY:-lake/mail},lake/mail",
    "${HOST:-lake/mail},lake.example",
    "a$b,a$b",
    "$${HOST},${HOST}"
  })
  void variablesAreSubstituted(String written, String value) {
    assertThat(yaml.config("data:\n  table: " + written).data().table()).contains(value);
  }

  @Test
  void aSubstitutedValueMayBeANumberThoughQuoted() {
    assertThat(yaml.config("learner: {l2: \"${L2}\"}").learner().l2()).isEqualTo(0.25);
    assertThat(yaml.config("learner:\n  l2: ${L2}").learner().l2()).isEqualTo(0.25);
  }

  @Test
  void anEmptySubstituteLeavesTheKeyUnset() {
    assertThat(yaml.config("data:\n  table: ${ABSENT:-}\n  id: ${EMPTY}").data())
        .isEqualTo(yaml.config("").data());
  }

  @Test
  void assignmentsAreSubstitutedToo() {
    assertThat(yaml.config("", "data.table=${HOST}").data().table()).contains("lake.example");
  }

  @Test
  void anUnsetVariableIsNamed() {
    assertThat(yaml.problem("data:\n  table: s3a://${LAKE_HOST}/mail\nlearner: {l2: x}"))
        .isEqualTo(
            """
            train.yaml:2: data.table needs the environment variable LAKE_HOST, which is not set: \
            export it or write ${LAKE_HOST:-default}
            train.yaml:3: learner.l2 must be a number, not 'x'""");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${}", "${HOST", "${1A}", "${HOST-x}"})
  void aMalformedReferenceIsRefused(String written) {
    assertThat(yaml.problem("data:\n  table: " + written))
        .isEqualTo(
            "train.yaml:2: data.table holds ${ without NAME}: write ${NAME}, ${NAME:-default} or"
                + " $${");
  }

  @Test
  void messagesShowTheVariableAndNotItsValue() {
    assertThat(yaml.problem("learner: {l2: \"${BAD}\"}"))
        .isEqualTo("train.yaml:1: learner.l2 must be a number, not the value of ${BAD}");
    assertThat(yaml.problem("tune:\n  folds: ${MINUS}"))
        .isEqualTo("train.yaml:2: tune.folds must be between 2 and 100, not the value of ${MINUS}");
  }

  @Test
  void messagesOfRulesBetweenKeysDoNotShowTheValueEither() {
    assertThat(yaml.problem("sampling:\n  class_weights:\n    spam: ${MINUS}"))
        .isEqualTo(
            "train.yaml:1: sampling: class_weights.spam must be a positive number, not the value of"
                + " ${MINUS}");
  }

  @Test
  void candidatesOfASearchDoNotShowTheValueEither() {
    assertThat(yaml.problem("tune:\n  space:\n    learner.l2: [1, \"${BAD}\"]"))
        .isEqualTo(
            "train.yaml:3: tune.space: learner.l2 must be a number, not the value of ${BAD}");
  }

  record Login(@Key(doc = "A number of which nobody may know", min = 0) int password) {}

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "-1", "'5'", "${BAD}"})
  void messagesNeverShowTheValueOfAKeyThatNamesASecret(String secret) {
    assertThat(yaml.problem(Login.class, "password: " + secret))
        .startsWith("train.yaml:1: password must be ")
        .endsWith(", not its hidden value");
  }

  @Test
  void anAssignmentWithoutValueThatLooksLikeASecretIsNotEchoed() {
    assertThat(yaml.problem("", "spark.password:hunter2"))
        .isEqualTo(
            "--set needs key.path=value, such as --set data.table=lake/mail, not its hidden value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.fs.s3a.secret.key",
        "fs.s3a.access.key",
        "javax.jdo.option.ConnectionPassword",
        "fs.azure.account.key.store.blob",
        "fs.azure.sas.container",
        "API_TOKEN",
        "google.credentials"
      })
  void namesOfSecretsAreKnown(String name) {
    assertThat(Secrets.named(name)).isTrue();
  }

  @Test
  void noKeyOfOursNamesASecretByAccident() {
    assertThat(ConfigDocument.keys()).extracting(ConfigKey::path).noneMatch(Secrets::named);
  }
}
