package dev.lakewright.model;

/**
 * Sums of products of one sparse vector with several vectors of weights, "lanes", which lie side by
 * side per feature: {@code features × lanes}. Each sum is taken in double, from its start on by
 * ascending feature.
 */
final class Lanes {

  private Lanes() {}

  /**
   * Computes all sums, four at a time, which stay in registers: faster than going over the features
   * once with all sums in memory, though it reads the same cache lines again.
   *
   * @param starts what each sum begins with
   * @param sums out, one per lane
   */
  static void sums(SparseVector vector, float[] weights, double[] starts, double[] sums) {
    int lanes = starts.length;
    int lane = 0;
    for (; lane + 4 <= lanes; lane += 4) {
      four(vector, weights, starts, lane, sums);
    }
    for (; lane < lanes; lane++) {
      sums[lane] = one(vector, weights, starts, lane);
    }
  }

  /** The sum of one lane. */
  static double one(SparseVector vector, float[] weights, double[] starts, int lane) {
    int[] indices = vector.indices();
    float[] values = vector.values();
    int width = starts.length;
    double sum = starts[lane];
    for (int at = 0; at < vector.size(); at++) {
      sum += (double) values[at] * weights[indices[at] * width + lane];
    }
    return sum;
  }

  private static void four(
      SparseVector vector, float[] weights, double[] starts, int lane, double[] sums) {
    int[] indices = vector.indices();
    float[] values = vector.values();
    int size = vector.size();
    int width = starts.length;
    double sum0 = starts[lane];
    double sum1 = starts[lane + 1];
    double sum2 = starts[lane + 2];
    double sum3 = starts[lane + 3];
    for (int at = 0; at < size; at++) {
      double value = values[at];
      int place = indices[at] * width + lane;
      sum0 += value * weights[place];
      sum1 += value * weights[place + 1];
      sum2 += value * weights[place + 2];
      sum3 += value * weights[place + 3];
    }
    sums[lane] = sum0;
    sums[lane + 1] = sum1;
    sums[lane + 2] = sum2;
    sums[lane + 3] = sum3;
  }
}
