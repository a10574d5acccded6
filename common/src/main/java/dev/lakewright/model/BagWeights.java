package dev.lakewright.model;

import dev.lakewright.config.NgramConfig;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What was learnt of one bag space: which ids are features, and their inverse document frequencies.
 */
final class BagWeights implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Logarithms of small counts, since most counts are small. */
  private static final double[] DAMPED = new double[64];

  static {
    for (int count = 1; count < DAMPED.length; count++) {
      DAMPED[count] = 1 + StrictMath.log(count);
    }
  }

  private final BagSpace space;
  private final int[] active;
  private final double[] idf;
  private final int[] slots;
  private final boolean sublinear;
  private final boolean unitLength;

  /**
   * @param size number of ids of the space
   * @param active ids that are features, ascending
   * @param idf one per active id; all 1 where idf is off
   */
  BagWeights(BagSpace space, int size, int[] active, double[] idf) {
    this.space = space;
    this.active = active;
    this.idf = idf;
    this.slots = new int[size];
    Arrays.fill(slots, -1);
    for (int i = 0; i < active.length; i++) {
      slots[active[i]] = i;
    }
    this.sublinear = space.config().sublinear();
    this.unitLength = space.config().norm() == NgramConfig.Norm.L2;
  }

  BagSpace space() {
    return space;
  }

  int[] active() {
    return active;
  }

  double[] idf() {
    return idf;
  }

  /** Number of features. */
  int size() {
    return active.length;
  }

  /**
   * Appends the features of the counts {@code [start, end)}.
   *
   * @param offset index of this space's first feature
   */
  void weigh(int[] ids, float[] counts, int start, int end, int offset, SparseVector out) {
    double scale = unitLength ? 1 / length(ids, counts, start, end) : 1;
    for (int at = start; at < end; at++) {
      int feature = slots[ids[at]];
      if (feature >= 0) {
        out.add(offset + feature, (float) (value(counts[at], feature) * scale));
      }
    }
  }

  private double length(int[] ids, float[] counts, int start, int end) {
    double squares = 0;
    for (int at = start; at < end; at++) {
      int feature = slots[ids[at]];
      if (feature >= 0) {
        double value = value(counts[at], feature);
        squares += value * value;
      }
    }
    return squares == 0 ? 1 : Math.sqrt(squares);
  }

  private double value(float count, int feature) {
    return (sublinear ? damped(count) : count) * idf[feature];
  }

  private static double damped(float count) {
    int size = (int) Math.abs(count);
    double damped = size < DAMPED.length ? DAMPED[size] : 1 + StrictMath.log(size);
    return count < 0 ? -damped : damped;
  }
}
