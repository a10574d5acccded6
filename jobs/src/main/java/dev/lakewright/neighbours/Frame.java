package dev.lakewright.neighbours;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Where float arithmetic on rows has its origin and unit: rows are moved to their center, since
 * what products of coordinates lose grows with the rows' lengths, and scaled by a power of two,
 * which is exact, so that no square overflows.
 *
 * @param center per column
 * @param factor a power of two
 */
@SuppressWarnings("ArrayRecordComponent")
record Frame(float[] center, float factor) implements Serializable {

  /** The most exponent that keeps a factor and its inverse ordinary numbers. */
  private static final int MOST_EXPONENT = 126;

  /** The frame of some blocks of one width. */
  static Frame of(DenseRows... blocks) {
    float[] center = center(blocks);
    float largest = 0;
    for (DenseRows block : blocks) {
      for (int at = 0; at < block.values().length; at += center.length) {
        for (int c = 0; c < center.length; c++) {
          largest = Math.max(largest, Math.abs(block.values()[at + c] - center[c]));
        }
      }
    }
    int exponent = largest == 0 ? 0 : -Math.getExponent(largest);
    exponent = Math.max(-MOST_EXPONENT, Math.min(MOST_EXPONENT, exponent));
    return new Frame(center, Math.scalb(1f, exponent));
  }

  private static float[] center(DenseRows... blocks) {
    double[] sums = new double[blocks[0].columns()];
    long rows = Arrays.stream(blocks).mapToLong(DenseRows::rows).sum();
    for (DenseRows block : blocks) {
      for (int at = 0; at < block.values().length; at += sums.length) {
        for (int c = 0; c < sums.length; c++) {
          sums[c] += block.values()[at + c];
        }
      }
    }
    float[] center = new float[sums.length];
    for (int c = 0; c < center.length; c++) {
      center[c] = rows == 0 ? 0 : (float) (sums[c] / rows);
    }
    return center;
  }

  float place(float value, int column) {
    return (value - center[column]) * factor;
  }
}
