package dev.lakewright.model;

import java.util.Arrays;

/**
 * What a record holds before anything learnt from data is applied: term counts per bag space,
 * numbers and categories. A reusable buffer, refilled for each record: the terms of space {@code s}
 * are {@code ids[start(s) .. end(s))}, ascending, each with its count.
 *
 * <p>A bag space is one text column under one kind of n-gram; ids are hash buckets or vocabulary
 * places. The order of spaces is that of {@link BagSpace#of}.
 */
public final class FeatureCounts {

  private final int[] ends;
  private int spaces;
  private int size;
  private int[] ids = new int[256];
  private float[] counts = new float[256];
  private final double[] numbers;
  private final String[] categories;

  /**
   * @param spaces number of bag spaces
   * @param numbers number of numeric columns
   * @param categories number of categorical columns
   */
  public FeatureCounts(int spaces, int numbers, int categories) {
    this.ends = new int[spaces];
    this.numbers = new double[numbers];
    this.categories = new String[categories];
  }

  /** Forgets the record; the arrays stay. */
  public void clear() {
    spaces = 0;
    size = 0;
  }

  /** Adds a term to the space being filled; ids must ascend within a space. */
  public void add(int id, float count) {
    if (size == ids.length) {
      reserve(1);
    }
    ids[size] = id;
    counts[size] = count;
    size++;
  }

  /** Adds the terms {@code [from, to)} of two arrays to the space being filled. */
  public void addAll(int[] moreIds, float[] moreCounts, int from, int to) {
    reserve(to - from);
    System.arraycopy(moreIds, from, ids, size, to - from);
    System.arraycopy(moreCounts, from, counts, size, to - from);
    size += to - from;
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > ids.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, ids.length * 2L));
      ids = Arrays.copyOf(ids, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
  }

  /** Closes the space being filled. */
  public void endSpace() {
    ends[spaces] = size;
    spaces++;
  }

  /** Number of bag spaces. */
  public int spaces() {
    return ends.length;
  }

  /** Place of a space's first term. */
  public int start(int space) {
    return space == 0 ? 0 : ends[space - 1];
  }

  /** Place after a space's last term. */
  public int end(int space) {
    return ends[space];
  }

  /** Term ids of all spaces; valid up to the last space's end. */
  public int[] ids() {
    return ids;
  }

  /** Counts, in step with {@link #ids()}. */
  public float[] counts() {
    return counts;
  }

  /** Values of the numeric columns; NaN where missing. */
  public double[] numbers() {
    return numbers;
  }

  /** Values of the categorical columns; null where missing. */
  public String[] categories() {
    return categories;
  }
}
