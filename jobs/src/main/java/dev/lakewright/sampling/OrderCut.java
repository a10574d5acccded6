package dev.lakewright.sampling;

import java.io.Serializable;

/**
 * Where the random order of a class is cut: below lie rows of lower order, and of this very order
 * those up to a row.
 */
public record OrderCut(double order, long row) implements Serializable {

  /** Below it lies no row. */
  public static final OrderCut NOTHING = new OrderCut(-1, -1);

  /** That behind a row. */
  public static OrderCut behind(long row, Draws draws) {
    return new OrderCut(draws.order(row), row);
  }

  /** Whether a row lies below. */
  public boolean holds(long row, Draws draws) {
    if (order < 0) {
      return false;
    }
    double other = draws.order(row);
    return other < order || (other == order && row <= this.row);
  }
}
