package dev.lakewright.neighbours;

/** Pseudo-random bits from keys: the same for a key and a seed wherever they are asked for. */
public final class Mixing {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Mixing() {}

  /** SplitMix64's finalizer (Steele, Lea and Flood, 2014, figure 16) over key and seed. */
  public static long mix(long key, long seed) {
    return finish(finish(seed + GOLDEN) ^ key);
  }

  private static long finish(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Uniform on [0, 1), of 53 bits. */
  public static double unit(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }

  /** Uniform on 0 .. bound − 1. */
  public static int below(int bound, long bits) {
    return (int) (unit(bits) * bound);
  }
}
