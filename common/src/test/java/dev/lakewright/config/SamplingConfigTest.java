package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.ConfigException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingConfigTest {

  private static SamplingConfig config(String... settings) {
    List<String> keys = Arrays.stream(settings).map(setting -> "sampling." + setting).toList();
    return ConfigDocument.load(Optional.empty(), keys, Map.of())
        .bind(LakewrightConfig.class)
        .sampling();
  }

  @Test
  void nothingIsResampledByDefault() {
    SamplingConfig config = config();
    assertThat(config.method()).isEqualTo(SamplingConfig.Method.NONE);
    assertThat(config.weighsClasses()).isFalse();
    assertThat(config.augmentation().altersTexts() || config.augmentation().mixes()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "method=smote        | target=majority  | target: majority cannot go with method: smote, which makes rows; choose minority, not_majority or all",
        "method=tomek        | target=minority  | target: minority cannot go with method: tomek, which removes rows; choose majority, not_minority or all",
        "method=enn          | ratio=0.5        | ratio and counts cannot go with method: enn, which removes what it finds; choose classes with target or remove_from",
        "method=enn          | counts={spam: 5} | ratio and counts cannot go with method: enn, which removes what it finds; choose classes with target or remove_from",
        "ratio=0.5           | counts={spam: 5} | ratio cannot be combined with counts; remove one of them",
        "target=all          | ratio=0.5        | target: all cannot be combined with ratio or counts; remove one of them",
        "counts={spam: -1}   | method=smote     | counts.spam must be at least 0, not -1",
        "method=random_under | remove_from=spam | remove_from goes with cleaning methods such as tomek and enn, not with method: random_under"
      })
  void settingsThatContradictEachOtherAreRefused(String one, String other, String message) {
    assertThatThrownBy(() -> config(one, other))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("sampling: " + message);
  }

  @Test
  void aSweepMayVaryTheMethodAndItsRatio() {
    String space =
        "tune.space={sampling.method: [none, smote, random_under], "
            + "sampling.ratio: {uniform: [0.2, 1], when: {sampling.method: [smote, random_under]}}}";
    assertThat(
            ConfigDocument.load(Optional.empty(), List.of(space), Map.of())
                .bind(LakewrightConfig.class)
                .tune()
                .space())
        .containsOnlyKeys("sampling.method", "sampling.ratio");
  }
}
