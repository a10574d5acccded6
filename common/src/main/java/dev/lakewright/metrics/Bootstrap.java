package dev.lakewright.metrics;

import dev.lakewright.metrics.WeightedMetrics.Measured;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Percentile intervals by drawing rows with replacement (Efron and Tibshirani, <i>An Introduction
 * to the Bootstrap</i>, 13.3). Each draw has a seed of its own, so that the result does not depend
 * on how many threads draw.
 */
final class Bootstrap {

  private final List<Measured> draws;
  private final double confidence;

  Bootstrap(WeightedMetrics metrics, int rows, int draws, double confidence, long seed) {
    this.confidence = confidence;
    this.draws =
        IntStream.range(0, draws)
            .parallel()
            .mapToObj(draw -> metrics.measure(weights(rows, seed, draw)))
            .toList();
  }

  private static double[] weights(int rows, long seed, int draw) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + draw);
    double[] weights = new double[rows];
    for (int i = 0; i < rows; i++) {
      weights[random.nextInt(rows)]++;
    }
    return weights;
  }

  /** Interval of each metric. */
  Map<Metric, Interval> intervals() {
    Map<Metric, Interval> intervals = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      intervals.put(metric, interval(draw -> draw.value(metric)));
    }
    return intervals;
  }

  /** Interval of any figure; NaN draws are left out. */
  Interval interval(ToDoubleFunction<Measured> figure) {
    return interval(drawn(figure), confidence);
  }

  /** A figure on every draw, in their order. */
  double[] drawn(ToDoubleFunction<Measured> figure) {
    return draws.stream().mapToDouble(figure).toArray();
  }

  /** The middle part of values on draws; those that are NaN are left out. */
  static Interval interval(double[] drawn, double confidence) {
    double[] values = Arrays.stream(drawn).filter(value -> !Double.isNaN(value)).sorted().toArray();
    double tail = (1 - confidence) / 2;
    return values.length == 0
        ? new Interval(Double.NaN, Double.NaN)
        : new Interval(quantile(values, tail), quantile(values, 1 - tail));
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
