package dev.lakewright.calibration;

import dev.lakewright.config.ThresholdsConfig.Goal;
import java.util.Arrays;

/**
 * Thresholds of all classes for a goal of all decisions together: one class's at a time is put
 * where the goal is reached best while the others stay, until none moves. Of two classes one move
 * finds the best cut; of more it is a local optimum, the better one from two starts: the most
 * probable class, and the class most above its share.
 */
final class JointThresholds {

  private static final int MOST_ROUNDS = 50;
  private static final double LEAST_GAIN = 1e-9;

  /** Stands for the ratio to a probability of 0. */
  private static final double MOST_RATIO = 1e9;

  private final Goal goal;
  private final int classes;
  private final double[] probabilities;
  private final int[] labels;
  private final double[] classWeights;
  private final double[] support;

  /**
   * @param probabilities {@code rows × classes}, row-major
   * @param classWeights how much a row of each class counts
   */
  JointThresholds(Goal goal, double[] probabilities, int[] labels, double[] classWeights) {
    this.goal = goal;
    this.classes = classWeights.length;
    this.probabilities = probabilities;
    this.labels = labels;
    this.classWeights = classWeights;
    this.support = new double[classes];
    for (int label : labels) {
      support[label] += classWeights[label];
    }
  }

  /** One per class, adding up to 1. */
  double[] best() {
    double[] alike = new double[classes];
    Arrays.fill(alike, 1.0 / classes);
    Ascent first = new Ascent(alike);
    first.climb();
    double[] shares = Priors.of(classes, labels);
    for (int k = 0; k < classes; k++) {
      shares[k] *= classWeights[k];
    }
    Ascent second = new Ascent(shares);
    second.climb();
    return normalized(second.value > first.value + LEAST_GAIN ? second.values : first.values);
  }

  private static double[] normalized(double[] values) {
    double sum = Arrays.stream(values).sum();
    return Arrays.stream(values).map(value -> value / sum).toArray();
  }

  /** One way up. */
  private final class Ascent {
    private final double[] values;
    private final int[] rivals = new int[labels.length];
    private final double[] ratios = new double[labels.length];
    private double value = Double.NEGATIVE_INFINITY;

    Ascent(double[] start) {
      this.values = start.clone();
    }

    void climb() {
      for (int round = 0; round < MOST_ROUNDS; round++) {
        double before = value;
        for (int k = classes - 1; k >= 0; k--) {
          move(k);
        }
        if (!(value > before + LEAST_GAIN)) {
          return;
        }
      }
    }

    /**
     * Puts the threshold of a class between the rows that it is best to take and those that are
     * left to its rivals.
     */
    private void move(int k) {
      DecisionTally tally = new DecisionTally(goal, support);
      for (int row = 0; row < labels.length; row++) {
        compare(row, k);
        tally.add(labels[row], rivals[row], classWeights[labels[row]]);
      }
      int[] order = Ranking.descending(ratios);
      consider(k, tally.value(), 2 * ratios[order[0]]);
      for (int rank = 0; rank < order.length; rank++) {
        int row = order[rank];
        double weight = classWeights[labels[row]];
        tally.add(labels[row], rivals[row], -weight);
        tally.add(labels[row], k, weight);
        double next = rank + 1 < order.length ? ratios[order[rank + 1]] : 0;
        if (ratios[row] > next) {
          consider(k, tally.value(), (ratios[row] + next) / 2);
        }
      }
    }

    private void consider(int k, double reached, double threshold) {
      if (reached > value + LEAST_GAIN && threshold > 0) {
        value = reached;
        values[k] = threshold;
      }
    }

    /** The strongest of the other classes, and the threshold below which k beats it. */
    private void compare(int row, int k) {
      int base = row * classes;
      int rival = -1;
      for (int other = 0; other < classes; other++) {
        if (other != k
            && (rival < 0
                || probabilities[base + other] * values[rival]
                    > probabilities[base + rival] * values[other])) {
          rival = other;
        }
      }
      rivals[row] = rival;
      double ratio = probabilities[base + k] * values[rival] / probabilities[base + rival];
      ratios[row] = ratio <= MOST_RATIO ? ratio : MOST_RATIO;
    }
  }
}
