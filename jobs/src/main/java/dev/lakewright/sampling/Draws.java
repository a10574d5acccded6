package dev.lakewright.sampling;

import java.io.Serializable;

/**
 * Chance as a function: a hash of the seed, what the draw is for, a row and a copy's number. The
 * mixing function is that of SplitMix64 (Steele, Lea, Flood, 2014, figure 16).
 */
public record Draws(long seed) implements Serializable {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** What draws are for; those for different uses are independent. */
  public enum Use {
    ORDER,
    NEIGHBOUR,
    GAP,
    RADIUS,
    ANGLE,
    START,
    PLACE,
    STREAM
  }

  /** Draws of another seed, one for each number. */
  public Draws stream(long number) {
    return new Draws(bits(Use.STREAM, number, 0));
  }

  /** 64 random bits. */
  long bits(Use use, long row, long copy) {
    long hash = mix(seed + GOLDEN * (use.ordinal() + 1));
    hash = mix(hash + GOLDEN * (row + 1));
    return mix(hash + GOLDEN * (copy + 1));
  }

  /** Uniform on [0, 1). */
  public double uniform(Use use, long row, long copy) {
    return (bits(use, row, copy) >>> 11) * 0x1p-53;
  }

  /** A row's place in a random order of rows, uniform on [0, 1). */
  public double order(long row) {
    return uniform(Use.ORDER, row, 0);
  }

  /** Uniform on the whole numbers 0 to {@code bound - 1}. */
  public int below(int bound, Use use, long row, long copy) {
    return (int) (((bits(use, row, copy) >>> 32) * bound) >>> 32);
  }

  /** The same of a larger bound, below 2^62. */
  public long below(long bound, Use use, long row, long copy) {
    return Math.multiplyHigh(bits(use, row, copy) >>> 1, 2 * bound);
  }

  /**
   * Standard normal (Box and Muller, 1958).
   *
   * @param copy the copy's number and the column in one
   */
  public double normal(long row, long copy) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(Use.RADIUS, row, copy)));
    return radius * StrictMath.cos(2 * Math.PI * uniform(Use.ANGLE, row, copy));
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
