package dev.lakewright.calibration;

import dev.lakewright.config.ThresholdsConfig.Goal;

/**
 * Rows by class and decision, and what a goal makes of them. A row that changes its decision costs
 * the same however many classes there are.
 */
final class DecisionTally {

  /** Stands for no right decision at all, whose logarithm would end every comparison. */
  private static final double NEARLY_NONE = 1e-3;

  private final Goal goal;
  private final double[] support;
  private final double[] predicted;
  private final double[] hits;
  private double total;
  private double right;
  private double terms;
  private double products;
  private double squares;

  /**
   * @param support weight of each class's rows
   */
  DecisionTally(Goal goal, double[] support) {
    this.goal = goal;
    this.support = support;
    this.predicted = new double[support.length];
    this.hits = new double[support.length];
    for (int k = 0; k < support.length; k++) {
      total += support[k];
      count(k, 1);
    }
  }

  /** A row of some class is decided for another. */
  void add(int label, int decision, double weight) {
    count(decision, -1);
    predicted[decision] += weight;
    hits[decision] += label == decision ? weight : 0;
    count(decision, 1);
  }

  private void count(int k, int sign) {
    terms += sign * term(k);
    right += sign * hits[k];
    products += sign * support[k] * predicted[k];
    squares += sign * predicted[k] * predicted[k];
  }

  private double term(int k) {
    if (support[k] == 0) {
      return 0;
    }
    return switch (goal) {
      case MACRO_F1 -> 2 * hits[k] / (support[k] + predicted[k]);
      case BALANCED_ACCURACY -> hits[k] / support[k];
      case G_MEAN -> StrictMath.log(Math.max(NEARLY_NONE, hits[k]) / support[k]);
      default -> 0;
    };
  }

  /** The goal's value; more is better. */
  double value() {
    return switch (goal) {
      case MACRO_F1, BALANCED_ACCURACY, G_MEAN -> terms / support.length;
      case ACCURACY -> right / total;
      case MCC -> correlation();
      default -> throw new IllegalStateException(goal + " is no goal of all classes together");
    };
  }

  /** Matthews correlation coefficient of many classes (Gorodkin, 2004). */
  private double correlation() {
    double supportSquares = 0;
    for (double rows : support) {
      supportSquares += rows * rows;
    }
    double below = (total * total - squares) * (total * total - supportSquares);
    return below <= 0 ? 0 : (right * total - products) / Math.sqrt(below);
  }
}
