package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What became of a table: first the input rows that stay, ascending, then the rows made, by class
 * and source. Row weights are kept; a made row has the mean of its parents' weights.
 *
 * @param origins per row where it comes from
 * @param sources per row the input row that it is or stems from
 * @param others per row the other end of its segment, an input row; -1 where there is none
 */
@SuppressWarnings("ArrayRecordComponent")
public record Resampled(RowMatrix rows, Origin[] origins, int[] sources, int[] others) {

  /** The input rows that stay, with nothing made. */
  static Resampled kept(RowMatrix matrix, int[] rows) {
    Origin[] origins = new Origin[rows.length];
    Arrays.fill(origins, Origin.ORIGINAL);
    int[] others = new int[rows.length];
    Arrays.fill(others, -1);
    return new Resampled(matrix.select(rows), origins, rows, others);
  }

  /** Whether a row is not part of the input. */
  public boolean isSynthetic(int row) {
    return origins[row].isSynthetic();
  }

  /** The part of it that some rows are, ascending. */
  Resampled select(int[] some) {
    return new Resampled(
        rows.select(some),
        Arrays.stream(some).mapToObj(row -> origins[row]).toArray(Origin[]::new),
        IntStream.of(some).map(row -> sources[row]).toArray(),
        IntStream.of(some).map(row -> others[row]).toArray());
  }
}
