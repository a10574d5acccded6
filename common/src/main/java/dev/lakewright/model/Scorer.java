package dev.lakewright.model;

/** Features into raw scores. Immutable and safe for use by several threads. */
public sealed interface Scorer permits LinearScorer {

  /** Number of classes. */
  int classes();

  /**
   * Scores a vector.
   *
   * @param margins out: one raw score per class, whose softmax are the uncalibrated probabilities
   */
  void score(SparseVector vector, double[] margins);
}
