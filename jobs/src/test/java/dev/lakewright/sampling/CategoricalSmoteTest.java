package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.ConfigException;
import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CategoricalSmoteTest {

  private static final Columns MIXED = new Columns(new int[] {-1, -1, 0, 0, 0});

  /** The table of three classes with a category of three values. */
  private static RowMatrix mixed() {
    RowMatrix numbers = Tables.three();
    float[][] values = new float[60][5];
    for (int row = 0; row < 60; row++) {
      System.arraycopy(Tables.row(numbers, row), 0, values[row], 0, 2);
      values[row][2 + Tables.cell(row, 7) % 3] = 1;
    }
    return Tables.matrix(values, Arrays.copyOf(numbers.labels(), 60));
  }

  @Test
  void neighboursOfMixedRowsAreThoseOfImbalancedLearn() {
    // SMOTENC: kneighbors(4)[:, 1:] on class c, one-hot times its median deviation / sqrt(2)
    int[][] expected = {
      {51, 17, 42},
      {42, 17, 25},
      {42, 51, 16},
      {34, 59, 16},
      {25, 59, 16},
      {16, 17, 51},
      {17, 8, 42},
      {25, 34, 16}
    };
    int[] members = {8, 16, 17, 25, 34, 42, 51, 59};
    Resampled resampled =
        Tables.resampler(MIXED, "method=smote_nc", "neighbours=3", "counts={c: 800}")
            .resample(mixed(), 7);
    for (int place = 0; place < members.length; place++) {
      int source = members[place];
      assertThat(
              IntStream.range(60, resampled.sources().length)
                  .filter(row -> resampled.sources()[row] == source)
                  .map(row -> resampled.others()[row])
                  .distinct())
          .containsExactlyInAnyOrder(expected[place][0], expected[place][1], expected[place][2]);
    }
  }

  @Test
  void categoriesAreThoseThatMostNeighboursHave() {
    // values of rows 8 … 59 of class c: 2, 0, 1, 1, 1, 0, 1, 2; neighbours as above
    int[] expected = {1, 1, 0, 1, 1, 1, 1, 1};
    int[] members = {8, 16, 17, 25, 34, 42, 51, 59};
    Resampled resampled =
        Tables.resampler(MIXED, "method=smote_nc", "neighbours=3", "counts={c: 80}")
            .resample(mixed(), 7);
    for (int row = 60; row < resampled.rows().rows(); row++) {
      int source = resampled.sources()[row];
      int place = Arrays.binarySearch(members, source);
      if (source != 34) { // of row 34 each value has one neighbour
        float[] made = Tables.row(resampled.rows(), row);
        assertThat(made[2] + made[3] + made[4]).isEqualTo(1);
        assertThat(made[2 + expected[place]]).isEqualTo(1);
      }
    }
  }

  @Test
  void valuesDifferAsImbalancedLearnsValueDifferenceMetricSays() {
    Columns columns = new Columns(new int[] {0, 0, 0, 1, 1, 1, 1, 2, 2});
    float[][] values = new float[20][9];
    int[] labels = new int[20];
    for (int row = 0; row < 20; row++) {
      values[row][Tables.cell(row, 1) % 3] = 1;
      values[row][3 + Tables.cell(row, 2) % 4] = 1;
      values[row][7 + Tables.cell(row, 3) % 2] = 1;
      labels[row] = row == 3 || row == 7 ? 2 : row % 4 == 0 ? 1 : 0;
    }
    ValueDifferences differences =
        new ValueDifferences(RowsByClass.of(Tables.matrix(values, labels), Tables.NAMES), columns);
    // ValueDifferenceMetric().fit(X, y).pairwise(X)[0]
    assertThat(differences.distance(0, 1)).isEqualTo(0.25);
    assertThat(differences.distance(0, 2)).isEqualTo(0.49721875527070336);
    assertThat(differences.distance(0, 3)).isEqualTo(0.41000000000000003);
    assertThat(differences.distance(0, 5)).isEqualTo(0.44497385731151967);
  }

  @Test
  void rowsOfCategoriesTakeWhatTheRowAndItsNeighboursHaveMost() {
    Columns columns = new Columns(new int[] {0, 0, 1, 1});
    float[][] values = {
      {1, 0, 1, 0},
      {1, 0, 1, 0},
      {1, 0, 0, 1},
      {0, 1, 0, 1},
      {0, 1, 0, 1},
      {0, 1, 1, 0},
      {0, 1, 0, 1},
      {0, 1, 0, 1}
    };
    RowMatrix table = Tables.matrix(values, 0, 0, 0, 1, 1, 1, 1, 1);
    Resampled resampled =
        Tables.resampler(columns, "method=smoten", "neighbours=2").resample(table, 7);
    assertThat(resampled.rows().rows()).isEqualTo(10);
    for (int row = 8; row < 10; row++) {
      assertThat(Tables.row(resampled.rows(), row)).containsExactly(1, 0, 1, 0);
      assertThat(resampled.origins()[row]).isEqualTo(Origin.VOTE);
      assertThat(resampled.rows().weight(row)).isEqualTo(2);
    }
  }

  @Test
  void methodsThatCannotActOnTheColumnsAreRefused() {
    assertThatThrownBy(() -> Tables.resampler(Columns.numbers(9), "method=smote_nc"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "sampling.method: smote_nc needs categorical columns beside others, but none of the 9 features is categorical; choose smote");
    assertThatThrownBy(() -> Tables.resampler(new Columns(new int[] {0}), "method=smote_nc"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "sampling.method: smote_nc needs numbers or text beside categorical columns, but all features are categorical; choose smoten");
    assertThatThrownBy(() -> Tables.resampler(MIXED, "method=smoten"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "sampling.method: smoten works on categorical columns only, but 2 of the 5 features are numbers or text; choose smote_nc, or smote without categorical columns");
  }
}
