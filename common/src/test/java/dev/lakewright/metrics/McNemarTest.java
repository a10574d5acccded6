package dev.lakewright.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {

  /** Values are sums of binomial coefficients over 2^(gained + lost). */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "1, 0, 0.5",
    "8, 2, 0.0546875",
    "15, 5, 0.020694732666015625",
    "5, 5, 0.623046875"
  })
  void probabilityIsThatOfABinomialTail(long gained, long lost, double expected) {
    assertThat(new McNemar(gained, lost).probabilityOfChance()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void manyRowsDoNotUnderflow() {
    assertThat(new McNemar(50_000, 50_000).probabilityOfChance()).isBetween(0.5, 0.502);
    assertThat(new McNemar(51_000, 49_000).probabilityOfChance()).isBetween(0.0, 1e-8);
  }

  @Test
  void countsTheRowsThatOneAloneGetsRight() {
    List<String> classes = List.of("a", "b");
    int[] labels = {0, 1, 0, 1, -1};
    ScoredRows first = new ScoredRows(classes, labels, new double[10], new int[] {0, 0, 0, 0, 0});
    ScoredRows second = new ScoredRows(classes, labels, new double[10], new int[] {1, 1, 0, 1, 0});
    assertThat(McNemar.of(first, second)).isEqualTo(new McNemar(2, 1));
  }
}
