package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Weights;
import dev.lakewright.errors.ConfigException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {

  private static final List<String> CLASSES = List.of("ham", "spam");

  @Test
  void balancedWeightsAreThoseOfScikitLearn() {
    // sklearn.utils.class_weight.compute_class_weight("balanced", ...) on 69 ham, 31 spam
    double[] weights =
        ClassWeights.of(
            SamplingConfig.weighted(Weights.BALANCED, Map.of(), 0.999),
            CLASSES,
            new long[] {69, 31});
    assertThat(weights).containsExactly(100 / (2 * 69.0), 100 / (2 * 31.0));
  }

  @Test
  void classWithoutRowsWeighsOne() {
    assertThat(
            ClassWeights.of(
                SamplingConfig.weighted(Weights.BALANCED, Map.of(), 0.999),
                CLASSES,
                new long[] {5, 0}))
        .containsExactly(0.5, 1);
  }

  private static double[] effectiveNumber(double beta, long... counts) {
    return ClassWeights.of(
        SamplingConfig.weighted(Weights.EFFECTIVE_NUMBER, Map.of(), beta),
        List.of("a", "b", "c"),
        counts);
  }

  @Test
  void effectiveNumberWeightsAreThoseOfThePaperUpToAFactor() {
    // numpy: w = (1 - b) / (1 - b ** n); w / w.sum() * 3, for b = 0.99, n = [900, 90, 10]
    double[] paper = {0.22836657, 0.3835913, 2.38804214};
    double[] weights = effectiveNumber(0.99, 900, 90, 10);
    for (int k = 0; k < 3; k++) {
      assertThat(weights[k] / weights[0]).isCloseTo(paper[k] / paper[0], within(1e-6));
    }
  }

  @Property
  void effectiveNumberWeightsMakeRowsWeighOneOnAverageAndRareOnesMost(
      @ForAll @DoubleRange(min = 0, max = 1) double beta,
      @ForAll @LongRange(min = 1, max = 1_000_000_000L) long rare,
      @ForAll @LongRange(min = 0, max = 1_000_000_000L) long more) {
    double[] weights = effectiveNumber(beta, rare + more, rare, 1);
    double sum = weights[0] * (rare + more) + weights[1] * rare + weights[2];
    assertThat(sum / (2 * rare + more + 1)).isCloseTo(1, within(1e-9));
    assertThat(weights[1]).isGreaterThanOrEqualTo(weights[0]);
  }

  @Test
  void effectiveNumberLeadsFromNoWeightsToBalancedOnes() {
    assertThat(effectiveNumber(0, 90, 9, 1)).containsExactly(1, 1, 1);
    double[] balanced =
        ClassWeights.of(
            SamplingConfig.weighted(Weights.BALANCED, Map.of(), 0.999),
            List.of("a", "b", "c"),
            new long[] {90, 9, 1});
    assertThat(effectiveNumber(1, 90, 9, 1)).containsExactly(balanced, within(1e-9));
    assertThat(effectiveNumber(1 - 1e-12, 90, 9, 1)).containsExactly(balanced, within(1e-3));
    assertThat(effectiveNumber(0.9, 90, 9, 0)[2]).isEqualTo(1);
  }

  @Test
  void explicitWeightsLeaveOtherClassesAtOne() {
    assertThat(
            ClassWeights.of(
                SamplingConfig.weighted(Weights.NONE, Map.of("spam", 3.0), 0.999),
                CLASSES,
                new long[] {5, 5}))
        .containsExactly(1, 3);
  }

  @Test
  void unknownClassIsRefusedByName() {
    SamplingConfig config = SamplingConfig.weighted(Weights.NONE, Map.of("spma", 3.0), 0.999);
    assertThatThrownBy(() -> ClassWeights.of(config, CLASSES, new long[] {5, 5}))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "sampling.class_weights names the class spma, but the training rows hold only [ham, spam]; correct or remove it");
  }
}
