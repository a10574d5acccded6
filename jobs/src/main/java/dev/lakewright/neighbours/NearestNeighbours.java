package dev.lakewright.neighbours;

import dev.lakewright.errors.DataException;
import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;

/** Nearest neighbours among rows in memory, exact. */
public final class NearestNeighbours {

  private NearestNeighbours() {}

  /**
   * Finds the nearest candidates of each query by Euclidean distance, which is computed in double
   * precision. A row is never its own neighbour; rows of equal content are. A query's neighbours do
   * not depend on the other queries, so that threads may share the work by sharing the queries;
   * when queries and candidates are the same rows, one call for all takes half the time.
   *
   * @param queries row numbers
   * @param candidates row numbers, ascending
   * @param k at least 1
   * @throws DataException when a value is not finite
   */
  public static NeighbourTable search(RowMatrix matrix, int[] queries, int[] candidates, int k) {
    boolean same = Arrays.equals(queries, candidates);
    RowBlock rows = RowBlock.of(matrix, candidates);
    Side offered = Side.wanting(rows, 0, same ? k : 0);
    Side wanting = same ? offered : Side.wanting(RowBlock.of(matrix, queries), 0, k);
    if (rows instanceof DenseRows dense) {
      searchDense(wanting, offered, dense);
    } else {
      new SparseJoin((SparseRows) rows).search(wanting, offered, false, true);
    }
    return wanting.lists().table();
  }

  private static void searchDense(Side wanting, Side offered, DenseRows rows) {
    DenseRows queries = (DenseRows) wanting.rows();
    DenseJoin join = new DenseJoin(Frame.of(queries, rows), DenseJoin.Pairs::ofTwoKeys);
    if (wanting == offered) {
      join.within(wanting, rows.positions());
    } else {
      join.between(wanting, queries.positions(), offered, rows.positions());
    }
  }
}
