package dev.lakewright.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.SearchDimension;
import dev.lakewright.config.SearchDimension.Choice;
import dev.lakewright.config.SearchDimension.IntegerRange;
import dev.lakewright.config.SearchDimension.LogIntegerRange;
import dev.lakewright.config.SearchDimension.LogUniform;
import dev.lakewright.config.SearchDimension.SteppedUniform;
import dev.lakewright.config.SearchDimension.Uniform;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws follow the distribution that a dimension names; seeds are fixed, so nothing is flaky. */
class DistributionTest {

  private static final int DRAWS = 4000;
  private static final double LEAST_LIKELY = 0.001;

  private static List<Object> draws(SearchDimension dimension) {
    return Spaces.of("x", dimension).random(DRAWS, 11).stream().map(p -> p.get("x")).toList();
  }

  private static void assertUniform(SearchDimension dimension, DoubleUnaryOperator share) {
    double[] shares =
        draws(dimension).stream().mapToDouble(x -> share.applyAsDouble((Double) x)).toArray();
    double likely =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), shares);
    assertThat(likely).isGreaterThan(LEAST_LIKELY);
  }

  /** Chi-square of the counts of sorted values against their expected shares. */
  private static void assertShares(SearchDimension dimension, double... shares) {
    Map<Object, Long> counts = new TreeMap<>();
    draws(dimension).forEach(x -> counts.merge(x, 1L, Long::sum));
    assertThat(counts).hasSize(shares.length);
    long[] observed = counts.values().stream().mapToLong(Long::longValue).toArray();
    double[] expected = DoubleStream.of(shares).map(share -> share * DRAWS).toArray();
    assertThat(new ChiSquareTest().chiSquareTest(expected, observed)).isGreaterThan(LEAST_LIKELY);
  }

  private static double[] even(int count) {
    return DoubleStream.generate(() -> 1.0 / count).limit(count).toArray();
  }

  @Test
  void uniform() {
    assertUniform(new Uniform(-3, 5), x -> (x + 3) / 8);
  }

  @Test
  void logUniform() {
    assertUniform(new LogUniform(1e-4, 1e2), x -> (Math.log10(x) + 4) / 6);
  }

  @Test
  void choice() {
    assertShares(new Choice(List.of("a", "b", "c", "d")), even(4));
  }

  @Test
  void integers() {
    assertShares(new IntegerRange(-2, 4), even(7));
  }

  @Test
  void integersBySteps() {
    assertShares(new IntegerRange(1, 9, 2), even(5));
  }

  @Test
  void realsBySteps() {
    assertShares(new SteppedUniform(0, 1, 0.05), even(21));
  }

  @Test
  void logIntegersHaveTheShareOfTheirInterval() {
    double[] shares =
        LongStream.rangeClosed(1, 20)
            .mapToDouble(n -> Math.log((n + 0.5) / (n - 0.5)) / Math.log(20.5 / 0.5))
            .toArray();
    assertShares(new LogIntegerRange(1, 20), shares);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.1, 0.125, 0.2, 0.25})
  void stepsAreTheDecimalNumbersThatTheyLookLikeAndReachBothEnds(double step) {
    assertThat(draws(new SteppedUniform(0, 1, step)))
        .contains(0.0, 1.0)
        .allSatisfy(x -> assertThat(x.toString().length()).isLessThanOrEqualTo(5));
  }

  @Test
  void integerRangesReachBothEnds() {
    assertThat(draws(new IntegerRange(1, 9, 2))).contains(1L, 3L, 5L, 7L, 9L).doesNotContain(2L);
    assertThat(draws(new LogIntegerRange(1, 30))).contains(1L, 30L);
  }

  @Test
  void quasiRandomPointsFillTheSpaceMoreEvenlyThanRandomOnes() {
    SearchSpace space = Spaces.reals(2, 0, 1);
    assertThat(emptyBoxes(new QuasiRandomSampler(space, 3).ask(256))).isZero();
    assertThat(emptyBoxes(new RandomSampler(space, 3).ask(256))).isGreaterThan(50);
  }

  /** Of 16 by 16 boxes. */
  private static int emptyBoxes(List<Map<String, Object>> points) {
    boolean[] filled = new boolean[256];
    for (Map<String, Object> point : points) {
      int row = (int) (16 * Spaces.real(point, "x0"));
      filled[16 * row + (int) (16 * Spaces.real(point, "x1"))] = true;
    }
    int empty = 0;
    for (boolean box : filled) {
      empty += box ? 0 : 1;
    }
    return empty;
  }
}
