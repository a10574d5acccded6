package dev.lakewright.model;

import java.util.Arrays;

/**
 * What a record holds before anything learnt from data is applied: term counts per bag space,
 * numbers and categories. A reusable buffer, refilled for each record: the terms of space {@code s}
 * are {@code ids[start(s) .. end(s))}, ascending, each with its count.
 *
 * <p>A bag space is one text column under one kind of n-gram; ids are hash buckets or vocabulary
 * places. The order of spaces is: for each text column, words (if configured), then chars.
 */
public final class FeatureCounts {

  private final int[] ends;
  private int spaces;
  private int pending;
  private int[] ids = new int[256];
  private float[] counts = new float[256];
  private final double[] numbers;
  private final String[] categories;

  public FeatureCounts(int spaces, int numbers, int categories) {
    this.ends = new int[spaces];
    this.numbers = new double[numbers];
    this.categories = new String[categories];
  }

  /** Forgets the record; the arrays stay. */
  public void clear() {
    spaces = 0;
    pending = 0;
  }

  /** Adds a term to the space being filled; ids must ascend within a space. */
  public void add(int id, float count) {
    int at = size();
    if (at == ids.length) {
      ids = Arrays.copyOf(ids, at * 2);
      counts = Arrays.copyOf(counts, at * 2);
    }
    ids[at] = id;
    counts[at] = count;
    pending++;
  }

  /** Adds the terms {@code [from, to)} of two arrays to the space being filled. */
  public void addAll(int[] moreIds, float[] moreCounts, int from, int to) {
    int at = size();
    int end = at + to - from;
    if (end > ids.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, ids.length * 2L));
      ids = Arrays.copyOf(ids, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
    System.arraycopy(moreIds, from, ids, at, to - from);
    System.arraycopy(moreCounts, from, counts, at, to - from);
    pending += to - from;
  }

  /** Closes the space being filled. */
  public void endSpace() {
    ends[spaces] = size();
    pending = 0;
    spaces++;
  }

  private int size() {
    return (spaces == 0 ? 0 : ends[spaces - 1]) + pending;
  }

  /** Number of bag spaces. */
  public int spaces() {
    return ends.length;
  }

  public int start(int space) {
    return space == 0 ? 0 : ends[space - 1];
  }

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
