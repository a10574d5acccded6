package dev.lakewright.neighbours;

/**
 * One of two sets of rows that are compared.
 *
 * @param home where the rows lie, to be told with them
 * @param lists by row; of no width, when these rows want no neighbours
 */
record Side(RowBlock rows, int home, NearestLists lists) {

  static Side wanting(RowBlock rows, int home, int k) {
    return new Side(rows, home, new NearestLists(rows.rows(), k));
  }

  static Side offered(RowBlock rows, int home) {
    return new Side(rows, home, new NearestLists(0, 0));
  }

  void offer(int row, Side other, int otherRow, double square) {
    if (square <= lists.bound(row)) {
      lists.offer(row, other.rows.keys()[otherRow], other.home, square);
    }
  }
}
