package dev.lakewright.ensemble;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The weights of rows and learners in boosting: SAMME (Zhu, Zou, Rosset, Hastie, <i>Multi-class
 * AdaBoost</i>, 2009, algorithm 2), which for two classes is AdaBoost.
 */
final class Samme {

  private final int classes;
  private final double[] weights;

  /**
   * @param weights of the rows to begin with
   */
  Samme(double[] weights, int classes) {
    this.classes = classes;
    this.weights = weights.clone();
    normalize();
  }

  /** Weights of the rows now: their mean is 1; not to be changed. */
  double[] weights() {
    return weights;
  }

  /** Share of the weight on rows that a learner gets wrong. */
  double error(BitSet wrong) {
    double sum = 0;
    for (int row = wrong.nextSetBit(0); row >= 0; row = wrong.nextSetBit(row + 1)) {
      sum += weights[row];
    }
    return sum / weights.length;
  }

  /**
   * What a learner's vote counts for: {@code log((1 - error) / error) + log(classes - 1)}, more
   * than 0 where it is better than guessing. Without error that has no bound, and 1 stands in, as
   * in scikit-learn: a learner that the weights of a few hard rows made shall not outvote all.
   */
  double vote(double error) {
    return error == 0 ? 1 : StrictMath.log((1 - error) / error) + StrictMath.log(classes - 1);
  }

  /** Makes the rows that a learner gets wrong count more. */
  void reweigh(BitSet wrong, double vote) {
    double factor = StrictMath.exp(vote);
    for (int row = wrong.nextSetBit(0); row >= 0; row = wrong.nextSetBit(row + 1)) {
      weights[row] *= factor;
    }
    normalize();
  }

  private void normalize() {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double scale = weights.length / sum;
    Arrays.setAll(weights, row -> weights[row] * scale);
  }
}
