package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.SamplingConfig.Agreement;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import dev.lakewright.neighbours.RowDistances;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets are those of imbalanced-learn 0.14.2 on the same tables. */
class CleaningTest {

  private static int[] removed(RowMatrix table, String... settings) {
    return Tables.removed(table, Tables.resampler(settings).resample(table, 7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tomek | target=balanced | 6 7 9 15 22 31 41 46 50",
        "tomek | target=all | 6 7 9 15 22 31 41 42 46 50 51 59",
        "enn | agreement=all | 0 1 6 7 9 10 11 14 15 18 19 21 22 23 24 28 31 32 33 37 39 41 45 46 47 48 49 50 54 55 57 58",
        "enn | agreement=mode | 6 7 9 14 15 24 31 33 41 45 49 50 55 57",
        "repeated_enn | agreement=all | 0 1 6 7 9 10 11 14 15 18 19 21 22 23 24 28 31 32 33 37 39 41 45 46 47 48 49 50 54 55 57 58",
        "all_knn | neighbours=3 | 6 7 9 14 15 22 24 31 33 41 45 46 48 49 50 57 58",
        "all_knn | neighbours=5 | 6 7 9 14 15 22 24 31 33 41 45 46 48 49 50 57 58",
        "neighbourhood_cleaning | neighbours=3 | 6 7 9 14 15 22 23 24 31 33 41 45 48 49 50 55 57",
        "neighbourhood_cleaning | neighbours=5 | 6 7 9 14 15 24 31 33 41 45 46 48 49 50 54 57 58"
      })
  void removesTheRowsThatImbalancedLearnRemoves(String method, String setting, String rows) {
    assertThat(removed(Tables.three(), "method=" + method, setting)).containsExactly(ints(rows));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enn | all | 2 4 5 9 17 24 27 30 31 33 37 40 45 50 52 53 56 59 62 80 85 91 92 93 97 99",
        "repeated_enn | all | 2 4 5 9 15 16 17 24 27 30 31 33 36 37 38 40 44 45 46 50 52 53 56 59 62 64 69 70 75 77 80 82 85 91 92 93 97 99",
        "repeated_enn | mode | 9 17 37 45 80",
        "all_knn | all | 2 4 5 9 16 17 24 27 30 31 33 36 37 38 40 44 45 46 50 52 53 56 59 62 64 69 70 80 85 91 92 93 97 99",
        "all_knn | mode | 2 4 9 17 27 37 45 53 62 80 85 92 93 97 99"
      })
  void editsInPassesAsImbalancedLearnDoes(String method, String agreement, String rows) {
    assertThat(removed(Tables.mixed(), "method=" + method, "agreement=" + agreement))
        .containsExactly(ints(rows));
  }

