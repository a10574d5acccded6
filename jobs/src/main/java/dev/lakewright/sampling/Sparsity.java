package dev.lakewright.sampling;

/** How sparsely rows of a class lie in a cluster (Douzas, Bacao, Last, 2018). */
public final class Sparsity {

  private Sparsity() {}

  /**
   * {@code distance^exponent / rows}, the exponent being {@code 0.16 × log_1.6(rows)^1.8}, as
   * imbalanced-learn has it.
   *
   * @param distance mean distance between two of the rows
   */
  public static double of(double distance, double rows) {
    double exponent = 0.16 * StrictMath.pow(StrictMath.log(rows) / StrictMath.log(1.6), 1.8);
    return StrictMath.pow(distance, exponent) / rows;
  }

  /** Deals rows to be made out to clusters in proportion to their sparsities. */
  public static int[] shares(double[] sparsities, long count) {
    return Shares.proportional(sparsities, Math.toIntExact(count));
  }
}
