package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sets are those of imbalanced-learn 0.14.2 on the same tables. */
class UnderSamplingTest {

  private static int[] kept(RowMatrix table, String... settings) {
    return Tables.kept(Tables.resampler(settings).resample(table, 7));
  }

  @Test
  void nearMissOneKeepsRowsNearToTheirNearestOfTheSmallestClass() {
    assertThat(kept(Tables.three(), "method=near_miss_1"))
        .containsExactly(
            6, 7, 8, 9, 10, 16, 17, 18, 21, 22, 23, 25, 26, 32, 34, 41, 42, 45, 48, 50, 51, 54, 58,
            59);
  }

  @Test
  void nearMissTwoKeepsRowsNearToTheirFarthestOfTheSmallestClass() {
    assertThat(kept(Tables.three(), "method=near_miss_2"))
        .containsExactly(
            6, 7, 8, 9, 10, 16, 17, 18, 21, 22, 23, 25, 32, 34, 40, 42, 45, 46, 48, 50, 51, 54, 58,
            59);
  }

  @Test
  void nearMissThreeKeepsRowsOfTheNeighbourhoodThatAreFarthest() {
    assertThat(kept(Tables.three(), "method=near_miss_3"))
        .containsExactly(
            7, 8, 9, 15, 16, 17, 18, 21, 22, 23, 25, 26, 32, 34, 40, 42, 45, 49, 50, 51, 54, 58,
            59);
  }

  @Test
  void instanceHardnessKeepsTheRowsThatAreSurest() {
    assertThat(kept(Tables.three(), "method=instance_hardness"))
        .containsExactly(
            2, 3, 6, 8, 13, 16, 17, 25, 31, 32, 33, 34, 37, 40, 41, 42, 45, 51, 52, 53, 54, 57, 58,
            59);
  }

  @Test
  void randomUnderDrawsEveryRowAsOften() {
    RowMatrix table = Tables.table(1, 0, 10, 5);
    Resampler method = Tables.resampler("method=random_under");
    int[] uses = new int[15];
    for (int seed = 0; seed < 2000; seed++) {
      Arrays.stream(Tables.kept(method.resample(table, seed))).forEach(row -> uses[row]++);
    }
    for (int row = 0; row < 15; row++) {
      assertThat((double) uses[row]).isCloseTo(table.label(row) == 0 ? 1000 : 2000, within(110.0));
    }
  }

  @Test
  void clusterCentroidsOfDenseRowsAreMeansOfTheClass() {
    // two heaps of class a; class b lies apart
    RowMatrix table =
        Tables.matrix(
            new float[][] {{1, 1}, {1, 2}, {4, 9}, {11, 1}, {11, 2}, {11, 3}, {4, 8}},
            0,
            0,
            1,
            0,
            0,
            0,
            1);
    Resampled resampled = Tables.resampler("method=cluster_centroids").resample(table, 7);
    assertThat(resampled.rows().rows()).isEqualTo(4);
    assertThat(IntStream.of(2, 3).mapToObj(row -> Tables.row(resampled.rows(), row)))
        .containsExactlyInAnyOrder(new float[] {1, 1.5f}, new float[] {11, 2});
    assertThat(Arrays.stream(resampled.origins()).skip(2)).containsOnly(Origin.MEAN);
    assertThat(Arrays.stream(resampled.sources()).skip(2)).containsExactlyInAnyOrder(0, 4);
  }

  @Test
  void clusterCentroidsOfSparseRowsAreRows() {
    float[][] values = new float[30][100];
    for (int row = 0; row < 30; row++) {
      values[row][Tables.cell(row, 0) / 10] = 1;
      values[row][row % 3] = 2;
    }
    RowMatrix table =
        Tables.matrix(values, IntStream.range(0, 30).map(row -> row < 25 ? 0 : 1).toArray());
    Resampled resampled = Tables.resampler("method=cluster_centroids").resample(table, 7);
    assertThat(Tables.kept(resampled)).hasSize(10);
  }
}
