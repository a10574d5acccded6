package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;

/**
 * A linear model that goes on learning, row after row. The result depends on the order of the rows;
 * not thread-safe.
 */
public sealed interface OnlineLearner permits FtrlProximal, AveragedSgd {

  /** Takes the rows in their order, once. */
  void learn(RowMatrix rows);

  /** Weights and intercepts, of what was learnt so far. */
  LinearStart weights();
}
