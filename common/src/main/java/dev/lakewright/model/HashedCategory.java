package dev.lakewright.model;

import dev.lakewright.text.TermHash;
import dev.lakewright.text.Utf8;
import java.util.stream.IntStream;

/**
 * A category as {@code 2^bits} features, of which the one that its hash names is 1. Missing is a
 * value of its own.
 */
record HashedCategory(int column, String name, int bits) implements FeatureGroup {

  /** A byte that no UTF-8 text has, so that no value hashes alike by design. */
  private static final byte[] MISSING = {(byte) 0xFF};

  @Override
  public int size() {
    return 1 << bits;
  }

  @Override
  public void weigh(FeatureCounts in, int first, SparseVector out) {
    String value = in.categories()[column];
    byte[] bytes = value == null ? MISSING : Utf8.bytes(value);
    out.add(first + (TermHash.of(bytes, 0, bytes.length) & (size() - 1)), 1);
  }

  @Override
  public boolean isCategory() {
    return true;
  }

  @Override
  public int[] placesIn(FeatureGroup other) {
    return IntStream.range(0, size()).toArray();
  }

  @Override
  public String describe(int feature) {
    return name + " bucket " + feature;
  }
}
