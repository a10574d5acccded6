package dev.lakewright.linear;

/**
 * Sums over long vectors. Four sums run side by side, since one would wait for each of its
 * additions; they are joined in a fixed order.
 */
final class Vectors {

  private Vectors() {}

  static double dot(double[] a, double[] b) {
    return dot(a, b, 0, a.length);
  }

  /** Over the elements from {@code from} to before {@code to}. */
  static double dot(double[] a, double[] b, int from, int to) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      first += a[i] * b[i];
      second += a[i + 1] * b[i + 1];
      third += a[i + 2] * b[i + 2];
      fourth += a[i + 3] * b[i + 3];
    }
    for (; i < to; i++) {
      first += a[i] * b[i];
    }
    return first + second + (third + fourth);
  }

  /** Sum of {@code weights[i] * a[i]^2} from {@code from} to before {@code to}. */
  static double weightedSquares(double[] a, double[] weights, int from, int to) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      first += a[i] * a[i] * weights[i];
      second += a[i + 1] * a[i + 1] * weights[i + 1];
      third += a[i + 2] * a[i + 2] * weights[i + 2];
      fourth += a[i + 3] * a[i + 3] * weights[i + 3];
    }
    for (; i < to; i++) {
      first += a[i] * a[i] * weights[i];
    }
    return first + second + (third + fourth);
  }

  static double length(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
