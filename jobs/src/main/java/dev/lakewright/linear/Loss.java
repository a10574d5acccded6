package dev.lakewright.linear;

import java.io.Serializable;

/** What a linear model minimizes over the rows, as a function of its margins. */
public sealed interface Loss extends Serializable {

  /**
   * Negative log likelihood of the softmax over margins, of two classes over {@code [0, m]}
   * (Hastie, Tibshirani, Friedman, <i>The Elements of Statistical Learning</i>, 4.4).
   *
   * @param smoothing share of a row's weight that is spread evenly over all classes, in [0, 1)
   *     (Szegedy et al. 2016, section 7)
   */
  record Logistic(double smoothing) implements Loss {}

  /**
   * {@code -(1 - p)^gamma * log p}, where p is the softmax probability of the label: rows that are
   * already right count less (Lin et al. 2017, equation 4). Not convex for gamma > 0.
   *
   * @param gamma at least 0
   */
  record Focal(double gamma, double smoothing) implements Loss {}

  /**
   * {@code max(0, 1 - y m)^2} of one output against the rest, summed over outputs (Chang, Hsieh,
   * Lin 2008).
   */
  record SquaredHinge() implements Loss {}

  /** Outputs of a model: one for two classes, else one per class. */
  static int outputs(int classes) {
    return classes == 2 ? 1 : classes;
  }

  /** Whether Newton's method finds the minimum: convex, and its curvature is known. */
  default boolean convex() {
    return !(this instanceof Focal focal) || focal.gamma() == 0;
  }
}
