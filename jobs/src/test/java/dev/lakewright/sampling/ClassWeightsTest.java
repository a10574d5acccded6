package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Weights;
import dev.lakewright.errors.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {

  private static final List<String> CLASSES = List.of("ham", "spam");

  @Test
  void balancedWeightsAreThoseOfScikitLearn() {
    // sklearn.utils.class_weight.compute_class_weight("balanced", ...) on 69 ham, 31 spam
    double[] weights =
        ClassWeights.of(
            new SamplingConfig(Weights.BALANCED, Map.of(), AugmentationConfig.OFF),
            CLASSES,
            new long[] {69, 31});
    assertThat(weights).containsExactly(100 / (2 * 69.0), 100 / (2 * 31.0));
  }

  @Test
  void classWithoutRowsWeighsOne() {
    assertThat(
            ClassWeights.of(
                new SamplingConfig(Weights.BALANCED, Map.of(), AugmentationConfig.OFF),
                CLASSES,
                new long[] {5, 0}))
        .containsExactly(0.5, 1);
  }

  @Test
  void explicitWeightsLeaveOtherClassesAtOne() {
    assertThat(
            ClassWeights.of(
                new SamplingConfig(Weights.NONE, Map.of("spam", 3.0), AugmentationConfig.OFF),
                CLASSES,
                new long[] {5, 5}))
        .containsExactly(1, 3);
  }

  @Test
  void unknownClassIsRefusedByName() {
    SamplingConfig config =
        new SamplingConfig(Weights.NONE, Map.of("spma", 3.0), AugmentationConfig.OFF);
    assertThatThrownBy(() -> ClassWeights.of(config, CLASSES, new long[] {5, 5}))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "sampling.class_weights names the class spma, but the training rows hold only [ham, spam]");
  }
}
