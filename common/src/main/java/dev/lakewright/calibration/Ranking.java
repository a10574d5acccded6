package dev.lakewright.calibration;

/** Places in the order of falling keys. */
final class Ranking {

  private Ranking() {}

  /** A merge sort: stable, and without an object per place. */
  static int[] descending(double[] keys) {
    int[] from = new int[keys.length];
    for (int i = 0; i < from.length; i++) {
      from[i] = i;
    }
    int[] to = new int[keys.length];
    for (int width = 1; width < keys.length; width *= 2) {
      for (int start = 0; start < keys.length; start += 2 * width) {
        merge(keys, from, to, start, width);
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private static void merge(double[] keys, int[] from, int[] to, int start, int width) {
    int middle = Math.min(keys.length, start + width);
    int end = Math.min(keys.length, start + 2 * width);
    int left = start;
    int right = middle;
    for (int at = start; at < end; at++) {
      boolean takeLeft = right >= end || (left < middle && keys[from[left]] >= keys[from[right]]);
      to[at] = takeLeft ? from[left++] : from[right++];
    }
  }
}
