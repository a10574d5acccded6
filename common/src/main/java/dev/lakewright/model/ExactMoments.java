package dev.lakewright.model;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Mean and variance of finite numbers from exact sums: the order of adding and merging cannot
 * matter.
 */
public final class ExactMoments implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final MathContext PRECISION = new MathContext(40);

  private long count;
  private final ExactSum sum = new ExactSum();
  private final ExactSum sumOfSquares = new ExactSum();

  /** Adds a finite number. */
  public void add(double value) {
    count++;
    sum.add(value);
    sumOfSquares.addSquare(value);
  }

  /** Adds the numbers of others. */
  public void merge(ExactMoments other) {
    count += other.count;
    sum.merge(other.sum);
    sumOfSquares.merge(other.sumOfSquares);
  }

  /** The mean, correctly rounded; 0 without numbers. */
  public double mean() {
    return count == 0 ? 0 : ratio(sum.total(), ExactSum.SCALE, BigInteger.valueOf(count));
  }

  /** {@code (n Σx² - (Σx)²) / n²}, free of cancellation; 0 without numbers. */
  public double variance() {
    if (count == 0) {
      return 0;
    }
    BigInteger n = BigInteger.valueOf(count);
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
}
