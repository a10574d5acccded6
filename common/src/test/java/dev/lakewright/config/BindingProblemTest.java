package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every wrong key and value is one line: file, line, key, what was expected, what was found. */
class BindingProblemTest {

  @TempDir Path folder;
  private YamlFixture yaml;

  @BeforeEach
  void setUp() {
    yaml = new YamlFixture(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "learner: {l3: 1}            | unknown key learner.l3; did you mean learner.l2?",
        "lerner: {l2: 1}             | unknown key lerner; did you mean learner?",
        "l2: 1                       | unknown key l2; did you mean learner.l2?",
        "data: {txet: body}          | unknown key data.txet; did you mean data.text?",
        "data: {lable: y}            | unknown key data.lable; did you mean data.label?",
        "features: {lower-case: no}  |"
            + " unknown key features.lower-case; did you mean features.lower_case?",
        "features: {hash_bits: 8}    | unknown key features.hash_bits; did you mean"
            + " features.words.hash_bits, features.chars.hash_bits or"
            + " features.categorical.hash_bits?",
        "data: {test: 0.3}           |"
            + " unknown key data.test; did you mean data.text or data.split.test?",
        "registry: {compression: 9}  |"
            + " unknown key registry.compression; valid keys here: path, single_writer"
      })
  void anUnknownKeyNamesTheNearestValidOnes(String text, String message) {
    assertThat(yaml.problem("\n\n" + text)).isEqualTo("train.yaml:3: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "learner: {l2: abc}            | learner.l2 must be a number, not 'abc'",
        "learner: {l2: '0.1'}          | learner.l2 must be a number, not '0.1'",
        "learner: {l2: 1_000}          | learner.l2 must be a number, not '1_000'",
        "learner: {l2: 1d}             | learner.l2 must be a number, not '1d'",
        "learner: {l2: [1]}            | learner.l2 must be a number, not a list",
        "learner: {l2: {a: 1}}         | learner.l2 must be a number, not a section",
        "learner: {l2: .nan}           | learner.l2 must be a finite number, not '.nan'",
        "learner: {l2: -.inf}          | learner.l2 must be a finite number, not '-.inf'",
        "learner: {l2: 1e999}          | learner.l2 must be a finite number, not 1e999",
        "learner: {l2: -1}             | learner.l2 must be at least 0, not -1",
        "learner: {intercept: treu}    | learner.intercept must be true or false, not 'treu'",
        "learner: {intercept: yes}     | learner.intercept must be true or false, not 'yes'",
        "learner: {intercept: 'true'}  | learner.intercept must be true or false, not 'true'",
        "learner: 3                    | learner must be a section, not 3",
        "tune: {folds: 1.5}            | tune.folds must be a whole number, not 1.5",
        "tune: {folds: 1e1}            | tune.folds must be a whole number, not 1e1",
        "tune: {folds: 1}              | tune.folds must be between 2 and 100, not 1",
        "tune: {folds: 3000000000}     | tune.folds must be between 2 and 100, not 3000000000",
        "tune: {seed: 9223372036854775808} |"
            + " tune.seed must be a whole number of at most 64 bits, not 9223372036854775808",
        "evaluation: {max_rows: 3000000000} |"
            + " evaluation.max_rows must be between 100 and 2147483647, not 3000000000",
        "evaluation: {confidence: 95}  | evaluation.confidence must be between 0.5 and 0.999, not 95",
        "tune: {metric: f1}            | tune.metric must be one of accuracy, macro_f1, micro_f1,"
            + " weighted_f1, macro_precision, macro_recall, balanced_accuracy, g_mean, mcc, log_loss,"
            + " brier, roc_auc, pr_auc, calibration_error, not 'f1'",
        "sampling: {weights: balancd}  |"
            + " sampling.weights must be one of none, balanced, effective_number, not 'balancd'; did you mean balanced?",
        "sampling: {class_weights: 2}  |"
            + " sampling.class_weights must be a map of words to a number, not 2",
        "data: {table: [a]}            | data.table must be text, not a list",
        "data: {text: {a: b}}          | data.text must be a list of text, not a section",
        "data: {text: [a, {b: c}]}     | data.text[1] must be text, not a section",
        "data: {text: [a, ~]}          | data.text[1] must be text, not an empty value",
        "features: {words: {ngrams: 2}} |"
            + " features.words.ngrams must be a list of whole numbers, not 2",
        "features: {words: true}       | features.words must be a section, not 'true'",
        "model: {name: ../../etc}      | model.name must be text that matches"
            + " [A-Za-z0-9][A-Za-z0-9._-]{0,99}, not '../../etc'",
      })
  void aWrongValueIsToldWithWhatItsKeyWants(String text, String message) {
    assertThat(yaml.problem("\n\n" + text)).isEqualTo("train.yaml:3: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "features: {words: {ngrams: [2, 1]}} | features.words: ngrams must be [shortest, longest]"
            + " with 1 <= shortest <= longest <= 10, not [2, 1]",
        "data: {split: {by: time}} | data.split: by: time needs column to be set",
        "tune: {by: group} | tune: by: group needs column to be set",
        "thresholds: {goal: cost} | thresholds: goal: cost needs cost to be set",
        "sampling: {class_weights: {spam: -1}} |"
            + " sampling: class_weights.spam must be a positive number, not -1.0",
        "sampling: {weights: balanced, class_weights: {spam: 2}} | sampling: class_weights cannot"
            + " be combined with weights: balanced; remove one of them",
        "sampling: {augmentation: {copies: 2, synonyms: 0, swap: 0, deletion: 0, insertion: 0}} |"
            + " sampling.augmentation: copies: 2 needs a way to alter texts; give synonyms, swap,"
            + " deletion, insertion or character_noise a share such as 0.1",
        "sampling: {augmentation: {counts: {spam: 0}}} | sampling.augmentation: counts.spam must be"
            + " at least 1, not 0"
      })
  void aRuleBetweenKeysIsToldAtItsSection(String text, String message) {
    assertThat(yaml.problem("\n" + text)).isEqualTo("train.yaml:2: " + message);
  }

