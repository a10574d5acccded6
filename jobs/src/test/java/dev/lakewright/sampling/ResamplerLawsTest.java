package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Family;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.errors.DataException;
import dev.lakewright.matrix.RowMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What every method keeps to, on tables with duplicates, zeros and classes of one row. */
class ResamplerLawsTest {

  private static final int COLUMNS = 5;
  private static final Map<Method, SamplingConfig> CONFIGS = new EnumMap<>(Method.class);

  /** The first two columns are numbers, the others the values of a category. */
  private static final Columns MIXED = new Columns(new int[] {-1, -1, 0, 0, 0});

  private static final Columns CATEGORICAL = new Columns(new int[] {0, 0, 1, 1, 1});

  /** Rows of small whole numbers, and one value of a category, or none. */
  @Provide
  Arbitrary<RowMatrix> tables() {
    Arbitrary<Integer> number = Arbitraries.integers().between(-2, 3);
    Arbitrary<float[]> row =
        Combinators.combine(number, number, Arbitraries.integers().between(2, COLUMNS))
            .as(ResamplerLawsTest::mixedRow);
    Arbitrary<Integer> label = Arbitraries.frequency(tuple(6, 0), tuple(3, 1), tuple(1, 3));
    return Combinators.combine(row, label)
        .as(ResamplerLawsTest::labelled)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40)
        .map(ResamplerLawsTest::matrix);
  }

  private static Tuple.Tuple2<Integer, Integer> tuple(int frequency, int label) {
    return Tuple.of(frequency, label);
  }

  private record Labelled(float[] values, int label) {}

  private static Labelled labelled(float[] values, int label) {
    return new Labelled(values, label);
  }

  private static float[] mixedRow(int first, int second, int category) {
    float[] values = new float[COLUMNS];
    values[0] = first;
    values[1] = second / 4f;
    if (category < COLUMNS) {
      values[category] = 1;
    }
    return values;
  }

  /** Of both classes 0 and 1 there is at least one row. */
  private static RowMatrix matrix(List<Labelled> rows) {
    List<Labelled> all = new ArrayList<>(rows);
    all.add(new Labelled(mixedRow(1, 1, 2), 0));
    all.add(new Labelled(mixedRow(2, -1, 3), 1));
    return Tables.matrix(
        all.stream().map(Labelled::values).toArray(float[][]::new),
        all.stream().mapToInt(Labelled::label).toArray());
  }

  @Provide
  Arbitrary<Method> methods() {
    return Arbitraries.of(Method.class).filter(method -> method != Method.NONE);
  }

  private static RowMatrix fitting(RowMatrix table, Method method) {
    // smoten takes categories only: the two numbers become a category of their own
    return method == Method.SMOTEN ? table.selectedColumns(new int[] {0, -1, 2, 3, 4}, 5) : table;
  }

  private static Optional<Resampled> resample(Method method, RowMatrix table, long seed) {
    SamplingConfig config =
        CONFIGS.computeIfAbsent(method, named -> Tables.config("method=" + named.word()));
    Columns columns = method == Method.SMOTEN ? CATEGORICAL : MIXED;
    try {
      return Resamplers.of(
              config, Tables.NAMES, columns, (rows, classes, s) -> new double[rows.rows()])
          .map(resampler -> resampler.resample(table, seed));
    } catch (DataException wouldLoseAClass) {
      assertThat(method.family()).isIn(Family.CLEANING, Family.COMBINED);
      assertThat(wouldLoseAClass).hasMessageContaining("would remove all");
      return Optional.empty();
    }
  }

  @Property(tries = 400)
  void keptRowsAreInputRowsInTheirOrder(
      @ForAll("methods") Method method, @ForAll("tables") RowMatrix table, @ForAll long seed) {
    RowMatrix input = fitting(table, method);
    resample(method, input, seed)
        .ifPresent(
            resampled -> {
              int[] kept = Tables.kept(resampled);
              assertThat(kept).isSorted().doesNotHaveDuplicates();
              for (int row = 0; row < kept.length; row++) {
                assertThat(resampled.isSynthetic(row)).isFalse();
                assertSame(resampled.rows(), row, input, kept[row]);
              }
            });
  }

  private static void assertSame(RowMatrix matrix, int row, RowMatrix other, int otherRow) {
    assertThat(Tables.row(matrix, row)).isEqualTo(Tables.row(other, otherRow));
    assertThat(matrix.label(row)).isEqualTo(other.label(otherRow));
    assertThat(matrix.weight(row)).isEqualTo(other.weight(otherRow));
  }

  @Property(tries = 400)
  void madeRowsStemFromRowsOfTheirClass(
      @ForAll("methods") Method method, @ForAll("tables") RowMatrix table, @ForAll long seed) {
    RowMatrix input = fitting(table, method);
    resample(method, input, seed)
        .ifPresent(
            resampled -> {
              int kept = Tables.kept(resampled).length;
              for (int row = kept; row < resampled.rows().rows(); row++) {
                assertThat(resampled.isSynthetic(row)).isTrue();
                assertThat(resampled.rows().label(row))
                    .isEqualTo(input.label(resampled.sources()[row]));
                assertMade(method, input, resampled, row);
              }
            });
  }

  private static void assertMade(Method method, RowMatrix input, Resampled resampled, int row) {
    int source = resampled.sources()[row];
    int other = resampled.others()[row];
    switch (resampled.origins()[row]) {
      case COPY -> assertSame(resampled.rows(), row, input, source);
      case BETWEEN -> {
        assertThat(other).isNotEqualTo(source);
        if (method != Method.BORDERLINE_SMOTE_2) {
          assertThat(input.label(other)).isEqualTo(input.label(source));
        }
        assertThat(resampled.rows().weight(row))
            .isEqualTo((input.weight(source) + input.weight(other)) / 2);
        assertBetween(method, input, resampled, row);
      }
      default -> assertThat(other).isEqualTo(-1);
    }
  }

  private static void assertBetween(Method method, RowMatrix input, Resampled resampled, int row) {
    float[] made = Tables.row(resampled.rows(), row);
    float[] from = Tables.row(input, resampled.sources()[row]);
    float[] to = Tables.row(input, resampled.others()[row]);
    double gap = Double.NaN;
    for (int column = 0; column < made.length; column++) {
      if (method == Method.SMOTE_NC && !MIXED.isNumber(column)) {
        assertThat(made[column]).isIn(0f, 1f);
      } else if (from[column] == to[column]) {
        assertThat(made[column]).isEqualTo(from[column]);
      } else {
        double share = (made[column] - from[column]) / (double) (to[column] - from[column]);
        assertThat(share).isBetween(0.0, 1.0);
        gap = Double.isNaN(gap) ? share : gap;
        assertThat(share).isCloseTo(gap, within(1e-5));
      }
    }
  }

  @Property(tries = 400)
  void balancedCountsAreExact(
      @ForAll("methods") Method method, @ForAll("tables") RowMatrix table, @ForAll long seed) {
    RowMatrix input = fitting(table, method);
    long[] before = Tables.counts(input);
    long largest = Arrays.stream(before).max().orElseThrow();
    long smallest = Arrays.stream(before).filter(count -> count > 0).min().orElseThrow();
    resample(method, input, seed)
        .ifPresent(
            resampled -> {
              long[] after = Tables.counts(resampled.rows());
              for (int label = 0; label < before.length; label++) {
                if (before[label] == 0) {
                  assertThat(after[label]).isZero();
                } else if (method.family() == Family.OVER) {
                  assertThat(after[label]).isEqualTo(largest);
                } else if (method == Method.NEAR_MISS_3) {
                  assertThat(after[label]).isBetween(1L, smallest);
                } else if (method.family() == Family.UNDER) {
                  assertThat(after[label]).isEqualTo(smallest);
                } else {
                  assertThat(after[label]).isBetween(1L, largest);
                }
              }
            });
  }

  @Property(tries = 200)
  void sameSeedSameResult(
      @ForAll("methods") Method method, @ForAll("tables") RowMatrix table, @ForAll long seed) {
    RowMatrix input = fitting(table, method);
    resample(method, input, seed)
        .ifPresent(
            first -> {
              Resampled second = resample(method, input, seed).orElseThrow();
              assertThat(second.sources()).isEqualTo(first.sources());
              assertThat(second.others()).isEqualTo(first.others());
              assertThat(second.origins()).isEqualTo(first.origins());
              IntStream.range(0, first.sources().length)
                  .forEach(row -> assertSame(first.rows(), row, second.rows(), row));
            });
  }

  @Property(tries = 200)
  void constantColumnsStayConstant(
      @ForAll("methods") Method method, @ForAll("tables") RowMatrix table, @ForAll long seed) {
    float[][] values = new float[table.rows()][];
    for (int row = 0; row < values.length; row++) {
      values[row] = Tables.row(table, row);
      values[row][0] = 1;
    }
    RowMatrix input = fitting(Tables.matrix(values, table.labels()), method);
    resample(method, input, seed)
        .ifPresent(
            resampled ->
                IntStream.range(0, resampled.rows().rows())
                    .forEach(row -> assertThat(Tables.row(resampled.rows(), row)[0]).isEqualTo(1)));
  }

  @Property(tries = 200)
  void allEqualRowsAreResampledToThemselves(@ForAll("methods") Method method, @ForAll long seed) {
    float[][] values = new float[12][];
    Arrays.fill(values, new float[] {method == Method.SMOTEN ? 0 : 7, 0, 0, 1, 0});
    RowMatrix input = Tables.matrix(values, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1);
    resample(method, input, seed)
        .ifPresent(
            resampled ->
                IntStream.range(0, resampled.rows().rows())
                    .forEach(
                        row -> assertThat(Tables.row(resampled.rows(), row)).isEqualTo(values[0])));
  }
}
