package dev.lakewright.resampling;

import java.io.Serializable;

/**
 * Where the first bits of the hash of a stated rank are expected among evenly spread ones, give or
 * take {@value #DEVIATIONS} standard deviations of it: one in 500 million lies elsewhere.
 *
 * @param low bits of it and below lie below the window
 * @param high bits of it and above lie above it
 * @param rows expected in between
 */
record HashWindow(int low, int high, long rows) implements Serializable {

  private static final double DEVIATIONS = 6;

  /**
   * @param rank from 1
   * @param size how many hashes there are
   */
  static HashWindow around(long rank, long size) {
    double share = (double) rank / (size + 1);
    double margin = DEVIATIONS * Math.sqrt(share * (1 - share) / size) + 1.0 / size;
    double rows = Math.min(size, Math.ceil(2 * margin * size));
    return new HashWindow(bits(share - margin), bits(share + margin), (long) rows);
  }

  /** The bits below which a share of all hashes lies. */
  private static int bits(double share) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, (share - 0.5) * 0x1p32));
  }

  /** Whether these bits lie below the window. */
  boolean liesAbove(int bits) {
    return bits <= low && low > Integer.MIN_VALUE;
  }

  boolean holds(int bits) {
    return !liesAbove(bits) && (bits < high || high == Integer.MAX_VALUE);
  }
}
