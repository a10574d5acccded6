package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialTest {

  @Test
  void aMethodThatWouldGoUnheededIsRefused() {
    LakewrightConfig config =
        ConfigDocument.load(Optional.empty(), List.of("sampling.method=smote"), Map.of())
            .bind(LakewrightConfig.class);
    assertThatThrownBy(
            () -> new Trial(0, Map.of(), config.features(), config.sampling(), config.learner()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "sampling.method: smote cannot be part of a trial: training rows are weighted, not resampled; set it to none, or use sampling.weights");
  }
}
