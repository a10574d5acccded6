package dev.lakewright.model;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A uniform sample of rows' values that does not depend on the order of adding and merging: those
 * of the rows with the smallest keys, which are hashes (bottom-k sampling; Cohen and Kaplan,
 * <i>Summarizing data using bottom-k sketches</i>, 2007). A binary heap with the largest on top.
 */
final class BottomSample implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int most;
  private long[] keys = new long[16];
  private double[] values = new double[16];
  private int size;

  /**
   * @param most number of values to keep, at least 1
   */
  BottomSample(int most) {
    this.most = most;
  }

  void add(long key, double value) {
    if (size < most) {
      reserve();
      size++;
      siftUp(size - 1, key, value);
    } else if (compare(key, value, keys[0], values[0]) < 0) {
      siftDown(key, value);
    }
  }

  void merge(BottomSample other) {
    for (int i = 0; i < other.size; i++) {
      add(other.keys[i], other.values[i]);
    }
  }

  /** The sampled values, ascending. */
  double[] sorted() {
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Equal keys are told apart by value, or which is kept would depend on the order. */
  private static int compare(long key, double value, long otherKey, double otherValue) {
    int byKey = Long.compare(key, otherKey);
    return byKey != 0 ? byKey : Double.compare(value, otherValue);
  }

  private void reserve() {
    if (size == keys.length) {
      int capacity = Math.min(most, size * 2);
      keys = Arrays.copyOf(keys, capacity);
      values = Arrays.copyOf(values, capacity);
    }
  }

  private void siftUp(int from, long key, double value) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (compare(key, value, keys[parent], values[parent]) <= 0) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    keys[at] = key;
    values[at] = value;
  }

  /** Replaces the top. */
  private void siftDown(long key, double value) {
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size
          && compare(keys[child + 1], values[child + 1], keys[child], values[child]) > 0) {
        child++;
      }
      if (compare(key, value, keys[child], values[child]) >= 0) {
        break;
      }
      move(child, at);
      at = child;
    }
    keys[at] = key;
    values[at] = value;
  }

  private void move(int from, int to) {
    keys[to] = keys[from];
    values[to] = values[from];
  }
}
