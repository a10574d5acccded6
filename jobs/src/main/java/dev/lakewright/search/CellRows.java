package dev.lakewright.search;

import java.util.List;

/**
 * Scored points as what {@link RegressionTree} learns from.
 *
 * @param axes with the parents of an axis before it
 * @param cells of every row along every axis
 * @param scores of the rows, less their mean
 */
@SuppressWarnings("ArrayRecordComponent") // read per row and split; neither compared nor printed
record CellRows(List<Cells> axes, int[][] cells, double[] scores) {

  int count() {
    return scores.length;
  }
}
