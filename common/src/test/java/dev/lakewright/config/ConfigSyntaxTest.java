package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no configuration at all: files that cannot be read, and malformed YAML. */
class ConfigSyntaxTest {

  @TempDir Path folder;
  private YamlFixture yaml;

  @BeforeEach
  void setUp() {
    yaml = new YamlFixture(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# nothing but a comment\n", "---\n", "---\n...\n", "null"})
  void anEmptyFileIsAConfigurationOfDefaults(String text) {
    assertThat(yaml.config(text))
        .isEqualTo(
            ConfigDocument.load(Optional.empty(), List.of(), Map.of())
                .bind(LakewrightConfig.class));
  }

  @Test
  void aByteOrderMarkIsSkipped() {
    assertThat(yaml.config("\uFEFFlearner: {l2: 2}").learner().l2()).isEqualTo(2);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> load(Path.of("conf/absent.yaml")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("conf/absent.yaml: no such file; give an existing YAML file with -c");
  }

  @Test
  void aFileThatIsNotTextIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', (byte) 0xe9});
    assertThatThrownBy(() -> load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": not UTF-8 text; save it as UTF-8");
  }

  @Test
  void aFileThatIsNoSectionIsRefused() {
    assertThat(yaml.problem("- data"))
        .isEqualTo("train.yaml:1: a configuration must be lines of 'key: value', not a list");
  }

  @Test
  void aSyntaxErrorNamesFileAndLine() {
    assertThat(yaml.problem("data:\n  text: [subject, body\nlearner: {l2: 1}"))
        .isEqualTo(
            "train.yaml:3: not valid YAML: expected ',' or ']', but got :"
                + " (while parsing a flow sequence)");
  }

  @Test
  void aTabIsExplained() {
    assertThat(yaml.problem("data:\n\ttable: lake/mail"))
        .isEqualTo("train.yaml:2: not valid YAML: a tab cannot indent; use spaces");
  }

  @Test
  void aColonInAPlainTextIsExplained() {
    assertThat(yaml.problem("data: table: mail"))
        .isEqualTo(
            "train.yaml:1: not valid YAML: a second ': ' in one line, or a line indented unlike its"
                + " neighbours; quote a value that holds ': '");
  }

  @Test
  void aReservedCharacterIsExplained() {
    assertThat(yaml.problem("data:\n  table: @mail"))
        .isEqualTo(
            "train.yaml:2: not valid YAML: found character '@' cannot begin a value; put the value"
                + " in quotes");
  }

  @Test
  void aControlCharacterIsRefused() {
    assertThat(yaml.problem("data:\n  table: a\u0001"))
        .isEqualTo("train.yaml:2: not valid YAML: the character U+0001 is not allowed; remove it");
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertThat(yaml.problem("learner: {l2: 1}\n---\nlearner: {l2: 2}"))
        .isEqualTo("train.yaml:2: a second YAML document begins here; keep one per file");
  }

  @Test
  void aDuplicateKeyNamesBothPlaces() {
    assertThat(yaml.problem("learner:\n  l2: 1\n  l1: 0\n  l2: 2\n"))
        .isEqualTo("train.yaml:4: duplicate key learner.l2, already at train.yaml:2; keep one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!int 3", "!ruby/object 3", "!!map {a: 1}", "! 3", "!e!x 3"})
  void tagsAreRefused(String value) {
    assertThat(yaml.problem("learner:\n  l2: " + value))
        .endsWith("YAML tags (!...) are not supported; quote a text that begins with !")
        .startsWith("train.yaml:2: ");
  }

  @Test
  void aKeyThatIsNoWordIsRefused() {
    assertThat(yaml.problem("? [a, b]\n: 1"))
        .isEqualTo("train.yaml:1: a key must be a word, not a list, section or alias");
  }

  @Test
  void anAliasRepeatsAValue() {
    LakewrightConfig config =
        yaml.config("features:\n  words: &space {hash_bits: 12}\n  chars: *space\n");
    assertThat(config.features().chars()).isEqualTo(config.features().words());
  }

  @Test
  void anAliasWithoutAnchorIsRefusedWithoutEchoingIt() {
    assertThat(yaml.problem("ingest:\n  input: *csv"))
        .isEqualTo(
            "train.yaml:2: * refers to an anchor (&) that is not set before; quote a text that"
                + " begins with *");
  }

  @Test
  void anAnchorCannotHoldItself() {
    assertThat(yaml.problem("data: &data\n  text: [*data]"))
        .isEqualTo(
            "train.yaml:2: * refers to an anchor (&) that is not set before; quote a text that"
                + " begins with *");
  }

  @Test
  void aliasesCannotMultiplyWithoutBound() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i <= 9; i++) {
      String alias = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(
                  i,
                  i,
                  String.join(
                      ", ",
                      List.of(
                          alias, alias, alias, alias, alias, alias, alias, alias, alias, alias))));
    }
    assertThat(yaml.problem(bomb.toString()))
        .isEqualTo(
            "train.yaml:5: more than 100000 values once aliases (*) are expanded; use fewer");
  }

  @Test
  void depthIsBounded() {
    assertThat(yaml.problem("data: " + "[".repeat(100_000) + "]".repeat(100_000)))
        .isEqualTo("train.yaml:1: nested deeper than 50 levels; flatten it");
  }

  private static ConfigDocument load(Path file) {
    return ConfigDocument.load(Optional.of(file), List.of(), Map.of());
  }
}
