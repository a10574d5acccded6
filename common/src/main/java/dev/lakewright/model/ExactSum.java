package dev.lakewright.model;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A sum of doubles without rounding, so that its value does not depend on the order of its parts
 * (Kulisch's long accumulator): 32-bit digits in longs, carried only when read.
 */
final class ExactSum implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Power of two of the lowest digit: below the smallest subnormal, 2^-1074. */
  private static final int LOWEST = -1088;

  private static final int DIGITS = 68;

  private final long[] digits = new long[DIGITS];
  private int additions;

  /** Adds a finite number. */
  void add(double value) {
    if (value == 0) {
      return;
    }
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7ff;
    long mantissa = bits & (1L << 52) - 1;
    if (exponent == 0) {
      exponent = 1;
    } else {
      mantissa |= 1L << 52;
    }
    int position = exponent - 1075 - LOWEST;
    int digit = position >>> 5;
    int shift = position & 31;
    long sign = value < 0 ? -1 : 1;
    // 53 + 31 bits span three digits
    digits[digit] += sign * (mantissa << shift & 0xffffffffL);
    digits[digit + 1] += sign * (mantissa >>> 32 - shift & 0xffffffffL);
    digits[digit + 2] += sign * (shift == 0 ? 0 : mantissa >>> 64 - shift);
    if (++additions == 1 << 30) {
      carry();
    }
  }

  /** Adds another sum. */
  void add(ExactSum other) {
    carry();
    ExactSum carried = other.copy();
    carried.carry();
    for (int i = 0; i < DIGITS; i++) {
      digits[i] += carried.digits[i];
    }
    additions = 2;
  }

  private ExactSum copy() {
    ExactSum copy = new ExactSum();
    System.arraycopy(digits, 0, copy.digits, 0, DIGITS);
    return copy;
  }

  private void carry() {
    for (int i = 0; i < DIGITS - 1; i++) {
      long high = digits[i] >> 32;
      digits[i] -= high << 32;
      digits[i + 1] += high;
    }
    additions = 1;
  }

  /** The double nearest to the sum. */
  double value() {
    BigInteger total = BigInteger.ZERO;
    for (int i = DIGITS - 1; i >= 0; i--) {
      total = total.shiftLeft(32).add(BigInteger.valueOf(digits[i]));
    }
    return new BigDecimal(total).divide(new BigDecimal(BigInteger.TWO.pow(-LOWEST))).doubleValue();
  }
}
