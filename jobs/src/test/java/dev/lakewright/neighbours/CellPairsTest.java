package dev.lakewright.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Two regions of three cells each. */
class CellPairsTest {

  private static final int CELLS = 6;
  private static final int K = 3;

  @Property(tries = 40)
  void withoutBoundToTheEffortAllNeighboursAreFound(
      @ForAll @IntRange(min = 20, max = 900) int count,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll @IntRange(max = 6) int power,
      @ForAll @IntRange(min = 0, max = 3) int outliers,
      @ForAll @IntRange(min = 1, max = 25) int farness,
      @ForAll long seed) {
    double width = Math.pow(10, power - 3);
    DenseRows rows =
        rows(count, columns, width, outliers, Math.pow(10, farness), new SplittableRandom(seed));
    Cells cells = new Cells(rows.select(IntStream.range(0, CELLS).toArray()));
    Region a = region(0, rows, cells, 0, CELLS / 2);
    Region b = region(1, rows, cells, CELLS / 2, CELLS);

    Side x = side(a);
    Side y = side(b);
    double all = 1e9;
    new CellPairs(cells, all, x, a, y, b).compare();
    new CellPairs(cells, all, x, a, x, a).compare();
    new CellPairs(cells, all, y, b, y, b).compare();

    for (Side side : List.of(x, y)) {
      Region region = side == x ? a : b;
      NearestLists own = SearchedRegion.of(region.within(new double[0]), K).own();
      NearestLists found = own.merge(side.lists());
      for (int row = 0; row < region.rows().rows(); row++) {
        int at = row;
        assertThat(IntStream.range(0, K).mapToObj(rank -> found.key(at, rank)).toList())
            .isEqualTo(nearest(rows, (int) region.rows().keys()[row]));
      }
    }
  }

  private static Side side(Region region) {
    return new Side(region.rows(), region.number(), new NearestLists(K, region.bounds().clone()));
  }

  private static List<Long> nearest(DenseRows rows, int row) {
    return IntStream.range(0, rows.rows())
        .filter(other -> other != row)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer other) -> rows.square(row, rows, other))
                .thenComparing(other -> other))
        .limit(K)
        .map(Integer::longValue)
        .toList();
  }

  private static DenseRows rows(
      int count, int columns, double width, int outliers, double farness, SplittableRandom random) {
    float[] values = new float[count * columns];
    for (int i = 0; i < values.length; i++) {
      double far = i < values.length - outliers * columns ? 1 : farness;
      values[i] = (float) (5 * width + width * far * random.nextGaussian());
    }
    return new DenseRows(IntStream.range(0, count).asLongStream().toArray(), columns, values);
  }

  /** The rows of some cells, with their neighbours in their cells. */
  private static Region region(int number, DenseRows rows, Cells cells, int from, int to) {
    Cells.Homes homes = cells.homes(rows);
    int[] chosen =
        IntStream.range(0, rows.rows())
            .filter(row -> homes.cells()[row] >= from && homes.cells()[row] < to)
            .boxed()
            .sorted(Comparator.comparing(row -> homes.cells()[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] starts =
        IntStream.rangeClosed(from, to)
            .map(
                cell ->
                    (int) Arrays.stream(chosen).filter(row -> homes.cells()[row] < cell).count())
            .toArray();
    float[] nearness = new float[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      nearness[i] = homes.nearness()[chosen[i]];
    }
    return SearchedRegion.of(
            new Region(
                number, rows.select(chosen), from, starts, nearness, new double[0], new double[0]),
            K)
        .region();
  }
}
