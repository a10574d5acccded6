package dev.lakewright.model;

import java.util.Arrays;

/**
 * A record's features: a reusable buffer of ascending feature indices with their values. Indices
 * are dense over the features the model knows: {@code 0 <= index < Featurizer.size()}.
 */
public final class SparseVector {

  private int size;
  private int[] indices = new int[256];
  private float[] values = new float[256];

  /** Empties the vector; the arrays stay. */
  public void clear() {
    size = 0;
  }

  /** Appends a feature; {@code index} must exceed the last one. */
  public void add(int index, float value) {
    if (size == indices.length) {
      indices = Arrays.copyOf(indices, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    indices[size] = index;
    values[size] = value;
    size++;
  }

  /** Number of features present. */
  public int size() {
    return size;
  }

  /** Feature indices; valid below {@link #size()}. */
  public int[] indices() {
    return indices;
  }

  /** Values, in step with {@link #indices()}. */
  public float[] values() {
    return values;
  }
}
