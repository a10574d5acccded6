package dev.lakewright.model;

import java.io.Serializable;

/**
 * Which ids of a space are features, and the place of each among them: one bit per id and, per 64
 * ids, the number of features before. Small enough to stay in a core's cache.
 */
final class IdSlots implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int[] ids;
  private final long[] present;
  private final int[] before;

  /**
   * @param ids ascending, each below {@code limit}
   * @param limit one more than the largest id that may be asked for
   */
  IdSlots(int[] ids, int limit) {
    this.ids = ids;
    this.present = new long[(limit >> 6) + 1];
    this.before = new int[present.length];
    for (int slot = 0; slot < ids.length; slot++) {
      int id = ids[slot];
      if (id < 0 || id >= limit || (slot > 0 && id <= ids[slot - 1])) {
        throw new IllegalArgumentException(
            "ids must ascend within 0 .. %d, not hold %d at place %d"
                .formatted(limit - 1, id, slot));
      }
      present[id >> 6] |= 1L << id;
    }
    for (int word = 1; word < present.length; word++) {
      before[word] = before[word - 1] + Long.bitCount(present[word - 1]);
    }
  }

  /** Number of features. */
  int size() {
    return ids.length;
  }

  /** Place of an id among the features, or -1. */
  int slot(int id) {
    int word = id >> 6;
    long bit = 1L << id;
    long bits = present[word];
    return (bits & bit) == 0 ? -1 : before[word] + Long.bitCount(bits & (bit - 1));
  }

  /** The ids that are features, ascending. */
  int[] ids() {
    return ids;
  }
}
