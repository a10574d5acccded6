package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.DataException;
import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallClassesTest {

  private static Resampled smote(RowMatrix table, String rule) {
    return Tables.resampler("method=smote", "neighbours=5", "small_classes=" + rule)
        .resample(table, 7);
  }

  @Test
  void fewerNeighboursAreTakenByDefaultAndALoneRowIsCopied() {
    Resampled resampled = Tables.resampler("method=smote").resample(Tables.table(2, 3, 9, 3, 1), 7);
    assertThat(Tables.counts(resampled.rows())).containsExactly(9, 9, 9, 0);
    assertThat(Arrays.copyOfRange(resampled.origins(), 13, 19)).containsOnly(Origin.BETWEEN);
    assertThat(Arrays.copyOfRange(resampled.origins(), 19, 27)).containsOnly(Origin.COPY);
  }

  @ParameterizedTest
  @CsvSource({"duplicate, 9, 9", "skip, 5, 1"})
  void smallClassesAreCopiedOrSkipped(String rule, long b, long c) {
    Resampled resampled = smote(Tables.table(2, 3, 9, 5, 1), rule);
    assertThat(Tables.counts(resampled.rows())).containsExactly(9, b, c, 0);
    assertThat(resampled.origins()).doesNotContain(Origin.BETWEEN);
  }

  @Test
  void refusalNamesClassRowsAndCure() {
    assertThatThrownBy(() -> smote(Tables.table(2, 3, 10, 5), "refuse"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "sampling.method: smote wants 5 neighbours of a row within its class, but the class b has 5 training rows; lower sampling.neighbours, choose random_over, or set sampling.small_classes to fewer_neighbours, duplicate or skip");
    assertThat(Tables.counts(smote(Tables.table(2, 3, 9, 6), "refuse").rows()))
        .containsExactly(9, 9, 0, 0);
  }

  @Test
  void rowsThatNoMethodCanResampleAreRefused() {
    Resampler smote = Tables.resampler("method=smote");
    assertThatThrownBy(() -> smote.resample(Tables.table(2, 0, 3), 7))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "sampling.method: smote needs training rows of two classes, but there are only 3 of the class a; set sampling.method to none");
    RowMatrix broken = Tables.matrix(new float[][] {{1, 1}, {2, Float.NaN}}, 0, 1);
    assertThatThrownBy(() -> smote.resample(broken, 7))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "sampling.method: smote needs finite numbers, but training row 1 (class b) holds NaN in feature 1; fill missing values with features.numeric.impute, or remove the row");
  }

  @Test
  void noMethodRemovesAClass() {
    RowMatrix table = Tables.matrix(new float[][] {{1}, {2}, {3}, {2.1f}}, 0, 0, 0, 1);
    Resampler enn = Tables.resampler("method=enn", "target=all");
    assertThatThrownBy(() -> enn.resample(table, 7))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "sampling.method: enn would remove all 3 training rows of the class a; fewer sampling.neighbours, agreement: mode, or another sampling.target keeps some");
  }

  @Test
  void noResamplingIsNoResampler() {
    assertThat(Resamplers.of(Tables.config(), Tables.NAMES, Columns.numbers(1), null)).isEmpty();
  }
}
