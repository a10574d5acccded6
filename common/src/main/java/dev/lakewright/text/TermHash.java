package dev.lakewright.text;

import org.apache.lucene.util.StringHelper;

/**
 * The hash of a term: MurmurHash3 x86 32 bits (Austin Appleby, 2011) over its UTF-8 bytes, seed 0,
 * as scikit-learn's {@code HashingVectorizer} uses it. Stored models rest on it, so that it never
 * changes.
 */
public final class TermHash {

  private static final int SEED = 0;

  private TermHash() {}

  /** Hash of {@code bytes[start .. end)}. */
  public static int of(byte[] bytes, int start, int end) {
    return StringHelper.murmurhash3_x86_32(bytes, start, end - start, SEED);
  }
}
