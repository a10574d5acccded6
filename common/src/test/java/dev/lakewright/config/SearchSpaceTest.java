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
        "learner.l2: {uniform: [0, 1], step: 0.05}",
        "features.words.min_df: {int: [1, 9], step: 2}",
        "features.words.max_terms: {log_int: [1, 1000]}",
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
        "data.table: [a, b] | tune.space cannot vary data.table; only keys of features, sampling, learner, ensemble",
        "features.words: [1] | tune.space cannot vary the section features.words; name one of its keys",
        "learner.l2: 7 | tune.space.learner.l2 must be a list of values, {choice: [...]},"
            + " {uniform: [low, high]}, {log_uniform: [low, high]}, {int: [low, high]} or"
            + " {log_int: [low, high]}, not 7",
        "learner.l2: {loguniform: [1, 2]} | tune.space.learner.l2 knows no loguniform; use one of"
            + " choice, uniform, log_uniform, int, log_int, with step or when beside it if needed",
        "learner.l2: {uniform: [1, 2], int: [1, 2]} | tune.space.learner.l2 must have exactly one of"
            + " choice, uniform, log_uniform, int, log_int, not uniform and int",
        "learner.l2: {step: 1} | tune.space.learner.l2 must have exactly one of choice, uniform,"
            + " log_uniform, int, log_int, not none",
        "learner.l2: {log_uniform: [1, 2], step: 1} | tune.space.learner.l2 cannot have a step"
            + " beside log_uniform; step goes with uniform or int",
        "learner.l2: {uniform: [0, 1], step: 0.3} | tune.space.learner.l2: step must lead from low"
            + " to high exactly, which [0.0, 1.0] by 0.3 does not",
        "learner.l2: {uniform: [0, 1], step: 0} | tune.space.learner.l2: step must be a number above"
            + " 0, not 0.0",
        "learner.l2: {int: [1, 8], step: 2} | tune.space.learner.l2: step must lead from low to high"
            + " exactly, which [1, 8] by 2 does not",
        "learner.l2: {int: [1, 8], step: 0} | tune.space.learner.l2: step must be at least 1, not 0",
        "learner.l2: {int: [1, 8], step: x} | tune.space.learner.l2 must be a whole number, not 'x'",
        "learner.l2: {log_int: [0, 8]} | tune.space.learner.l2: log_int needs low >= 1, not 0",
        "learner.l2: {choice: [1], when: focal} | tune.space.learner.l2 must have {when: {other.key:"
            + " [values]}} with keys of the space, not 'focal'",
        "learner.l2: {choice: [1], when: {learner.l1: []}} | tune.space.learner.l2 needs at least one"
            + " value in when of learner.l1",
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
            + " whole number, which uniform and log_uniform do not draw; use int, log_int or choice",
        "features.words.ngrams: [1, 2] |"
            + " tune.space: features.words.ngrams must be a list of whole numbers, not 1",
        "features.words.ngrams: [[2, 1]] | tune.space: features.words: ngrams must be [shortest,"
            + " longest] with 1 <= shortest <= longest <= 10, not [2, 1]",
        "sampling.weights: [balancd] |"
            + " tune.space: sampling.weights must be one of none, balanced, effective_number, not 'balancd'; did you mean balanced?"
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

  @Test
  void aConditionOnAChoiceIsAccepted() {
    Map<String, SearchDimension> space =
        yaml.config(
                """
                tune:
                  space:
                    learner.l1: {log_uniform: [1e-6, 1], when: {sampling.weights: balanced}}
                    features.words.min_df:
                      choice: [1, 2]
                      when: {sampling.weights: [none, balanced], learner.intercept: true}
                    sampling.weights: [none, balanced]
                    learner.intercept: {choice: [true, false], when: {sampling.weights: none}}
                """)
            .tune()
            .space();
    assertThat(space.get("learner.l1"))
        .isEqualTo(
            new SearchDimension.Conditional(
                new SearchDimension.LogUniform(1e-6, 1),
                Map.of("sampling.weights", List.of("balanced"))));
    assertThat(space.get("features.words.min_df").conditions())
        .isEqualTo(
            Map.of(
                "sampling.weights",
                List.of("none", "balanced"),
                "learner.intercept",
                List.of(true)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "learner.l1: 1 | which is not in the space",
        "sampling.weigths: none | tune.space.learner.l2: when names sampling.weigths, which is not"
            + " in the space; did you mean sampling.weights?",
        "learner.tolerance: 0.1 | tune.space.learner.l2: when names learner.tolerance, which is a"
            + " range; a condition needs a choice, so list its values",
        "sampling.weights: [none, heavy] | tune.space.learner.l2: when asks sampling.weights for"
            + " heavy, which it cannot take; it takes none, balanced",
        "features.words.idf: true | tune.space.learner.l2: when goes in a circle: learner.l2 needs"
            + " features.words.idf needs learner.l2; remove one of these conditions",
      })
  void aConditionThatCannotHoldIsRefused(String when, String message) {
    assertThat(
            yaml.problem(
                """
                tune:
                  space:
                    learner.l2:
                      choice: [0, 1]
                      when:
                        %s
                    sampling.weights: [none, balanced]
                    learner.tolerance: {uniform: [0, 1]}
                    features.words.idf: {choice: [true, false], when: {learner.l2: 1}}
                """
                    .formatted(when)))
        .startsWith("train.yaml:6: ")
        .contains(message)
        .doesNotContain("\n");
  }

  @Test
  void aConditionalCandidateIsCheckedWhereItIsActive() {
    String space =
        """
        sampling: {weights: balanced}
        tune:
          space:
            sampling.class_weights.ham: {choice: [1, 2], when: {sampling.weights: %s}}
            sampling.weights: [none, balanced]
        """;
    assertThat(yaml.config(space.formatted("none")).tune().space()).hasSize(2);
    assertThat(yaml.problem(space.formatted("balanced")))
        .contains("class_weights cannot be combined with weights: balanced");
  }
}
