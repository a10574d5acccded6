package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tune.space}: every key and candidate is checked before anything runs. */
class SearchSpaceTest {

  @TempDir Path folder;
  private YamlFixture yaml;

  @BeforeEach
  void setUp() {
    yaml = new YamlFixture(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "features.words.ngrams: [[1, 1], [1, 2]]",
        "features.chars.hash_bits: {int: [12, 20]}",
        "sampling.class_weights.spam: {log_uniform: [0.1, 10]}",
        "learner.l2: {int: [1, 3]}",
        "learner.intercept: [true, false]",
        "features.language: [icu, 'english']"
      })
  void whatFitsItsKeyIsAccepted(String dimension) {
    assertThat(yaml.config("tune: {space: {" + dimension + "}}").tune().space()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "learner.l3: [1] | unknown key learner.l3 in tune.space; did you mean learner.l2?",
        "l2: [1] | unknown key l2 in tune.space; did you mean learner.l2?",
        "data.table: [a, b] | tune.space cannot vary data.table; only keys of features, sampling, learner",
        "features.words: [1] | tune.space cannot vary the section features.words; name one of its keys",
        "learner.l2: 7 | tune.space.learner.l2 must be a list of values, {choice: [...]},"
            + " {uniform: [low, high]}, {log_uniform: [low, high]} or {int: [low, high]}, not 7",
        "learner.l2: {loguniform: [1, 2]} | tune.space.learner.l2 knows no loguniform; use one of"
            + " choice, uniform, log_uniform, int",
        "learner.l2: [] | tune.space.learner.l2: a choice needs at least one value",
        "learner.l2: {uniform: [1]} |"
            + " tune.space.learner.l2 must be {uniform: [low, high]} with two numbers",
        "learner.l2: {uniform: 1} | tune.space.learner.l2 must be {uniform: [...]}, not 1",
        "learner.l2: {uniform: [1, x]} | tune.space.learner.l2 must be a number, not 'x'",
        "learner.l2: {uniform: [0, .inf]} |"
            + " tune.space.learner.l2 must be a finite number, not '.inf'",
        "learner.l2: {uniform: [2, 1]} | tune.space.learner.l2: a range needs finite [low, high]"
            + " with low <= high, not [2.0, 1.0]",
        "learner.l2: {log_uniform: [0, 1]} |"
            + " tune.space.learner.l2: log_uniform needs low > 0, not 0.0",
        "learner.l2: {int: [1, 2.5]} | tune.space.learner.l2 must be a whole number, not 2.5",
        "learner.l2: [1, {a: 1}] |"
            + " tune.space.learner.l2 cannot have a candidate that is a section",
        "learner.l2: [1, ~] |"
            + " tune.space.learner.l2 cannot have a candidate that is an empty value",
        "learner.l2: [1, abc] | tune.space: learner.l2 must be a number, not 'abc'",
        "learner.l2: {uniform: [-1, 1]} | tune.space: learner.l2 must be at least 0, not -1",
        "features.words.hash_bits: {int: [4, 30]} |"
            + " tune.space: features.words.hash_bits must be between 4 and 24, not 30",
        "features.words.min_df: {uniform: [1, 5]} | tune.space: features.words.min_df must be a"
            + " whole number, which uniform and log_uniform do not draw; use int or choice",
        "features.words.ngrams: [1, 2] |"
            + " tune.space: features.words.ngrams must be a list of whole numbers, not 1",
        "features.words.ngrams: [[2, 1]] | tune.space: features.words: ngrams must be [shortest,"
            + " longest] with 1 <= shortest <= longest <= 10, not [2, 1]",
        "sampling.weights: [balancd] |"
            + " tune.space: sampling.weights must be one of none, balanced, not 'balancd'"
      })
  void whatDoesNotFitIsRefused(String dimension, String message) {
    assertThat(yaml.problem("tune:\n  space:\n    " + dimension).lines().findFirst())
        .contains("train.yaml:3: " + message);
  }

  @Test
  void aCandidateMustAgreeWithTheRestOfItsSection() {
    assertThat(
            yaml.problem(
                """
                sampling: {class_weights: {spam: 2}}
                tune:
                  space:
                    sampling.weights: [none, balanced]
                """))
        .isEqualTo(
            "train.yaml:4: tune.space: sampling: class_weights cannot be combined with weights:"
                + " balanced; remove one of them");
  }

  @Test
  void aProblemOfTheSectionItselfIsToldOnce() {
    assertThat(yaml.problem("learner: {l1: x}\ntune: {space: {learner.l2: [1, 2]}}"))
        .isEqualTo("train.yaml:1: learner.l1 must be a number, not 'x'");
  }

  @Test
  void aProblemOfAnAssignedSpaceNamesTheAssignment() {
    assertThat(yaml.problem("", "tune.space.learner.l2=[1, abc]"))
        .isEqualTo(
            "--set tune.space.learner.l2: tune.space: learner.l2 must be a number, not 'abc'");
  }
}
