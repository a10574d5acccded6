package dev.lakewright.ensemble;

/**
 * Seconds that a whole ensemble may take.
 *
 * @param seconds from the start on; 0: no limit
 */
record TimeLimit(long startedNanos, double seconds) {

  private static final double NEXT_TO_NOTHING = 1e-9;

  static TimeLimit of(double seconds) {
    return new TimeLimit(System.nanoTime(), seconds);
  }

  /** Seconds left, more than 0; 0 where there is no limit. */
  double left() {
    double left = seconds - (System.nanoTime() - startedNanos) / 1e9;
    return seconds == 0 ? 0 : Math.max(NEXT_TO_NOTHING, left);
  }
}
