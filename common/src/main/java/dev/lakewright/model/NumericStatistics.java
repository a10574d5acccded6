package dev.lakewright.model;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** What one numeric column's present values tell: mean, deviation, and quantiles of a sample. */
final class NumericStatistics implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Rows sampled for quantiles: a median's rank is then off by about 0.5 %. */
  static final int SAMPLE = 10_000;

  private static final MathContext PRECISION = new MathContext(40);

  private long present;
  private final ExactSum sum = new ExactSum();
  private final ExactSum sumOfSquares = new ExactSum();
  private final BottomSample sample = new BottomSample(SAMPLE);

  /** Adds a row's value; NaN is missing. */
  void add(double value, long rowKey) {
    if (!Double.isNaN(value)) {
      // -0.0 and 0.0 are one value, which sorting would tell apart
      double canonical = value + 0.0;
      present++;
      sum.add(canonical);
      sumOfSquares.addSquare(canonical);
      sample.add(rowKey, canonical);
    }
  }

  void merge(NumericStatistics other) {
    present += other.present;
    sum.merge(other.sum);
    sumOfSquares.merge(other.sumOfSquares);
    sample.merge(other.sample);
  }

  /** The mean, correctly rounded from exact sums; 0 when no value is present. */
  double mean() {
    return present == 0 ? 0 : ratio(sum.total(), ExactSum.SCALE, BigInteger.valueOf(present));
  }

  /** {@code (n Σx² - (Σx)²) / n²}, free of cancellation; 0 when no value is present. */
  double variance() {
    if (present == 0) {
      return 0;
    }
    BigInteger n = BigInteger.valueOf(present);
    BigInteger total = sum.total();
    BigInteger scaledSquares = sumOfSquares.total().multiply(n).shiftLeft(ExactSum.SCALE);
    BigInteger spread = scaledSquares.subtract(total.multiply(total));
    return ratio(spread, 2 * ExactSum.SCALE, n.multiply(n));
  }

  /** {@code numerator × 2^-scale / denominator}. */
  private static double ratio(BigInteger numerator, int scale, BigInteger denominator) {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator.shiftLeft(scale)), PRECISION)
        .doubleValue();
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
