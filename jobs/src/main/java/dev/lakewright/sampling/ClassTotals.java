package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What some rows hold of each class.
 *
 * @param rows number per class
 * @param weights sum of row weights per class
 */
@SuppressWarnings("ArrayRecordComponent")
public record ClassTotals(long[] rows, double[] weights) implements Serializable {

  /** Of no rows yet. */
  public static ClassTotals none(int classes) {
    return new ClassTotals(new long[classes], new double[classes]);
  }

  /** Counts a row. */
  public void add(int label, double weight) {
    rows[label]++;
    weights[label] += weight;
  }

  /** Counts what other rows hold. */
  public void add(ClassTotals other) {
    for (int label = 0; label < rows.length; label++) {
      rows[label] += other.rows[label];
      weights[label] += other.weights[label];
    }
  }

  /** Those of rows that weigh 1 each. */
  public static ClassTotals counted(long[] rows) {
    return new ClassTotals(rows, Arrays.stream(rows).asDoubleStream().toArray());
  }

  /** Those of a matrix. */
  public static ClassTotals of(RowMatrix matrix, int classes) {
    double[] weights = new double[classes];
    for (int row = 0; row < matrix.rows(); row++) {
      weights[matrix.label(row)] += matrix.weight(row);
    }
    return new ClassTotals(matrix.classCounts(classes), weights);
  }

  /** The same rows, those of each class weighing so many times as much. */
  public ClassTotals times(double[] factors) {
    double[] product = new double[weights.length];
    for (int k = 0; k < product.length; k++) {
      product[k] = weights[k] * factors[k];
    }
    return new ClassTotals(rows, product);
  }

  /** Logarithms of the classes' shares of the weight; a class of none counts as weighing 1. */
  public double[] logShares() {
    double total = 0;
    for (double weight : weights) {
      total += weight > 0 ? weight : 1;
    }
    double[] shares = new double[weights.length];
    for (int k = 0; k < shares.length; k++) {
      shares[k] = StrictMath.log((weights[k] > 0 ? weights[k] : 1) / total);
    }
    return shares;
  }
}
