package dev.lakewright.model;

import java.io.Serializable;

/** What one numeric column's present values tell: mean, deviation, and quantiles of a sample. */
final class NumericStatistics implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Rows sampled for quantiles: a median's rank is then off by about 0.5 %. */
  static final int SAMPLE = 10_000;

  private final ExactMoments moments = new ExactMoments();
  private final BottomSample sample = new BottomSample(SAMPLE);

  /** Adds a row's value; NaN is missing. */
  void add(double value, long rowKey) {
    if (!Double.isNaN(value)) {
      // -0.0 and 0.0 are one value, which sorting would tell apart
      double canonical = value + 0.0;
      moments.add(canonical);
      sample.add(rowKey, canonical);
    }
  }

  void merge(NumericStatistics other) {
    moments.merge(other.moments);
    sample.merge(other.sample);
  }

  /** The mean, correctly rounded; 0 when no value is present. */
  double mean() {
    return moments.mean();
  }

  /** The variance of the values as a population; 0 when no value is present. */
  double variance() {
    return moments.variance();
  }

  /**
   * Quantiles {@code 1/parts, ..., (parts - 1)/parts} of the sample, linearly interpolated between
   * order statistics (Hyndman and Fan's type 7, NumPy's default); empty when no value is present.
   */
  double[] quantiles(int parts) {
    double[] sorted = sample.sorted();
    double[] quantiles = new double[sorted.length == 0 ? 0 : parts - 1];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = orderStatistic(sorted, (sorted.length - 1) * ((i + 1.0) / parts));
    }
    return quantiles;
  }

  private static double orderStatistic(double[] sorted, double rank) {
    int below = (int) rank;
    double share = rank - below;
    double low = sorted[below];
    double high = share == 0 ? low : sorted[below + 1];
    // between equal values rounding must not make a third
    return low == high ? low : low * (1 - share) + high * share;
  }

  /** The median; 0 when no value is present. */
  double median() {
    double[] median = quantiles(2);
    return median.length == 0 ? 0 : median[0];
  }
}
