package dev.lakewright.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.DataException;
import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class NearestNeighboursTest {

  @Property(tries = 150)
  void theNeighboursAreThoseOfAnExhaustiveSearch(
      @ForAll @IntRange(min = 1, max = 150) int rows,
      @ForAll @IntRange(min = 1, max = 90) int columns,
      @ForAll @DoubleRange(min = 0, max = 1) double density,
      @ForAll @IntRange(min = 1, max = 7) int k,
      @ForAll Shape shape,
      @ForAll long seed) {
    RowMatrix matrix = Rows.random(rows, columns, density, shape, seed);
    int[] all = IntStream.range(0, rows).toArray();

    assertSame(NearestNeighbours.search(matrix, all, all, k), Rows.exhaustive(matrix, all, all, k));
  }

  @Property(tries = 100)
  void someQueriesHaveTheirNeighboursAmongSomeCandidates(
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll @DoubleRange(min = 0, max = 1) double density,
      @ForAll Shape shape,
      @ForAll long seed) {
    RowMatrix matrix = Rows.random(120, columns, density, shape, seed);
    SplittableRandom random = new SplittableRandom(seed);
    int[] queries = IntStream.range(0, 120).filter(i -> random.nextInt(3) == 0).toArray();
    int[] candidates = IntStream.range(0, 120).filter(i -> random.nextInt(2) == 0).toArray();

    assertSame(
        NearestNeighbours.search(matrix, queries, candidates, 3),
        Rows.exhaustive(matrix, queries, candidates, 3));
  }

  @Property(tries = 8)
  void manyRowsAreComparedTileByTile(@ForAll Shape shape, @ForAll long seed) {
    RowMatrix matrix = Rows.random(1100, 6, 1, shape, seed);
    int[] all = IntStream.range(0, 1100).toArray();

    assertSame(NearestNeighbours.search(matrix, all, all, 5), Rows.exhaustive(matrix, all, all, 5));
  }

  /** scikit-learn 1.5.2, {@code NearestNeighbors(algorithm="brute").fit(X).kneighbors()}. */
  @Example
  void theNeighboursAreThoseOfScikitLearn() {
    float[][] rows = {
      {3, -4, -3},
      {-2, -3, 3},
      {3, 1, -4},
      {-4, -2, -1},
      {1, 0, -2},
      {-3, 2, 2},
      {-4, -3, 0},
      {-1, 3, 0}
    };
    int[] all = IntStream.range(0, 8).toArray();

    NeighbourTable table = NearestNeighbours.search(Rows.matrix(rows), all, all, 3);

    assertThat(table.rows())
        .containsExactly(4, 2, 3, 6, 3, 5, 4, 0, 7, 6, 1, 5, 2, 7, 0, 7, 3, 1, 3, 1, 5, 5, 4, 3);
    assertThat(table.squares())
        .containsExactly(
            21, 26, 57, 13, 21, 27, 9, 26, 36, 2, 21, 26, 9, 17, 21, 9, 26, 27, 2, 13, 30, 9, 17,
            35);
  }

  @Example
  void whereThereAreFewerCandidatesThanNeighboursTheRestIsMarked() {
    RowMatrix matrix = Rows.matrix(new float[][] {{0}, {1}, {3}});

    NeighbourTable table = NearestNeighbours.search(matrix, new int[] {0, 2}, new int[] {0, 1}, 3);

    assertThat(table.rows()).containsExactly(1, -1, -1, 1, 0, -1);
    assertThat(table.squares())
        .containsExactly(
            1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 4, 9, Double.POSITIVE_INFINITY);
  }

  @Example
  void withoutCandidatesThereAreNoNeighbours() {
    RowMatrix matrix = Rows.matrix(new float[][] {{0}, {1}});

    assertThat(NearestNeighbours.search(matrix, new int[] {1}, new int[0], 2).rows())
        .containsExactly(-1, -1);
  }

  @Example
  void aValueThatIsNotFiniteIsRefusedByRowAndColumn() {
    RowMatrix matrix = Rows.matrix(new float[][] {{0, 1}, {1, Float.NaN}});

    assertThatThrownBy(
            () -> NearestNeighbours.search(matrix, new int[] {0, 1}, new int[] {0, 1}, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "column 1 of the row with key 1 is NaN, which has no distance to other rows; fill or drop such values first");
  }

  private static void assertSame(NeighbourTable actual, NeighbourTable expected) {
    assertThat(Arrays.toString(actual.rows())).isEqualTo(Arrays.toString(expected.rows()));
    assertThat(actual.squares()).isEqualTo(expected.squares());
  }
}