  @Test
  void copiesOfTextsTakeTextsAndSynonymsTakeEnglishOnes() {
    assertThat(yaml.problem("features: {language: chinese}\nsampling: {augmentation: {copies: 1}}"))
        .endsWith(
            "sampling.augmentation.synonyms and insertion know English words only, but"
                + " features.language is chinese; set both to 0");
    assertThat(yaml.problem("data: {numeric: [a]}\nsampling: {augmentation: {copies: 1}}"))
        .endsWith(
            "sampling.augmentation.copies alters texts, but data.text names no column; set copies:"
                + " 0, or name one");
  }

  @Test
  void aProblemInABlockIsToldAtTheLineOfItsKeyOrItem() {
    assertThat(
            yaml.problem("data:\n  text:\n    - subject\n    - [body]\n  split:\n    test: high\n"))
        .isEqualTo(
            """
            train.yaml:4: data.text[1] must be text, not a list
            train.yaml:6: data.split.test must be a number, not 'high'""");
  }

  @Test
  void allProblemsAreToldAtOnceAndNoneTwice() {
    String text =
        """
        data: {split: {by: group, colum: user}}
        learner: {l2: abc, l3: 1}
        tune: {folds: 1, by: group}
        lake: {}
        """;
    assertThat(yaml.problem(text))
        .isEqualTo(
            """
            train.yaml:4: unknown key lake; valid keys here: data, ingest, features, sampling, resample, \
            learner, ensemble, tune, compare, calibration, thresholds, evaluation, score, retrain, stream, model, registry, report, tracking, spark
            train.yaml:1: unknown key data.split.colum; did you mean data.split.column?
            train.yaml:2: unknown key learner.l3; did you mean learner.l2?
            train.yaml:2: learner.l2 must be a number, not 'abc'
            train.yaml:3: tune.folds must be between 2 and 100, not 1""");
  }

  @Test
  void anEmptyNameIsNoName() {
    assertThat(yaml.problem("model: {alias: ''}"))
        .isEqualTo(
            "train.yaml:1: model.alias must be text that matches"
                + " (?!latest$|[0-9]+$)[A-Za-z0-9][A-Za-z0-9._-]{0,99}, not ''");
  }

  @Test
  void aManyLinedKeyStaysOneLine() {
    assertThat(yaml.problem("? \"a\\nb\"\n: 1"))
        .startsWith("train.yaml:1: unknown key a\\nb; valid keys here: data, ");
  }

  @Test
  void aLongOrManyLinedValueStaysOneShortLine() {
    assertThat(yaml.problem("learner: {l2: \"a\\nb" + "x".repeat(1000) + "\"}"))
        .isEqualTo(
            "train.yaml:1: learner.l2 must be a number, not 'a\\nb" + "x".repeat(77) + "...'");
  }
}