  private static int[] ints(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @Property(tries = 100)
  void tomekLinksAreThoseOfBruteForce(
      @ForAll @IntRange(min = 2, max = 20) int a, @ForAll @IntRange(min = 2, max = 20) int b) {
    RowMatrix table = Tables.table(2, 1, a + b, b, a);
    int[] nearest =
        IntStream.range(0, table.rows()).map(row -> nearest(table, row, 1)[0]).toArray();
    assertThat(new TomekLinks().keep(byClass(table), all(), new Draws(1)))
        .containsExactly(
            IntStream.range(0, table.rows())
                .filter(
                    row ->
                        nearest[nearest[row]] != row
                            || table.label(nearest[row]) == table.label(row))
                .toArray());
  }

  @Property(tries = 100)
  void editedRowsAreThoseOfBruteForce(
      @ForAll @IntRange(min = 2, max = 20) int a,
      @ForAll @IntRange(min = 2, max = 20) int b,
      @ForAll @IntRange(min = 1, max = 5) int k) {
    RowMatrix table = Tables.table(2, 2, a + b, b, a);
    EditedNeighbours method = new EditedNeighbours(k, Agreement.ALL);
    assertThat(method.keep(byClass(table), all(), new Draws(1)))
        .containsExactly(
            IntStream.range(0, table.rows())
                .filter(
                    row ->
                        Arrays.stream(nearest(table, row, k))
                            .allMatch(other -> table.label(other) == table.label(row)))
                .toArray());
  }

  private static RowsByClass byClass(RowMatrix table) {
    return RowsByClass.of(table, Tables.NAMES);
  }

  private static boolean[] all() {
    return new boolean[] {true, true, true, true};
  }

  private static int[] nearest(RowMatrix table, int row, int k) {
    RowDistances distances = new RowDistances(table).from(row);
    return IntStream.range(0, table.rows())
        .filter(other -> other != row)
        .boxed()
        .sorted(Comparator.comparingDouble(distances::square))
        .limit(k)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Property(tries = 50)
  void condensedRowsPutEveryOtherRowOfTheirClassRightly(@ForAll long seed) {
    RowMatrix table = Tables.mixed();
    int[] kept = new Condensed().keep(byClass(table), all(), new Draws(seed));
    assertThat(kept.length).isLessThan(table.rows());
    for (int row = 0; row < table.rows(); row++) {
      RowDistances distances = new RowDistances(table).from(row);
      int nearest =
          Arrays.stream(kept)
              .boxed()
              .min(Comparator.comparingDouble(distances::square))
              .orElseThrow();
      if (table.label(row) == 0) {
        assertThat(table.label(nearest)).isZero();
      }
    }
    assertThat(Arrays.stream(kept).filter(row -> table.label(row) == 1)).hasSize(12);
  }

  @Property(tries = 50)
  void oneSidedSelectionKeepsOneRowAndThoseNearerToTheSmallestClass(@ForAll long seed) {
    RowMatrix table = Tables.mixed();
    RowsByClass rows = byClass(table);
    Rivalry rivalry = Rivalry.between(rows, 0, new Draws(seed));
    int start = rows.of(0)[rivalry.seed()];
    RowDistances fromStart = new RowDistances(table).from(start);
    int[] selected =
        IntStream.range(0, table.rows())
            .filter(
                row -> {
                  RowDistances fromRow = new RowDistances(table).from(row);
                  double least =
                      Arrays.stream(rows.of(1)).mapToDouble(fromRow::square).min().orElseThrow();
                  return table.label(row) == 1 || row == start || least < fromStart.square(row);
                })
            .toArray();
    boolean[] cleaned = {true, false, false, false};
    assertThat(new OneSided().keep(rows, cleaned, new Draws(seed)))
        .containsExactly(TomekLinks.keep(rows, selected, cleaned));
  }

  /** To the last bit: here the rows of both classes that are nearest are equal. */
  @Property(tries = 100)
  void rowsAsNearToBothClassesArePutRightly(
      @ForAll @Size(7) List<@FloatRange(max = 9) Float> nearest,
      @ForAll @Size(7) List<@FloatRange(max = 9) Float> row) {
    RowMatrix table = new RowMatrix(row.size());
    IntStream.range(0, 8).forEach(i -> table.add(vector(nearest), i < 6 ? 0 : 1, 1));
    table.add(vector(row), 0, 1);

    Rivalry rivalry = Rivalry.between(byClass(table), 0, new Draws(1));
    assertThat(rivalry.seed()).isLessThan(6);
    assertThat(rivalry.isLost(6)).isFalse();
  }

  private static SparseVector vector(List<Float> values) {
    SparseVector vector = new SparseVector();
    for (int column = 0; column < values.size(); column++) {
      vector.add(column, values.get(column));
    }
    return vector;
  }

  @Test
  void combinedMethodsCleanMadeRowsToo() {
    RowMatrix table = Tables.three();
    Resampled smote = Tables.resampler("method=smote").resample(table, 7);
    for (String method : new String[] {"smote_tomek", "smote_enn"}) {
      Resampled combined = Tables.resampler("method=" + method).resample(table, 7);
      Cleaning cleaning =
          method.equals("smote_tomek") ? new TomekLinks() : new EditedNeighbours(3, Agreement.ALL);
      int[] kept = cleaning.keep(byClass(smote.rows()), all(), new Draws(7));
      assertThat(combined.sources())
          .containsExactly(IntStream.of(kept).map(row -> smote.sources()[row]).toArray());
      assertThat(kept.length).isLessThan(smote.rows().rows());
      assertThat(combined.isSynthetic(combined.rows().rows() - 1)).isTrue();
    }
  }
}
