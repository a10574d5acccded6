package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --set key.path=value} over the file. */
class OverlayTest {

  @TempDir Path folder;
  private YamlFixture yaml;

  @BeforeEach
  void setUp() {
    yaml = new YamlFixture(folder);
  }

  @Test
  void theLastValueWins() {
    LearnerConfig learner =
        yaml.config("learner: {l2: 1, l1: 5}", "learner.l2=2", "learner.l2=3").learner();
    assertThat(learner.l2()).isEqualTo(3);
    assertThat(learner.l1()).isEqualTo(5);
  }

  @Test
  void valuesAreYaml() {
    LakewrightConfig config =
        yaml.config(
            "data: {text: [a]}",
            "data.text=[subject, body]",
            "learner={l2: 2}",
            "features.words.ngrams=[1, 3]");
    assertThat(config.data().text()).containsExactly("subject", "body");
    assertThat(config.learner().l2()).isEqualTo(2);
    assertThat(config.features().words().get().longest()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.csv", "|", "#", "%1", "@x", ">", "a=b", "s3a://lake/mail"})
  void aTextThatCannotBeginAYamlValueStandsForItself(String text) {
    assertThat(yaml.config("", "ingest.input=" + text).ingest().input()).contains(text);
  }

  @Test
  void sectionsMergeKeyByKeyAndOtherValuesAreReplaced() {
    LakewrightConfig config =
        yaml.config(
            "learner: {l1: 1}\ntune: {space: {learner.l2: {uniform: [0, 1]}}}",
            "learner={l2: 2}",
            "tune.space={learner.l1: [0, 1]}",
            "tune.space.learner.l2={log_uniform: [1, 2]}");
    assertThat(config.learner().l1()).isEqualTo(1);
    assertThat(config.tune().space())
        .containsExactly(
            Map.entry("learner.l2", new SearchDimension.LogUniform(1, 2)),
            Map.entry("learner.l1", new SearchDimension.Choice(List.of(0L, 1L))));
  }

  @ParameterizedTest
  @CsvSource({"features.chars=null", "features.chars="})
  void anEmptyValueUnsetsAKey(String set) {
    assertThat(yaml.config("features: {chars: {hash_bits: 10}}", set).features().chars()).isEmpty();
  }

  @Test
  void beneathAMapTheRestOfThePathIsOneKey() {
    LakewrightConfig config =
        yaml.config(
            "spark: {spark.a.b: 1}",
            "spark.spark.hadoop.fs.s3a.endpoint=http://127.0.0.1",
            "tune.space.learner.l2=[1, 2]",
            "ingest.labels.easy.ham=ham");
    assertThat(config.spark())
        .isEqualTo(Map.of("spark.a.b", "1", "spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1"));
    assertThat(config.tune().space()).containsOnlyKeys("learner.l2");
    assertThat(config.ingest().labels()).isEqualTo(Map.of("easy.ham", "ham"));
  }

  @Test
  void beneathAMapOfMapsTheFirstDotPartsTheKeys() {
    assertThat(
            yaml.config("", "thresholds.goal=cost", "thresholds.cost.spam.not.ham=5")
                .thresholds()
                .cost())
        .isEqualTo(Map.of("spam", Map.of("not.ham", 5.0)));
  }

  @Test
  void entriesOfMapsCanBeUnset() {
    assertThat(yaml.config("spark: {spark.a: 1, spark.b: 2}", "spark.spark.a=null").spark())
        .isEqualTo(Map.of("spark.b", "2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "learner.l3=1 | --set learner.l3: unknown key learner.l3; did you mean learner.l2?",
        "lerner.l2=1  | --set lerner.l2: unknown key lerner; did you mean learner?",
        "learner.l2=abc | --set learner.l2: learner.l2 must be a number, not 'abc'",
        "learner.l2.x=1 | --set learner.l2.x: learner.l2 must be a number, not a section",
        "learner=1 | --set learner: learner must be a section, not 1",
        "tune.by=group | --set tune.by: tune: by: group needs column to be set",
        "learner.l2=[1 | --set learner.l2: not valid YAML: expected ',' or ']', but got <stream end>"
            + " (while parsing a flow sequence)",
        "learner | --set needs key.path=value, such as --set data.table=lake/mail, not 'learner'",
        "=1 | --set needs key.path=value, such as --set data.table=lake/mail, not '=1'"
      })
  void aProblemNamesTheAssignment(String set, String message) {
    assertThat(yaml.problem("learner: {l1: 0}", set)).isEqualTo(message);
  }

  @Test
  void aTrialIsTheDocumentWithOneValueMore() {
    ConfigDocument document = yaml.document("learner: {l1: 1}");
    LakewrightConfig trial =
        document
            .with("learner.l2", 7)
            .with("features.words.ngrams", List.of(1L, 2L))
            .with("sampling.weights", "balanced")
            .bind(LakewrightConfig.class);
    assertThat(trial.learner().l1()).isEqualTo(1);
    assertThat(trial.learner().l2()).isEqualTo(7);
    assertThat(trial.features().words().get().longest()).isEqualTo(2);
    assertThat(trial.sampling().weights()).isEqualTo(SamplingConfig.Weights.BALANCED);
    assertThat(document.bind(LakewrightConfig.class).learner().l2()).isEqualTo(1e-3);
  }

  @Test
  void aProblemOfATrialNamesItsValue() {
    assertThat(trialProblem("learner.l2", -7))
        .isEqualTo("tune.space learner.l2 = -7: learner.l2 must be at least 0, not -7");
    assertThat(trialProblem("sampling.weights", "balanced"))
        .isEqualTo(
            "tune.space sampling.weights = balanced: sampling: class_weights cannot be combined"
                + " with weights: balanced; remove one of them");
  }

  private String trialProblem(String key, Object value) {
    ConfigDocument trial = yaml.document("sampling: {class_weights: {spam: 2}}").with(key, value);
    return YamlFixture.refusal(() -> trial.bind(LakewrightConfig.class));
  }
}
