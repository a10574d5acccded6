package dev.lakewright.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.SearchDimension.Uniform;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the tree-structured Parzen estimator is for: better points sooner. */
class TpeSamplerTest {

  private static final SearchSpace BRANIN =
      Spaces.of(
          "x0", new Uniform(-5, 10),
          "x1", new Uniform(0, 15));

  private static double branin(Map<String, Object> point) {
    double x = Spaces.real(point, "x0");
    double bend =
        Spaces.real(point, "x1") - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    return bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  }

  private static double best(
      Sampler sampler, int trials, int together, ToDoubleFunction<Map<String, Object>> loss) {
    double best = Double.POSITIVE_INFINITY;
    for (int done = 0; done < trials; done += together) {
      for (Map<String, Object> point : sampler.ask(together)) {
        double reached = loss.applyAsDouble(point);
        sampler.tell(point, reached);
        best = reached < best ? reached : best;
      }
    }
    return best;
  }

  private static double median(LongFunction<Double> bestOfSeed) {
    return LongStream.range(0, 9).mapToDouble(bestOfSeed::apply).sorted().toArray()[4];
  }

  @Test
  void comesCloserToTheLeastOfBraninThanRandomPoints() {
    double random =
        median(seed -> best(new RandomSampler(BRANIN, seed), 100, 1, TpeSamplerTest::branin));
    double tpe = median(seed -> best(new TpeSampler(BRANIN, seed), 100, 1, TpeSamplerTest::branin));
    assertThat(tpe).isLessThan(0.45).isLessThan(random);
  }

  @Test
  void pointsAskedTogetherSpread() {
    double together =
        median(seed -> best(new TpeSampler(BRANIN, seed), 100, 10, TpeSamplerTest::branin));
    double random =
        median(seed -> best(new RandomSampler(BRANIN, seed), 100, 1, TpeSamplerTest::branin));
    assertThat(together).isLessThan(0.55).isLessThan(random);
  }

  @Test
  void findsTheBranchOfAConditionalSpace() {
    double random =
        median(seed -> best(new RandomSampler(Spaces.every(), seed), 100, 1, Spaces::loss));
    double tpe = median(seed -> best(new TpeSampler(Spaces.every(), seed), 100, 1, Spaces::loss));
    assertThat(tpe).isLessThan(random / 3);
  }

  @Test
  void learnsThoughAThirdOfTheTrialsFail() {
    ToDoubleFunction<Map<String, Object>> failing =
        point -> Spaces.real(point, "x0") > 5 ? Double.NaN : branin(point);
    assertThat(median(seed -> best(new TpeSampler(BRANIN, seed), 100, 1, failing))).isLessThan(0.5);
  }

  @Test
  void startsFromEarlierSweeps() {
    List<Map<String, Object>> earlier = new RandomSampler(BRANIN, 99).ask(100);
    double told =
        median(
            seed -> {
              Sampler sampler = new TpeSampler(BRANIN, seed);
              earlier.forEach(point -> sampler.tell(point, branin(point)));
              return best(sampler, 20, 1, TpeSamplerTest::branin);
            });
    double anew = median(seed -> best(new TpeSampler(BRANIN, seed), 20, 1, TpeSamplerTest::branin));
    assertThat(told).isLessThan(anew);
  }
}
