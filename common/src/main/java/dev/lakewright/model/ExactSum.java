package dev.lakewright.model;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * A sum of finite doubles, or of their squares, without any rounding: the order of adding and
 * merging cannot matter. A fixed-point number wide enough for every double and its square, in limbs
 * of 32 bits whose carries are settled now and then (Kulisch's long accumulator; see Neal, <i>Fast
 * exact summation using small and large superaccumulators</i>, 2015).
 */
final class ExactSum implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The unit is {@code 2^-SCALE}: the square of the smallest double. */
  static final int SCALE = 2 * 1074;

  private static final int LIMBS = (SCALE + 2 * 1024) / 32 + 3;
  private static final long LIMB_MASK = 0xFFFF_FFFFL;

  /** Each addition changes a limb by less than 2^34, so that a long has room for these many. */
  private static final int MOST_UNSETTLED = 1 << 28;

  private final long[] limbs = new long[LIMBS];
  private int unsettled;

  /** Adds a finite value. */
  void add(double value) {
    long mantissa = mantissa(value);
    addShifted(mantissa, exponent(value) + SCALE, value < 0 ? -1 : 1);
    settleIfDue();
  }

  /** Adds the square of a finite value. */
  void addSquare(double value) {
    long mantissa = mantissa(value);
    int shift = 2 * exponent(value) + SCALE;
    addShifted(mantissa * mantissa, shift, 1);
    addShifted(Math.multiplyHigh(mantissa, mantissa), shift + 64, 1);
    settleIfDue();
  }

  /** Adds another sum. */
  void merge(ExactSum other) {
    settle();
    for (int i = 0; i < LIMBS; i++) {
      limbs[i] += other.limbs[i];
    }
    settle();
  }

  /** The sum, in units of {@code 2^-SCALE}. */
  BigInteger total() {
    BigInteger total = BigInteger.ZERO;
    for (int i = LIMBS - 1; i >= 0; i--) {
      total = total.shiftLeft(32).add(BigInteger.valueOf(limbs[i]));
    }
    return total;
  }

  private static long mantissa(double value) {
    long fraction = Double.doubleToRawLongBits(value) & ((1L << 52) - 1);
    return Math.getExponent(value) < Double.MIN_EXPONENT ? fraction : fraction | 1L << 52;
  }

  /** Exponent of the mantissa's last bit. */
  private static int exponent(double value) {
    return Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - 52;
  }

  /** Adds {@code sign × bits × 2^shift} units, the bits taken as unsigned. */
  private void addShifted(long bits, int shift, int sign) {
    addHalf(bits & LIMB_MASK, shift, sign);
    addHalf(bits >>> 32, shift + 32, sign);
  }

  private void addHalf(long half, int shift, int sign) {
    long aligned = half << (shift & 31);
    int limb = shift >> 5;
    limbs[limb] += sign * (aligned & LIMB_MASK);
    limbs[limb + 1] += sign * (aligned >>> 32);
  }

  private void settleIfDue() {
    unsettled++;
    if (unsettled == MOST_UNSETTLED) {
      settle();
    }
  }

  /** Carries, so that every limb but the last is within 32 bits. */
  private void settle() {
    for (int i = 0; i < LIMBS - 1; i++) {
      limbs[i + 1] += limbs[i] >> 32;
      limbs[i] &= LIMB_MASK;
    }
    unsettled = 0;
  }
}
