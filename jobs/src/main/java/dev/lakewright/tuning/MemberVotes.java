package dev.lakewright.tuning;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.model.EnsembleScorer;
import dev.lakewright.model.EnsembleScorer.Vote;
import dev.lakewright.model.Scorer;

/**
 * Adds up what members of an ensemble say of the same rows, as {@link EnsembleScorer} does where
 * members are linear models.
 */
final class MemberVotes {

  private final Vote vote;
  private final int classes;
  private final double[] sums;
  private final double[] own;
  private final double[] shares;
  private final Calibration softmax = new Calibration.Softmax();
  private double total;

  MemberVotes(Vote vote, int rows, int classes) {
    this.vote = vote;
    this.classes = classes;
    this.sums = new double[rows * classes];
    this.own = new double[classes];
    this.shares = new double[classes];
  }

  /**
   * Adds a member.
   *
   * @param margins {@code rows × classes}, row-major
   * @param counts for what its vote counts
   */
  void add(double[] margins, double counts) {
    total += counts;
    for (int from = 0; from < margins.length; from += classes) {
      System.arraycopy(margins, from, own, 0, classes);
      switch (vote) {
        case BOOSTED -> sums[from + Scorer.decision(own)] += counts;
        case SOFT -> {
          softmax.apply(own, shares);
          for (int k = 0; k < classes; k++) {
            sums[from + k] += counts * shares[k];
          }
        }
      }
    }
  }

  /** The margins of all members together. */
  double[] margins() {
    double[] margins = sums.clone();
    for (int at = 0; vote == Vote.SOFT && at < margins.length; at++) {
      margins[at] = StrictMath.log(Math.max(margins[at] / total, Double.MIN_NORMAL));
    }
    for (int from = 0; classes == 2 && from < margins.length; from += classes) {
      margins[from + 1] -= margins[from];
      margins[from] = 0;
    }
    return margins;
  }
}
