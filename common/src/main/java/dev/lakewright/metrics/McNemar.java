package dev.lakewright.metrics;

/**
 * The rows that exactly one of two ways to score them gets right, and what they tell of which is
 * better (McNemar, <i>Note on the sampling error of the difference between correlated proportions
 * or percentages</i>, 1947; exact, by the binomial distribution).
 *
 * @param gained rows that the second gets right and the first does not
 * @param lost rows that the first gets right and the second does not
 */
public record McNemar(long gained, long lost) {

  /** Counts; both have the same rows in the same order. */
  public static McNemar of(ScoredRows first, ScoredRows second) {
    long gained = 0;
    long lost = 0;
    for (int row = 0; row < first.rows(); row++) {
      boolean before = first.predicted()[row] == first.labels()[row];
      boolean after = second.predicted()[row] == second.labels()[row];
      gained += after && !before ? 1 : 0;
      lost += before && !after ? 1 : 0;
    }
    return new McNemar(gained, lost);
  }

  /**
   * Probability of at least as many gained rows if neither were better: at most {@code level} in a
   * share {@code level} of comparisons of equals.
   */
  public double probabilityOfChance() {
    long trials = gained + lost;
    // from the last term down: each is the one before times a ratio, in logarithms of the largest
    double logTerm = -trials * StrictMath.log(2);
    double sum = 0;
    for (long successes = trials; successes >= gained; successes--) {
      sum += StrictMath.exp(logTerm);
      logTerm += StrictMath.log(successes) - StrictMath.log(trials - successes + 1);
    }
    return Math.min(1, sum);
  }
}
