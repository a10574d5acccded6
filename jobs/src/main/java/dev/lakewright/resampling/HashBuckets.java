package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.shiftright;

import org.apache.spark.sql.Column;

/**
 * Groups 64-bit hashes by some of their bits, so that the groups follow one another as the signed
 * numbers do.
 */
final class HashBuckets {

  /** Bits that a pass over the rows tells apart. */
  static final int BITS = 12;

  static final int BUCKETS = 1 << BITS;

  private static final int SIGN = BUCKETS >>> 1;

  private HashBuckets() {}

  /** The bits behind the first {@code known} ones; if these are the first, 0 for the smallest. */
  static Column bits(Column hash, int known) {
    Column bits = shiftright(hash, Long.SIZE - BITS - known).bitwiseAND(BUCKETS - 1L).cast("int");
    return known == 0 ? bits.bitwiseXOR(SIGN) : bits;
  }

  /** The smallest hash of a bucket of {@link #bits} among those that begin like {@code low}. */
  static long low(long low, int bucket, int known) {
    int shift = Long.SIZE - BITS - known;
    return known == 0 ? (long) (bucket ^ SIGN) << shift : low | (long) bucket << shift;
  }
}
