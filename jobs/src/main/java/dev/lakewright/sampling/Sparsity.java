package dev.lakewright.sampling;

import java.util.Arrays;

/** How sparsely rows of a class lie in a cluster (Douzas, Bacao, Last, 2018). */
public final class Sparsity {

  private Sparsity() {}

  /**
   * The logarithm of {@code distance^exponent / rows}, the exponent being {@code 0.16 ×
   * log_1.6(rows)^1.8}, as imbalanced-learn has it: the power itself is soon too large for a
   * number.
   *
   * @param distance mean distance between two of the rows
   */
  public static double log(double distance, double rows) {
    double exponent = 0.16 * StrictMath.pow(StrictMath.log(rows) / StrictMath.log(1.6), 1.8);
    return exponent * StrictMath.log(distance) - StrictMath.log(rows);
  }

  /**
   * Deals rows to be made out to clusters in proportion to their sparsities; evenly if all are 0.
   */
  public static int[] shares(double[] logarithms, long count) {
    double largest = Arrays.stream(logarithms).max().orElse(0);
    double[] weights =
        Arrays.stream(logarithms)
            .map(log -> largest == Double.NEGATIVE_INFINITY ? 0 : StrictMath.exp(log - largest))
            .toArray();
    return Shares.proportional(weights, Math.toIntExact(count));
  }
}
