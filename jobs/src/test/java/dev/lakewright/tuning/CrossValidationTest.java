package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossValidationTest {

  @ParameterizedTest
  @CsvSource({"1, 3, 2, 1", "4, 3, 2, 2", "4, 4, 2, 1", "7, 3, 8, 3", "100, 3, 40, 14"})
  void fewBatchesThatKeepAllCoresBusy(int trials, int folds, int cores, int expected) {
    int batches = CrossValidation.batchesPerFold(trials, folds, cores);
    assertThat(batches).isEqualTo(expected);
  }
}
