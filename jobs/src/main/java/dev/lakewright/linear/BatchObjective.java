package dev.lakewright.linear;

import java.util.List;

/**
 * The data's part of the objective for several models at once, so that one pass over the rows can
 * serve all of them.
 */
public interface BatchObjective {

  /** Length of a point: {@code features × outputs} weights, then {@code outputs} intercepts. */
  int dimension();

  /** Number of outputs: 1 for two classes, else one per class. */
  int outputs();

  /** Whether two problems are about the same rows, so that equal passes have equal answers. */
  boolean sameRows(LinearProblem one, LinearProblem other);

  /** Answers every pass. */
  void run(List<Pass> passes);
}
