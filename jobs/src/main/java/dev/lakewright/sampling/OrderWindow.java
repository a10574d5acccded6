package dev.lakewright.sampling;

import java.io.Serializable;

/**
 * Where the row of a stated rank is expected in a random order that is uniform on [0, 1).
 *
 * @param low orders of it and below lie below the window
 * @param high orders above it lie above the window
 */
public record OrderWindow(double low, double high) implements Serializable {

  /** One rank in 500 million lies beyond so many standard deviations. */
  public static final double DEVIATIONS = 6;

  /**
   * @param rank from 1
   * @param size how many rows there are
   * @param deviations standard deviations of the rank's place that it may be off
   */
  public static OrderWindow around(long rank, long size, double deviations) {
    double share = (double) rank / (size + 1);
    double margin = deviations * Math.sqrt(share * (1 - share) / size) + 1.0 / size;
    return new OrderWindow(share - margin, share + margin);
  }

  /** Whether no row lies outside. */
  public boolean isAll() {
    return low < 0 && high >= 1;
  }

  /** How many of so many rows are expected inside. */
  public long rows(long size) {
    return (long) Math.min(size, Math.ceil((high - low) * size));
  }
}
