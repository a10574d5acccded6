package dev.lakewright.linear;

/**
 * Exponential and logarithm of many numbers by additions and multiplications alone: compilers turn
 * the loops into vector instructions, and every machine gets the same bits.
 */
final class Exponential {

  private static final double LEAST = -60;

  private Exponential() {}

  /**
   * Replaces each {@code x <= 0} by {@code e^x}, to a relative error of 1e-11; below -60 by {@code
   * e^-60}. The Taylor polynomial of {@code e^(x/256)}, squared eight times.
   */
  static void exp(double[] x, int size) {
    for (int i = 0; i < size; i++) {
      double y = Math.max(x[i], LEAST) * (1.0 / 256);
      double p = 1.0 / 3628800;
      p = p * y + 1.0 / 362880;
      p = p * y + 1.0 / 40320;
      p = p * y + 1.0 / 5040;
      p = p * y + 1.0 / 720;
      p = p * y + 1.0 / 120;
      p = p * y + 1.0 / 24;
      p = p * y + 1.0 / 6;
      p = p * y + 0.5;
      p = p * y + 1;
      p = p * y + 1;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      x[i] = p;
    }
  }

  /**
   * {@code ln(1 + t)} for t in [0, 1], to an error of 1e-13: {@code 2 atanh(t / (2 + t))} by its
   * series.
   */
  static double logOnePlus(double t) {
    double z = t / (2 + t);
    double s = z * z;
    double p = 1.0 / 25;
    p = p * s + 1.0 / 23;
    p = p * s + 1.0 / 21;
    p = p * s + 1.0 / 19;
    p = p * s + 1.0 / 17;
    p = p * s + 1.0 / 15;
    p = p * s + 1.0 / 13;
    p = p * s + 1.0 / 11;
    p = p * s + 1.0 / 9;
    p = p * s + 1.0 / 7;
    p = p * s + 1.0 / 5;
    p = p * s + 1.0 / 3;
    p = p * s + 1;
    return 2 * z * p;
  }
}
