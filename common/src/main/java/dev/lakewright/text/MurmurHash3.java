package dev.lakewright.text;

/**
 * MurmurHash3 x86 32-bit (Austin Appleby, public domain): the hash of scikit-learn's
 * HashingVectorizer over the same bytes with the same seed.
 */
public final class MurmurHash3 {

  private MurmurHash3() {}

  /** Hash of {@code bytes[start .. end)}. */
  public static int hash32(byte[] bytes, int start, int end, int seed) {
    int hash = seed;
    int at = start;
    for (int last = end - 3; at < last; at += 4) {
      int block =
          (bytes[at] & 0xff)
              | (bytes[at + 1] & 0xff) << 8
              | (bytes[at + 2] & 0xff) << 16
              | bytes[at + 3] << 24;
      hash ^= scramble(block);
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
    }
    int tail = 0;
    for (int i = end - 1; i >= at; i--) {
      tail = tail << 8 | (bytes[i] & 0xff);
    }
    hash ^= scramble(tail);
    return finish(hash ^ (end - start));
  }

  private static int scramble(int block) {
    return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
  }

  private static int finish(int hash) {
    int h = (hash ^ hash >>> 16) * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return h ^ h >>> 16;
  }
}
