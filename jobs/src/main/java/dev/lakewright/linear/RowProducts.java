package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.matrix.WarmUp;

/**
 * The two inner loops of a pass over the rows, over the lanes of all models. Every implementation
 * adds in the same order, so that all give the same bits; a product and its addition are one
 * rounding.
 */
interface RowProducts {

  /** Whether Java was started with {@code --add-modules=jdk.incubator.vector}, as Spark starts. */
  boolean VECTORS = WarmUp.VECTORS;

  /** The fastest that this Java virtual machine has by now. */
  static RowProducts of(RowMatrix matrix, int lanes) {
    return lanes >= VectorRowProducts.RUN && VECTORS && VectorsOfLanes.areFast(lanes)
        ? new VectorRowProducts(matrix, lanes)
        : new ScalarRowProducts(matrix, lanes);
  }

  /**
   * Sets margins: the products of some rows with the lanes' vectors, each sum beginning with its
   * intercept.
   *
   * @param from first of the rows
   * @param vectors {@code features × lanes}
   * @param intercepts {@code lanes}
   * @param margins out, {@code rows × lanes}
   */
  void margins(int from, int rows, double[] vectors, double[] intercepts, double[] margins);

  /**
   * Adds the values of some rows times the rows' factors.
   *
   * @param factors {@code rows × lanes}
   * @param sums in and out: {@code features × lanes}
   */
  void addSums(int from, int rows, double[] factors, double[] sums);
}
