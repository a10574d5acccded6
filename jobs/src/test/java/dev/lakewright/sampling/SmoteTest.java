package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.neighbours.RowDistances;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmoteTest {

  @ParameterizedTest
  @ValueSource(strings = {"smote", "adasyn", "borderline_smote_1"})
  void rowsLieBetweenARowAndOneOfItsNearestOfTheClass(String method) {
    RowMatrix table = Tables.three();
    Resampled resampled = Tables.resampler("method=" + method, "neighbours=3").resample(table, 7);
    for (int row = table.rows(); row < resampled.rows().rows(); row++) {
      int source = resampled.sources()[row];
      assertThat(nearest(table, source, 3)).contains(resampled.others()[row]);
    }
  }

  /** The k nearest rows of a row's class. */
  private static int[] nearest(RowMatrix table, int row, int k) {
    RowDistances distances = new RowDistances(table).from(row);
    return IntStream.range(0, table.rows())
        .filter(other -> other != row && table.label(other) == table.label(row))
        .boxed()
        .sorted(Comparator.comparingDouble(distances::square))
        .limit(k)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Test
  void neighboursAreThoseOfImbalancedLearn() {
    // SMOTE(k_neighbors=3): kneighbors within class c, by row
    int[][] expected = {
      {51, 17, 42},
      {17, 42, 25},
      {42, 16, 51},
      {34, 59, 16},
      {25, 59, 16},
      {17, 16, 51},
      {8, 42, 17},
      {25, 34, 16}
    };
    Resampled resampled =
        Tables.resampler("method=smote", "neighbours=3", "counts={c: 800}")
            .resample(Tables.three(), 7);
    int[] members = {8, 16, 17, 25, 34, 42, 51, 59};
    for (int place = 0; place < members.length; place++) {
      int source = members[place];
      assertThat(
              IntStream.range(0, resampled.sources().length)
                  .filter(row -> resampled.sources()[row] == source && resampled.isSynthetic(row))
                  .map(row -> resampled.others()[row])
                  .distinct())
          .containsExactlyInAnyOrder(expected[place][0], expected[place][1], expected[place][2]);
    }
  }

  @Test
  void everyRowIsABaseAsOftenAsAnyOtherUpToOne() {
    Resampled resampled = Tables.resampler("method=smote").resample(Tables.three(), 7);
    long[] uses = new long[60];
    IntStream.range(60, resampled.sources().length)
        .forEach(row -> uses[resampled.sources()[row]]++);
    assertThat(Arrays.stream(uses).filter(use -> use > 0)).containsOnly(1L, 2L, 3L, 4L);
    assertThat(IntStream.of(8, 16, 17, 25, 34, 42, 51, 59).mapToLong(row -> uses[row]))
        .containsOnly(3L, 4L);
  }

  @Test
  void anotherSeedGivesOtherRows() {
    Resampler smote = Tables.resampler("method=smote");
    assertThat(smote.resample(Tables.three(), 7).others())
        .isNotEqualTo(smote.resample(Tables.three(), 8).others());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smote",
        "adasyn",
        "borderline_smote_1",
        "borderline_smote_2",
        "kmeans_smote",
        "random_over"
      })
  void sparseRowsStaySparse(String method) {
    float[][] values = new float[40][2000];
    for (int row = 0; row < values.length; row++) {
      for (int entry = 0; entry < 5; entry++) {
        values[row][Tables.cell(row, entry) * 2 + entry % 2] = 1 + entry;
      }
    }
    RowMatrix table =
        Tables.matrix(values, IntStream.range(0, 40).map(row -> row % 5 == 0 ? 1 : 0).toArray());
    Resampled resampled =
        Tables.resampler(Columns.numbers(2000), "method=" + method, "smoothing=0.5")
            .resample(table, 7);
    int[] starts = resampled.rows().starts();
    for (int row = 0; row < resampled.rows().rows(); row++) {
      assertThat(starts[row + 1] - starts[row]).isLessThanOrEqualTo(10);
    }
  }

  @Test
  void rowsInDangerAreThoseOfImbalancedLearn() {
    // BorderlineSMOTE().in_danger_indices
    RowsByClass rows = RowsByClass.of(Tables.three(), Tables.NAMES);
    BorderlineSmote method = new BorderlineSmote(5, 10, false);
    assertThat(method.danger(rows, 1))
        .containsExactly(6, 7, 14, 15, 23, 24, 31, 32, 33, 40, 41, 48, 49, 50, 57);
    assertThat(method.danger(rows, 2)).containsExactly(8, 16, 17, 25, 34, 42, 51, 59);
  }

  @Test
  void borderlineMakesRowsOnlyFromRowsInDanger() {
    Resampled resampled = Tables.resampler("method=borderline_smote_1").resample(Tables.three(), 7);
    assertThat(Arrays.stream(resampled.sources()).skip(60))
        .isSubsetOf(
            6, 7, 14, 15, 23, 24, 31, 32, 33, 40, 41, 48, 49, 50, 57, 8, 16, 17, 25, 34, 42, 51,
            59);
  }

  @Test
  void borderlineTwoGoesAtMostHalfWayToAnotherClass() {
    RowMatrix table = Tables.three();
    Resampled resampled =
        Tables.resampler("method=borderline_smote_2", "counts={c: 500}").resample(table, 7);
    double farthest = 0;
    for (int row = 60; row < resampled.rows().rows(); row++) {
      if (table.label(resampled.others()[row]) != 2) {
        float from = Tables.row(table, resampled.sources()[row])[0];
        float to = Tables.row(table, resampled.others()[row])[0];
        double gap = (Tables.row(resampled.rows(), row)[0] - from) / (to - from);
        farthest = Math.max(farthest, gap);
      }
    }
    assertThat(farthest).isBetween(0.45, 0.50001);
  }

  @Test
  void adasynMakesRowsInProportionToStrangersNearby() {
    // neighbours of other classes among 5, by scikit-learn's NearestNeighbors
    RowsByClass rows = RowsByClass.of(Tables.three(), Tables.NAMES);
    int[] strangers = {4, 3, 5, 4, 2, 5, 4, 2, 5, 2, 3, 3, 3, 5, 4, 2};
    assertThat(new Adasyn(5).hardness(rows, 1))
        .containsExactly(IntStream.of(strangers).mapToDouble(count -> count / 5.0).toArray());

    Resampled resampled =
        Tables.resampler("method=adasyn", "counts={b: 72}").resample(Tables.three(), 7);
    int[] members = rows.of(1);
    for (int place = 0; place < members.length; place++) {
      int source = members[place];
      // 56 rows for 56 strangers
      assertThat(
              IntStream.range(60, resampled.sources().length)
                  .filter(row -> resampled.sources()[row] == source)
                  .count())
          .isEqualTo(strangers[place]);
    }
  }

  @Test
  void sparsityOfAClusterIsThatOfImbalancedLearn() {
    // KMeansSMOTE()._find_cluster_sparsity
    RowsByClass rows = RowsByClass.of(Tables.three(), Tables.NAMES);
    assertThat(Math.exp(KMeansSmote.sparsity(rows, rows.of(1))))
        .isCloseTo(62.36400621313319, within(1e-9));
    assertThat(Math.exp(KMeansSmote.sparsity(rows, rows.of(2))))
        .isCloseTo(4.6870302547079445, within(1e-9));
  }

  @Test
  void sparsitiesTooLargeForANumberStillDealAllRows() {
    double[] sparsities = {Sparsity.log(2e6, 1e5), Sparsity.log(3e5, 1e5), Sparsity.log(2e6, 1e5)};

    assertThat(Sparsity.shares(sparsities, 900_000)).containsExactly(450_000, 0, 450_000);
  }

  @Test
  void kmeansSmoteStaysWithinClusters() {
    // class 1 is strong around (0, 0) only; its rows around (100, 100) are lost among class 0
    float[][] values = new float[40][];
    int[] labels = new int[40];
    for (int row = 0; row < 40; row++) {
      int far = row < 10 ? 0 : 100;
      values[row] =
          new float[] {far + Tables.cell(row, 0) / 500f, far + Tables.cell(row, 1) / 500f};
      labels[row] = row < 8 || row > 36 ? 1 : 0;
    }
    Resampled resampled =
        Tables.resampler("method=kmeans_smote", "clusters=2")
            .resample(Tables.matrix(values, labels), 7);
    assertThat(Arrays.stream(resampled.sources()).skip(40)).allMatch(row -> row < 8);
    assertThat(Arrays.stream(resampled.others()).skip(40)).allMatch(row -> row < 8);
  }
}
