package dev.lakewright.resampling;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Of some rows the class and the first 32 bits of their random order, four bytes a row; and how
 * many of them have a flag.
 *
 * @param orders per class
 * @param unlabelled rows without a class
 * @param flagged rows per flag
 */
@SuppressWarnings("ArrayRecordComponent")
record OrderedRows(Map<String, int[]> orders, long unlabelled, long[] flagged)
    implements Serializable {

  /**
   * What a window of a class holds.
   *
   * @param below how many lie below it
   * @param inside the bits of those within
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Inside(long below, int[] inside) implements Serializable {

    /** The cut at a rank, if it lies within and the bits tell it. */
    Optional<HashCut> cut(long rank) {
      long at = rank - below - 1;
      if (at < 0 || at >= inside.length) {
        return Optional.empty();
      }
      int[] ascending = inside.clone();
      Arrays.sort(ascending);
      int bits = ascending[(int) at];
      boolean shared = at + 1 < ascending.length && ascending[(int) at + 1] == bits;
      return shared
          ? Optional.empty()
          : Optional.of(new HashCut((long) bits << 32 | 0xFFFFFFFFL, Optional.empty()));
    }

    Inside plus(Inside other) {
      int[] all = Arrays.copyOf(inside, inside.length + other.inside.length);
      System.arraycopy(other.inside, 0, all, inside.length, other.inside.length);
      return new Inside(below + other.below, all);
    }
  }

  /** Reads rows of a label, {@code flags} booleans, and a hash. */
  static OrderedRows of(Iterator<InternalRow> rows, int flags) {
    Map<UTF8String, Ints> orders = new HashMap<>();
    long unlabelled = 0;
    long[] flagged = new long[flags];
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      for (int flag = 0; flag < flags; flag++) {
        flagged[flag] += row.getBoolean(1 + flag) ? 1 : 0;
      }
      if (row.isNullAt(0)) {
        unlabelled++;
      } else {
        UTF8String label = row.getUTF8String(0);
        Ints ofClass = orders.get(label);
        if (ofClass == null) {
          ofClass = new Ints();
          orders.put(label.clone(), ofClass);
        }
        ofClass.add((int) (row.getLong(1 + flags) >> 32));
      }
    }
    Map<String, int[]> named = new TreeMap<>();
    orders.forEach((label, ints) -> named.put(label.toString(), ints.toArray()));
    return new OrderedRows(named, unlabelled, flagged);
  }

  /** How many there are. */
  RowNumbers numbers() {
    Map<String, Long> perClass = new TreeMap<>();
    orders.forEach((label, bits) -> perClass.put(label, (long) bits.length));
    return new RowNumbers(perClass, unlabelled, flagged);
  }

  /** What windows hold, per class. */
  Map<String, Inside> inside(Map<String, HashWindow> windows) {
    Map<String, Inside> found = new HashMap<>();
    windows.forEach(
        (label, window) ->
            found.put(label, inside(orders.getOrDefault(label, new int[0]), window)));
    return found;
  }

  private static Inside inside(int[] orders, HashWindow window) {
    Ints inside = new Ints();
    long below = 0;
    for (int bits : orders) {
      if (window.liesAbove(bits)) {
        below++;
      } else if (window.holds(bits)) {
        inside.add(bits);
      }
    }
    return new Inside(below, inside.toArray());
  }

  /** A growing array. */
  private static final class Ints {

    private int[] values = new int[64];
    private int count;

    void add(int value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, Math.addExact(count, count >> 1));
      }
      values[count++] = value;
    }

    int[] toArray() {
      return Arrays.copyOf(values, count);
    }
  }
}
