package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Training rows by their classes. The smallest and the largest class are those of classes that have
 * rows; of equal ones the first.
 *
 * @param names of the classes, by label
 * @param members per class its rows, ascending
 */
@SuppressWarnings("ArrayRecordComponent")
record RowsByClass(RowMatrix matrix, List<String> names, int[][] members) {

  static RowsByClass of(RowMatrix matrix, List<String> names) {
    int[][] members = new int[names.size()][];
    long[] counts = matrix.classCounts(names.size());
    for (int label = 0; label < members.length; label++) {
      members[label] = new int[(int) counts[label]];
    }
    int[] next = new int[members.length];
    for (int row = 0; row < matrix.rows(); row++) {
      int label = matrix.label(row);
      members[label][next[label]++] = row;
    }
    return new RowsByClass(matrix, names, members);
  }

  int classes() {
    return members.length;
  }

  int count(int label) {
    return members[label].length;
  }

  int[] of(int label) {
    return members[label];
  }

  int label(int row) {
    return matrix.label(row);
  }

  /** All rows, ascending. */
  int[] all() {
    return IntStream.range(0, matrix.rows()).toArray();
  }

  /** Classes that have rows. */
  int[] present() {
    return IntStream.range(0, classes()).filter(label -> count(label) > 0).toArray();
  }

  /** How many rows each class has. */
  ClassCounts sizes() {
    return new ClassCounts(names, Arrays.stream(members).mapToLong(rows -> rows.length).toArray());
  }

  int smallest() {
    return sizes().smallest();
  }

  /** How many of some rows each class has. */
  ClassCounts sizes(int[] rows) {
    long[] counts = new long[classes()];
    Arrays.stream(rows).forEach(row -> counts[label(row)]++);
    return new ClassCounts(names, counts);
  }
}
