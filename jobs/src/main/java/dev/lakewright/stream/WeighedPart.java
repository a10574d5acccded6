package dev.lakewright.stream;

import dev.lakewright.matrix.RowMatrix;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Rows of one task of a micro-batch with their features, in ascending order of keys; rows of equal
 * keys in that of labels, held out ones last, then of weights.
 */
final class WeighedPart implements Serializable {

  private static final long serialVersionUID = 1L;

  private final RowMatrix matrix;
  private final BitSet held = new BitSet();
  private long[] keys = new long[1024];
  private long unknown;
  private String example = "";

  WeighedPart(int features) {
    this.matrix = new RowMatrix(features);
  }

  /** The matrix, to append a row to; then {@link #added} tells the rest of it. */
  RowMatrix matrix() {
    return matrix;
  }

  void added(long key, boolean heldOut) {
    int row = matrix.rows() - 1;
    if (row == keys.length) {
      keys = Arrays.copyOf(keys, row * 2);
    }
    keys[row] = key;
    held.set(row, heldOut);
  }

  /** Counts a row of a class that the model does not know. */
  void addUnknown(String label) {
    unknown++;
    example = label;
  }

  WeighedPart trimmed() {
    matrix.trim();
    keys = Arrays.copyOf(keys, matrix.rows());
    return this;
  }

  int rows() {
    return matrix.rows();
  }

  boolean isHeldOut(int row) {
    return held.get(row);
  }

  /** Rows of classes that the model does not know. */
  long unknown() {
    return unknown;
  }

  /** One of those classes; empty where there are none. */
  String example() {
    return example;
  }

  /** Whether a row comes before one of another part. */
  boolean precedes(int row, WeighedPart other, int otherRow) {
    int order = Long.compare(keys[row], other.keys[otherRow]);
    if (order == 0) {
      order = Integer.compare(matrix.labels()[row], other.matrix.labels()[otherRow]);
    }
    if (order == 0) {
      order = Boolean.compare(isHeldOut(row), other.isHeldOut(otherRow));
    }
    if (order == 0) {
      order = Float.compare(matrix.weight(row), other.matrix.weight(otherRow));
    }
    return order < 0;
  }
}
