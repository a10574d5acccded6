package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What well-formed values become. */
class BindingTest {

  @TempDir Path folder;
  private YamlFixture yaml;

  @BeforeEach
  void setUp() {
    yaml = new YamlFixture(folder);
  }

  @Test
  void unsetKeysHaveTheirDefaults() {
    LakewrightConfig config = yaml.config("");
    assertThat(config.data().table()).isEmpty();
    assertThat(config.data().text()).isEmpty();
    assertThat(config.data().split().test()).isEqualTo(0.2);
    assertThat(config.ingest().delimiter()).isEqualTo(",");
    assertThat(config.features().words()).isEmpty();
    assertThat(config.learner().l2()).isEqualTo(1e-3);
    assertThat(config.tune().space()).isEmpty();
    assertThat(config.model().alias()).isEqualTo("champion");
  }

  @Test
  void anEmptyValueLeavesTheDefault() {
    LakewrightConfig config = yaml.config("data:\nlearner:\n  l2:\n  l1: null\nmodel: {name: ~}");
    assertThat(config).isEqualTo(yaml.config(""));
  }

  @Test
  void anOptionalSectionThatIsSetHasDefaultsOfItsOwn() {
    NgramConfig words = yaml.config("features: {words: {ngrams: [1, 2]}}").features().words().get();
    assertThat(words.ngrams()).containsExactly(1, 2);
    assertThat(words.hashBits()).isEqualTo(18);
  }

  @ParameterizedTest
  @CsvSource({"1e-3,0.001", "1E3,1000", ".5,0.5", "5.,5", "+2,2", "0.1,0.1"})
  void aNumberMayBeWrittenInAnyDecimalWay(String written, double value) {
    assertThat(yaml.config("learner: {l2: " + written + "}").learner().l2()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail-folders", "mail_folders", "MAIL_FOLDERS", "'Mail-Folders'"})
  void aWordOfAnEnumMayBeWrittenInAnyCase(String written) {
    assertThat(yaml.config("ingest: {format: " + written + "}").ingest().format())
        .isEqualTo(IngestConfig.Format.MAIL_FOLDERS);
  }

  @Test
  void aLoneTextCountsAsAListOfOne() {
    assertThat(yaml.config("data: {text: body}").data().text()).containsExactly("body");
  }

  @Test
  void textMayLookLikeANumber() {
    DataConfig data = yaml.config("data: {version: 12, label: true, table: 'null'}").data();
    assertThat(data.version()).isEqualTo("12");
    assertThat(data.label()).isEqualTo("true");
    assertThat(data.table()).contains("null");
  }

  @Test
  void keysOfMapsMayHoldDotsAndKeepTheirOrder() {
    LakewrightConfig config =
        yaml.config(
            "spark:\n  spark.z: 1\n  spark.hadoop.fs.s3a.endpoint: http://127.0.0.1:9000\n");
    assertThat(config.spark())
        .containsExactly(
            Map.entry("spark.z", "1"),
            Map.entry("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:9000"));
  }

  @Test
  void mapsNest() {
    assertThat(yaml.config("thresholds: {goal: cost, cost: {spam: {ham: 5}}}").thresholds().cost())
        .isEqualTo(Map.of("spam", Map.of("ham", 5.0)));
  }

  @Test
  void everyFormOfASearchDimensionIsRead() {
    Map<String, SearchDimension> space =
        yaml.config(
                """
                tune:
                  space:
                    learner.l2: [1e-1, 1]
                    learner.l1: {choice: [0]}
                    features.words.max_df: {uniform: [0.5, 1]}
                    learner.tolerance: {log-uniform: [1e-8, 1e-4]}
                    features.words.min_df: {int: [1, 5]}
                    features.words.ngrams: [[1, 1], [1, 2]]
                    sampling.weights: [none, 'balanced']
                    features.words.idf: [true, false]
                """)
            .tune()
            .space();
    assertThat(space)
        .containsExactly(
            Map.entry("learner.l2", new SearchDimension.Choice(List.of(0.1, 1L))),
            Map.entry("learner.l1", new SearchDimension.Choice(List.of(0L))),
            Map.entry("features.words.max_df", new SearchDimension.Uniform(0.5, 1)),
            Map.entry("learner.tolerance", new SearchDimension.LogUniform(1e-8, 1e-4)),
            Map.entry("features.words.min_df", new SearchDimension.IntegerRange(1, 5)),
            Map.entry(
                "features.words.ngrams",
                new SearchDimension.Choice(List.of(List.of(1L, 1L), List.of(1L, 2L)))),
            Map.entry("sampling.weights", new SearchDimension.Choice(List.of("none", "balanced"))),
            Map.entry("features.words.idf", new SearchDimension.Choice(List.of(true, false))));
  }

  record Requiring(@Key(doc = "A number that has to be given") int number) {}

  @Test
  void aKeyWithoutDefaultIsRequired() {
    assertThat(yaml.problem(Requiring.class, ""))
        .isEqualTo("train.yaml: number is required: set it in the file or with --set number=...");
    assertThat(yaml.document(Requiring.class, "number: 3").bind(Requiring.class))
        .isEqualTo(new Requiring(3));
  }

  @Test
  void withoutAFileEverythingMayComeFromTheCommandLine() {
    ConfigDocument document =
        ConfigDocument.load(Optional.empty(), List.of("data.table=lake/mail"), Map.of());
    assertThat(document.bind(LakewrightConfig.class).data().table()).contains("lake/mail");
  }
}
