package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {

  @ParameterizedTest
  @CsvSource({
    "1, 3, 2, 10, 1",
    "4, 3, 2, 10, 2",
    "4, 4, 2, 10, 1",
    "7, 3, 8, 10, 2",
    "100, 3, 40, 10, 13",
    "7, 3, 2, 1, 7",
    "7, 3, 2, 3, 4"
  })
  void batchesKeepCoresBusyShareRowsAndFitMemory(
      int trials, int folds, int cores, int most, int expected) {
    assertThat(Batches.perFold(trials, folds, cores, most)).isEqualTo(expected);
  }
}
