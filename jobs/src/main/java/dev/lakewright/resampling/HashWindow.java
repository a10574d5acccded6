package dev.lakewright.resampling;

import dev.lakewright.sampling.OrderWindow;
import java.io.Serializable;

/**
 * Where the first bits of the hash of a stated rank are expected among evenly spread ones.
 *
 * @param low bits of it and below lie below the window
 * @param high bits of it and above lie above it
 * @param rows expected in between
 */
record HashWindow(int low, int high, long rows) implements Serializable {

  /**
   * @param rank from 1
   * @param size how many hashes there are
   */
  static HashWindow around(long rank, long size) {
    OrderWindow window = OrderWindow.around(rank, size, OrderWindow.DEVIATIONS);
    return new HashWindow(bits(window.low()), bits(window.high()), window.rows(size));
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
