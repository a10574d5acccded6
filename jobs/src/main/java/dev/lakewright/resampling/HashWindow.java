package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;

/**
 * Where the hash of a stated rank is expected among evenly spread ones, give or take {@value
 * #DEVIATIONS} standard deviations of it: one in 500 million lies elsewhere.
 *
 * @param low hashes of it and below count as one
 * @param high hashes of it and above count as one
 * @param rows expected in between
 */
record HashWindow(long low, long high, long rows) {

  private static final double DEVIATIONS = 6;

  private static final double HASHES = 0x1p64;

  /**
   * @param rank from 1
   * @param size how many hashes there are
   */
  static HashWindow around(long rank, long size) {
    double share = (double) rank / (size + 1);
    double margin = DEVIATIONS * Math.sqrt(share * (1 - share) / size) + 1.0 / size;
    double rows = Math.min(size, Math.ceil(2 * margin * size));
    return new HashWindow(hash(share - margin), hash(share + margin), (long) rows);
  }

  /** The hash below which a share of all hashes lies. */
  private static long hash(double share) {
    return (long) ((share - 0.5) * HASHES);
  }

  /** Hashes as they are within, and edges for those without. */
  Column clamp(Column hash) {
    return greatest(lit(low), least(lit(high), hash));
  }

  /** Whether a clamped hash is what it was. */
  boolean holds(long clamped) {
    return (clamped > low || low == Long.MIN_VALUE) && (clamped < high || high == Long.MAX_VALUE);
  }
}
