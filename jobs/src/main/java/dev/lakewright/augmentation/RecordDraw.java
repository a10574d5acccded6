package dev.lakewright.augmentation;

/**
 * Seeds that hang on what is drawn for, not on the order in which it is drawn (Steele, Lea and
 * Flood, "Fast splittable pseudorandom number generators" (2014), the mixing of SplitMix64).
 */
public final class RecordDraw {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private RecordDraw() {}

  /** A hash of a seed and a number. */
  public static long of(long seed, long number) {
    return mixed(mixed(seed + GOLDEN) + number * GOLDEN);
  }

  /**
   * The draw of a row: what its copies hang on, and its place among all rows of its class.
   *
   * @param key of the row
   * @param occurrence how many rows with the same key come before it
   */
  public static long of(long seed, long key, int occurrence) {
    return of(of(seed, key), occurrence);
  }

  private static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
