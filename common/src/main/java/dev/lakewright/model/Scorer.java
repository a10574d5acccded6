package dev.lakewright.model;

/** Turns a record's features into raw scores. Immutable and thread-safe. */
public sealed interface Scorer permits LinearScorer, EnsembleScorer {

  /** Number of classes, at least 2. */
  int classes();

  /** Number of features that a vector may have. */
  int features();

  /**
   * Computes margins, one raw score per class; {@code [0, m]} for two classes.
   *
   * @param margins out, {@code classes()} long
   */
  void score(SparseVector vector, double[] margins);

  /** What margins decide for: the first class of the highest. */
  static int decision(double[] margins) {
    int highest = 0;
    for (int k = 1; k < margins.length; k++) {
      highest = margins[k] > margins[highest] ? k : highest;
    }
    return highest;
  }

  /**
   * Weight of a feature for a class; of two classes the first has the second's, negated. Of several
   * models the mean, as they vote.
   */
  float weight(int feature, int label);
}
