package dev.lakewright.neighbours;

import java.util.Arrays;

/**
 * Which rows of two cells are compared: the rows of either stand in the order of falling {@link
 * Claims}, so that a row meets the first of the others, and the next no more. Orders are of {@value
 * #LEVELS} levels, and rows step in groups. Refilled for pair after pair of cells.
 */
final class Staircase {

  private static final int LEVELS = 256;

  private final Order rows = new Order();
  private final Order others = new Order();
  private int[] ends = new int[0];

  /**
   * Claims of the rows {@code from .. to}, of one cell.
   *
   * @param shift number of the row whose claim is the first
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Step(float[] claims, int shift, int from, int to) {

    float most() {
      float most = Float.NEGATIVE_INFINITY;
      for (int row = from; row < to; row++) {
        if (claims[row - shift] > most) {
          most = claims[row - shift];
        }
      }
      return most;
    }
  }

  /** Rows of a cell, ordered. */
  private static final class Order {

    private final int[] starts = new int[LEVELS + 1];
    private final int[] filled = new int[LEVELS];
    private int[] rows = new int[0];
    private int[] levels = new int[0];
    private float most;
    private float factor;
    private int count;

    void fill(Step step, float newMost, float othersMost, float least) {
      float[] claims = step.claims;
      int shift = step.shift;
      int from = step.from;
      int to = step.to;
      most = newMost;
      factor = LEVELS / (most - (least - othersMost));
      if (levels.length < to - from) {
        levels = new int[to - from];
        rows = new int[to - from];
      }
      Arrays.fill(starts, 0);
      int chosen = 0;
      int[] at = levels;
      int[] names = rows;
      for (int row = from; row < to; row++) {
        float claim = claims[row - shift];
        if (claim + othersMost >= least) {
          at[chosen] = level(claim);
          names[chosen] = row;
          starts[at[chosen] + 1]++;
          chosen++;
        }
      }
      count = chosen;
      for (int level = 0; level < LEVELS; level++) {
        starts[level + 1] += starts[level];
        filled[level] = starts[level];
      }
      spread();
    }

    private int[] spreadRows = new int[0];

    private void spread() {
      if (spreadRows.length < rows.length) {
        spreadRows = new int[rows.length];
      }
      for (int i = 0; i < count; i++) {
        spreadRows[filled[levels[i]]++] = rows[i];
      }
      int[] swapped = rows;
      rows = spreadRows;
      spreadRows = swapped;
    }

    private int level(float claim) {
      return Math.min(LEVELS - 1, (int) ((most - claim) * factor));
    }

    /** How many rows claim so much, about. */
    int reach(float claim) {
      return claim > most ? 0 : starts[level(claim) + 1];
    }
  }

  /**
   * Orders the rows of two cells.
   *
   * @param least what two rows claim together at least
   */
  void fill(Step step, Step other, float least) {
    float most = step.most();
    float othersMost = other.most();
    if (!(most + othersMost >= least)) {
      rows.count = 0;
      others.count = 0;
      return;
    }
    rows.fill(step, most, othersMost, least);
    others.fill(other, othersMost, most, least);
    step(step.claims, step.shift, least);
  }

  private void step(float[] claims, int shift, float least) {
    int groups = (rows.count + Kernel.GROUP - 1) / Kernel.GROUP;
    if (ends.length < groups) {
      ends = new int[groups];
    }
    int end = 0;
    for (int group = groups - 1; group >= 0; group--) {
      int first = group * Kernel.GROUP;
      float most = Float.NEGATIVE_INFINITY;
      for (int i = first; i < Math.min(rows.count, first + Kernel.GROUP); i++) {
        most = Math.max(most, claims[rows.rows[i] - shift]);
      }
      end = Math.max(end, others.reach(least - most));
      ends[group] = end;
    }
  }

  /** Number of rows of the first cell that meet any. */
  int count() {
    return rows.count;
  }

  /** The rows of the first cell; only the first {@link #count} matter. */
  int[] rows() {
    return rows.rows;
  }

  /** The rows of the other cell. */
  int[] others() {
    return others.rows;
  }

  /** How many of the others the group meets to which the row at this place belongs; never rises. */
  int end(int place) {
    return ends[place / Kernel.GROUP];
  }
}
