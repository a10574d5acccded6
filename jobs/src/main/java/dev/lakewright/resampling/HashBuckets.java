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

  /** The first bits of hashes, 0 for the smallest. */
  static Column first(Column hash) {
    return bits(hash, 0).bitwiseXOR(SIGN);
  }

  /** The smallest hash of a bucket of {@link #first}. */
  static long low(int bucket) {
    return (long) (bucket ^ SIGN) << (Long.SIZE - BITS);
  }

  /** The bits behind the first {@code known} ones. */
  static Column bits(Column hash, int known) {
    return shiftright(hash, Long.SIZE - BITS - known).bitwiseAND(BUCKETS - 1L).cast("int");
  }

  /** The smallest hash of a bucket of {@link #bits} among those that begin like {@code low}. */
  static long low(long low, int bucket, int known) {
    return low | (long) bucket << (Long.SIZE - BITS - known);
  }
}
