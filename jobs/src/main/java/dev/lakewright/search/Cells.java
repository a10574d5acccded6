package dev.lakewright.search;

import java.util.Arrays;

/**
 * An axis in the few cells that some observed points tell apart: the product measure over which
 * {@link Importance} averages. Cells of values are numbered along the axis; that a parameter is
 * absent is a cell of its own, the last.
 *
 * @param edges between neighbouring cells of values
 * @param weights of all cells, which sum to 1; those of values are as wide as their cell
 * @param ordered whether near cells are near values
 */
@SuppressWarnings("ArrayRecordComponent") // neither compared nor printed
record Cells(double[] edges, double[] weights, boolean ordered) {

  /** More distinct values of an order than this share cells. */
  private static final int MOST_ORDERED = 32;

  /**
   * The cells of observed coordinates; values never observed belong to no cell of a choice.
   *
   * @param activeShare the weight of all values beside that of absence, where both occur
   * @param units NaN where the axis is not active
   */
  static Cells of(Axis axis, double activeShare, double[] units) {
    double[] values =
        Arrays.stream(units).filter(unit -> !Double.isNaN(unit)).sorted().distinct().toArray();
    boolean absent = Arrays.stream(units).anyMatch(Double::isNaN);
    double[] edges = edges(axis, values);
    double[] weights = new double[edges.length + (absent ? 2 : 1)];
    double present = values.length == 0 ? 0 : absent ? activeShare : 1;
    for (int cell = 0; cell <= edges.length; cell++) {
      double low = cell == 0 ? 0 : edges[cell - 1];
      double high = cell == edges.length ? 1 : edges[cell];
      double share = axis.isOrdered() ? high - low : 1.0 / (edges.length + 1);
      weights[cell] = present * share;
    }
    if (absent) {
      weights[edges.length + 1] = 1 - present;
    }
    return new Cells(edges, weights, axis.isOrdered());
  }

  /** Halfway between neighbours of the distinct values, as the paper's trees split. */
  private static double[] edges(Axis axis, double[] values) {
    double[] edges = new double[values.length];
    int count = 0;
    for (int i = 1; i < values.length; i++) {
      boolean apart =
          !axis.isOrdered()
              || values.length <= MOST_ORDERED
              || (int) (values[i] * MOST_ORDERED) > (int) (values[i - 1] * MOST_ORDERED);
      if (apart) {
        edges[count++] = (axis.cellHigh(values[i - 1]) + axis.cellLow(values[i])) / 2;
      }
    }
    return Arrays.copyOf(edges, count);
  }

  int count() {
    return weights.length;
  }

  /** The number of the cell for points without the parameter, whether or not there is one. */
  int absent() {
    return edges.length + 1;
  }

  /** The cell of an observed coordinate. */
  int of(double unit) {
    if (Double.isNaN(unit)) {
      return absent();
    }
    int found = Arrays.binarySearch(edges, unit);
    return found < 0 ? -found - 1 : found + 1;
  }

  /** Whether the observed points differ along the axis. */
  boolean vary() {
    return Arrays.stream(weights).filter(weight -> weight > 0).count() > 1;
  }
}
