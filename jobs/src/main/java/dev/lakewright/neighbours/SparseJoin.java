package dev.lakewright.neighbours;

/**
 * Compares sparse rows with sparse rows and keeps the nearest, exactly. A query's products with all
 * rows that share a column with it are added up along inverted lists; of the others, whose squared
 * distance is {@code |a|² + |b|²}, only the shortest can be near. Rows are never made dense. Of no
 * use to two threads at once.
 */
final class SparseJoin {

  private static final double UNIT = 0x1p-53;

  private final InvertedLists lists;
  private final double[] products;
  private final int[] lastQuery;
  private final int[] met;
  private int query;

  /** Prepares to look among these rows. */
  SparseJoin(SparseRows candidates) {
    this.lists = InvertedLists.of(candidates);
    this.products = new double[candidates.rows()];
    this.lastQuery = new int[candidates.rows()];
    this.met = new int[candidates.rows()];
  }

  /**
   * Offers each query the nearest of the rows.
   *
   * @param candidates over the rows given at first
   * @param sameRows whether queries and candidates are the same rows, of which none is its own
   *     neighbour
   * @param skipOwnKey whether rows of one key are the same row
   */
  void search(Side queries, Side candidates, boolean sameRows, boolean skipOwnKey) {
    SparseRows rows = (SparseRows) queries.rows();
    for (int row = 0; row < rows.rows(); row++) {
      query++;
      Search search =
          new Search(
              queries, candidates, row, rows.norm(row), slack(rows, row), sameRows, skipOwnKey);
      offerMet(search, gather(rows, row));
      offerOthers(search);
    }
  }

  /** The share of {@code |a|² + |b|²} by which a squared distance may be off. */
  private static double slack(SparseRows rows, int row) {
    return 2 * (rows.entries(row) + 32) * UNIT;
  }

  private record Search(
      Side queries,
      Side candidates,
      int row,
      double norm,
      double slack,
      boolean sameRows,
      boolean skipOwnKey) {

    boolean excludes(int candidate) {
      return (sameRows && candidate == row)
          || (skipOwnKey && candidates.rows().keys()[candidate] == queries.rows().keys()[row]);
    }

    boolean mayBeNear(double square, double norms) {
      return square - slack * norms <= queries.lists().bound(row);
    }

    void offer(int candidate) {
      if (!excludes(candidate)) {
        double square = queries.rows().square(row, candidates.rows(), candidate);
        queries.offer(row, candidates, candidate, square);
      }
    }
  }

  private int gather(SparseRows rows, int row) {
    int count = 0;
    for (int at = rows.starts()[row]; at < rows.starts()[row + 1]; at++) {
      double value = rows.values()[at];
      int end = lists.starts()[rows.places()[at] + 1];
      for (int i = lists.starts()[rows.places()[at]]; i < end; i++) {
        int member = lists.members()[i];
        if (lastQuery[member] != query) {
          lastQuery[member] = query;
          products[member] = 0;
          met[count++] = member;
        }
        products[member] += value * lists.values()[i];
      }
    }
    return count;
  }

  private void offerMet(Search search, int count) {
    for (int i = 0; i < count; i++) {
      double norms = search.norm + lists.norms()[met[i]];
      if (search.mayBeNear(norms - 2 * products[met[i]], norms)) {
        search.offer(met[i]);
      }
    }
  }

  private void offerOthers(Search search) {
    for (int candidate : lists.byNorm()) {
      double norms = search.norm + lists.norms()[candidate];
      if (!search.mayBeNear(norms, norms)) {
        return;
      }
      if (lastQuery[candidate] != query) {
        search.offer(candidate);
      }
    }
  }
}
