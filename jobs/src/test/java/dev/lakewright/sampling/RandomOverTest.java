package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomOverTest {

  @Test
  void copiesAreTheRowsThemselvesEachAsOftenUpToOne() {
    Resampled resampled =
        Tables.resampler("method=random_over", "counts={c: 28}").resample(Tables.three(), 7);
    long[] uses = new long[60];
    Arrays.stream(resampled.sources()).skip(60).forEach(row -> uses[row]++);
    assertThat(Arrays.stream(uses).filter(use -> use > 0)).hasSize(8).containsOnly(2L, 3L);
    assertThat(Arrays.stream(resampled.origins()).skip(60)).containsOnly(Origin.COPY);
  }

  @Test
  void smoothedCopiesScatterWithTheWidthOfImbalancedLearn() {
    // RandomOverSampler(shrinkage=1): (4 / ((2 + 2) * 60)) ** (1 / (2 + 4)) * std of class c
    RowMatrix table = Tables.three();
    Resampled resampled =
        Tables.resampler("method=random_over", "counts={c: 20008}", "smoothing=1")
            .resample(table, 7);
    assertThat(deviation(table, resampled, 0)).isCloseTo(1.17062191, within(0.02));
    assertThat(deviation(table, resampled, 1)).isCloseTo(1.3399418, within(0.02));
  }

  private static double deviation(RowMatrix table, Resampled resampled, int column) {
    double squares = 0;
    int made = resampled.rows().rows() - table.rows();
    for (int row = table.rows(); row < resampled.rows().rows(); row++) {
      double noise =
          Tables.row(resampled.rows(), row)[column]
              - Tables.row(table, resampled.sources()[row])[column];
      squares += noise * noise;
    }
    return Math.sqrt(squares / made);
  }

  @Test
  void noiseSparesZerosConstantsAndCategories() {
    float[][] values = {{1, 5, 0, 1}, {2, 5, 1, 0}, {3, 5, 1, 0}, {4, 5, 0, 0}, {5, 5, 0, 1}};
    RowMatrix table = Tables.matrix(values, 0, 0, 0, 1, 1);
    Resampled resampled =
        Tables.resampler(
                new Columns(new int[] {-1, -1, -1, 0}),
                "method=random_over",
                "counts={b: 50}",
                "smoothing=1")
            .resample(table, 7);
    for (int row = 5; row < resampled.rows().rows(); row++) {
      float[] made = Tables.row(resampled.rows(), row);
      float[] source = values[resampled.sources()[row]];
      assertThat(made[0]).isNotEqualTo(source[0]);
      assertThat(Arrays.copyOfRange(made, 1, 4)).isEqualTo(Arrays.copyOfRange(source, 1, 4));
    }
  }
}
