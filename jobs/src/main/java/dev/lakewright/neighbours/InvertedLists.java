package dev.lakewright.neighbours;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Sparse rows by column: for each column the rows that have it, ascending; and the rows by length,
 * the shortest first.
 */
@SuppressWarnings("ArrayRecordComponent")
record InvertedLists(
    SparseRows rows, int[] starts, int[] members, float[] values, double[] norms, int[] byNorm) {

  static InvertedLists of(SparseRows rows) {
    int[] starts = new int[rows.columns() + 1];
    for (int at = 0; at < rows.entries(); at++) {
      starts[rows.places()[at] + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    int[] members = new int[rows.entries()];
    float[] values = new float[rows.entries()];
    for (int row = 0; row < rows.rows(); row++) {
      for (int at = rows.starts()[row]; at < rows.starts()[row + 1]; at++) {
        int place = next[rows.places()[at]]++;
        members[place] = row;
        values[place] = rows.values()[at];
      }
    }
    double[] norms = IntStream.range(0, rows.rows()).mapToDouble(rows::norm).toArray();
    int[] byNorm =
        IntStream.range(0, rows.rows())
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer row) -> norms[row])
                    .thenComparingLong(row -> rows.keys()[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new InvertedLists(rows, starts, members, values, norms, byNorm);
  }
}
