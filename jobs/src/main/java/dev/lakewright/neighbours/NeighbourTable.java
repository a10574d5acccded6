package dev.lakewright.neighbours;

/**
 * The nearest neighbours of some rows.
 *
 * @param width neighbours per query, {@code k}
 * @param rows {@code queries × width}: row numbers, the nearest first, of equal distance the lower
 *     number; -1 where there are fewer candidates
 * @param squares {@code queries × width}: squared Euclidean distances; infinite where there is no
 *     neighbour
 */
@SuppressWarnings("ArrayRecordComponent")
public record NeighbourTable(int width, int[] rows, double[] squares) {

  /** Number of queries. */
  public int queries() {
    return width == 0 ? 0 : rows.length / width;
  }

  /** Row number of a query's neighbour, or -1. */
  public int row(int query, int rank) {
    return rows[query * width + rank];
  }

  /** Squared distance to a query's neighbour. */
  public double square(int query, int rank) {
    return squares[query * width + rank];
  }
}
