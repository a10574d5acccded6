package dev.lakewright.model;

import java.util.stream.IntStream;

/**
 * A number as one feature per bin, of which one is 1: bin {@code i} holds {@code edges[i - 1] <= x
 * < edges[i]}, the first and last bin being open.
 *
 * @param fill stands in for a missing number
 * @param edges ascending, all different
 */
@SuppressWarnings("ArrayRecordComponent") // read per row; neither compared nor printed
record BinnedNumber(int column, String name, double fill, double[] edges) implements FeatureGroup {

  BinnedNumber {
    for (int i = 1; i < edges.length; i++) {
      if (!(edges[i] > edges[i - 1])) {
        throw new IllegalArgumentException(
            "bin edges must ascend, not hold %s after %s".formatted(edges[i], edges[i - 1]));
      }
    }
  }

  @Override
  public int size() {
    return edges.length + 1;
  }

  @Override
  public void weigh(FeatureCounts in, int first, SparseVector out) {
    double number = in.numbers()[column];
    out.add(first + bin(Double.isNaN(number) ? fill : number), 1);
  }

  /** Number of edges that are not above {@code number}. */
  private int bin(double number) {
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges[middle] <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public boolean isCategory() {
    return true;
  }

  /** Bins of the same rank, though their edges may have moved a little. */
  @Override
  public int[] placesIn(FeatureGroup other) {
    boolean asMany = other.size() == size();
    return IntStream.range(0, size()).map(bin -> asMany ? bin : -1).toArray();
  }

  @Override
  public String describe(int feature) {
    if (edges.length == 0) {
      return name + " (one bin)";
    }
    if (feature == 0) {
      return name + " < " + edges[0];
    }
    if (feature == edges.length) {
      return name + " >= " + edges[feature - 1];
    }
    return edges[feature - 1] + " <= " + name + " < " + edges[feature];
  }
}
