package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.SectionType.Field;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of every record is documented and its default fits it. */
class ConfigRecordsTest {

  static Stream<SectionType> sections() {
    return withNested(SectionType.of(LakewrightConfig.class)).distinct();
  }

  private static Stream<SectionType> withNested(SectionType section) {
    return Stream.concat(
        Stream.of(section),
        section.fields().stream()
            .map(Field::type)
            .filter(SectionType.class::isInstance)
            .flatMap(nested -> withNested((SectionType) nested)));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void everyKeyIsDocumentedInOneLine(SectionType section) {
    assertThat(section.fields())
        .allSatisfy(field -> assertThat(field.doc()).isNotBlank().doesNotContain("\n"));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void everyDefaultBinds(SectionType section) {
    Binder binder = new Binder(new ConfigSchema(section));
    assertThat(section.fields())
        .allSatisfy(
            field ->
                field
                    .fallbackNode()
                    .ifPresent(node -> binder.bind(field.type(), field.name(), node)));
    assertThat(binder.problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("sections")
  void everySectionBindsWithNothingSet(SectionType section) {
    Binder binder = new Binder(new ConfigSchema(section));
    assertThat(binder.bind(section, "", SectionType.unset("nowhere"))).isPresent();
    assertThat(binder.problems()).isEmpty();
  }

  @Test
  void everyKeyIsListedWithItsTypeDefaultAndMeaning() {
    assertThat(ConfigDocument.keys())
        .hasSizeGreaterThan(70)
        .contains(
            new ConfigKey(
                "learner.l2",
                "a number, at least 0",
                Optional.of("1e-3"),
                "Strength of the L2 penalty"),
            new ConfigKey(
                "data.text",
                "a list of text",
                Optional.empty(),
                "Text columns; each has a feature space of its own"),
            new ConfigKey(
                "tune.folds",
                "a whole number, between 2 and 100",
                Optional.of("3"),
                "Number of folds"))
        .extracting(ConfigKey::path)
        .doesNotHaveDuplicates()
        .contains("features.words.hash_bits", "data.split.test_value", "spark");
  }

  record Undocumented(int number) {}

  record Unbindable(@Key(doc = "An address") URI address) {}

  record NumberedMap(@Key(doc = "A map") Map<Integer, String> names) {}

  @Test
  void aComponentWithoutKeyIsADefect() {
    assertThatThrownBy(() -> SectionType.of(Undocumented.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Undocumented.number lacks @Key");
  }

  @Test
  void aTypeThatYamlCannotFillIsADefect() {
    assertThatThrownBy(() -> SectionType.of(Unbindable.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a configuration record cannot hold java.net.URI");
    assertThatThrownBy(() -> SectionType.of(NumberedMap.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a configuration record cannot hold java.util.Map<java.lang.Integer, java.lang.String>");
  }
}
