package dev.lakewright.neighbours;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Compares rows with rows and keeps the farthest, exactly, by distances below 0, of which the least
 * is the farthest. Candidates are gone through from the one farthest from their center on, until by
 * the triangle inequality no other can be far enough.
 */
final class FarthestJoin {

  /** Above the relative error of two distances and their sum's square. */
  private static final double SLACK = 1 + 1e-9;

  private final Side candidates;
  private final RowBlock center;
  private final int[] order;
  private final double[] radii;

  /** Prepares to look among some rows. */
  FarthestJoin(Side candidates) {
    RowBlock rows = candidates.rows();
    this.candidates = candidates;
    this.center = center(rows);
    double[] distances =
        IntStream.range(0, rows.rows())
            .mapToDouble(row -> Math.sqrt(rows.square(row, center, 0)))
            .toArray();
    this.order =
        IntStream.range(0, rows.rows())
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -distances[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.radii = IntStream.of(order).mapToDouble(row -> distances[row]).toArray();
  }

  /** Any row serves; the nearer it is to all, the sooner a search ends. */
  private static RowBlock center(RowBlock rows) {
    return rows instanceof DenseRows dense
        ? new DenseRows(new long[1], dense.columns(), Frame.of(dense).center())
        : new SparseRows(new long[1], rows.columns(), new int[2], new int[0], new float[0]);
  }

  /** Offers each query the farthest of the rows. */
  void search(Side queries) {
    for (int query = 0; query < queries.rows().rows(); query++) {
      double radius = Math.sqrt(queries.rows().square(query, center, 0));
      for (int i = 0; i < order.length && mayBeFar(queries, query, radius + radii[i]); i++) {
        if (DenseJoin.Pairs.ofTwoKeys(queries, query, candidates, order[i])) {
          double square = queries.rows().square(query, candidates.rows(), order[i]);
          queries.offer(query, candidates, order[i], -square);
        }
      }
    }
  }

  private static boolean mayBeFar(Side queries, int query, double distance) {
    return -distance * distance * SLACK <= queries.lists().bound(query);
  }
}
