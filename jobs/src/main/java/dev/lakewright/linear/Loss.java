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
   * {@code -alpha_c (1 - p_c)^gamma * log p_c}, where {@code p_c} is the softmax probability of the
   * label c: rows that are already right count less (Lin et al., <i>Focal Loss for Dense Object
   * Detection</i>, 2017, equation 5). Smoothing spreads the row over the terms of all classes, each
   * with its own alpha. Not convex for gamma > 0.
   *
   * <p>Class weights differ from alpha in two ways: the mean loss is taken over them, and they go
   * by the row's label, smoothed or not.
   *
   * @param gamma at least 0
   * @param alpha one per class, > 0; none: all are 1
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Focal(double gamma, double smoothing, double[] alpha) implements Loss {

    /** All classes count alike. */
    public Focal(double gamma, double smoothing) {
      this(gamma, smoothing, new double[0]);
    }
  }

  /**
   * Another loss at margins that are shifted by a constant each. Shifts of {@code tau * log(share
   * of the class)} give the logit-adjusted loss (Menon et al., <i>Long-Tail Learning via Logit
   * Adjustment</i>, 2021, equation 10), whose scores, without the shifts, aim at balanced accuracy.
   *
   * @param shifts one per output
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Shifted(Loss loss, double[] shifts) implements Loss {}

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
    if (this instanceof Shifted shifted) {
      return shifted.loss().convex();
    }
    return !(this instanceof Focal focal) || (focal.gamma() == 0 && focal.alpha().length == 0);
  }
}
