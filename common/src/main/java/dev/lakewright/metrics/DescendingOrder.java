package dev.lakewright.metrics;

/**
 * Places by falling key, places of equal key as they are: a radix sort from the lowest digit on,
 * with neither an object per place nor comparisons.
 */
final class DescendingOrder {

  private static final int BITS = 11;
  private static final int DIGITS = 1 << BITS;
  private static final int MASK = DIGITS - 1;

  private DescendingOrder() {}

  /**
   * Sorts.
   *
   * @param places to be sorted; may be overwritten
   * @param keys by place; numbers
   */
  static int[] of(int[] places, double[] keys) {
    long[] digits = new long[places.length];
    for (int i = 0; i < places.length; i++) {
      digits[i] = descending(keys[places[i]]);
    }
    int[] from = places;
    int[] to = new int[places.length];
    long[] digitsTo = new long[places.length];
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      int[] ends = ends(digits, shift);
      if (ends == null) {
        continue;
      }
      for (int i = places.length - 1; i >= 0; i--) {
        int place = --ends[(int) (digits[i] >>> shift) & MASK];
        to[place] = from[i];
        digitsTo[place] = digits[i];
      }
      int[] swap = from;
      from = to;
      to = swap;
      long[] digitsSwap = digits;
      digits = digitsTo;
      digitsTo = digitsSwap;
    }
    return from;
  }

  /** An unsigned number that falls as the key rises; both zeros are one. */
  private static long descending(double key) {
    long bits = Double.doubleToRawLongBits(key + 0.0);
    return bits >= 0 ? Long.MAX_VALUE - bits : bits;
  }

  /** Per digit where its places end; null when all have the same. */
  private static int[] ends(long[] digits, int shift) {
    int[] ends = new int[DIGITS];
    for (long digit : digits) {
      ends[(int) (digit >>> shift) & MASK]++;
    }
    if (digits.length == 0 || ends[(int) (digits[0] >>> shift) & MASK] == digits.length) {
      return null;
    }
    for (int i = 1; i < DIGITS; i++) {
      ends[i] += ends[i - 1];
    }
    return ends;
  }
}
