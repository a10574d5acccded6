package dev.lakewright.linear;

import dev.lakewright.linear.LinearSolution.Outcome;
import java.util.Optional;

/** One model on its way to its minimum: it says what it asks of the next pass, and is told. */
interface Optimizer {

  /** Sets what is asked of the next pass. */
  void ask(Pass pass);

  /** Takes the answer; the result vector may be taken by swapping. */
  void tell(Pass pass);

  /** Chooses where to go on, after others may have parted from it. */
  default void proceed() {}

  /** Whether a problem that went the same way so far goes another from here on. */
  default boolean partsFrom(LinearProblem other) {
    return true;
  }

  /**
   * What minimizes a problem that went the same way so far, as if it had done so from the start.
   */
  default Optimizer fork(LinearProblem other) {
    throw new IllegalStateException("this optimizer goes alone");
  }

  /** Numbers in what {@link #progress} tells, about. */
  default long progressSize() {
    return 0;
  }

  /** How far it is; empty where it could not go on from here, or does not have to. */
  default Optional<Progress> progress() {
    return Optional.empty();
  }

  /**
   * Goes on where another minimizer of the same problem over the same rows was.
   *
   * @return false where this one is not at its beginning
   */
  default boolean continueFrom(Progress progress) {
    return false;
  }

  /** How many of the passes that were kept it asks for again once it goes on. */
  default int passesRepeated() {
    return 0;
  }

  boolean finished();

  /** Why it stopped; only once {@link #finished()}. */
  Outcome outcome();

  /** The last accepted point. */
  double[] solution();

  /** Objective before the first iteration and after each. */
  double[] history();

  /** From zero. */
  static Optimizer of(LinearProblem problem, int dimension, int outputs) {
    return problem.usesCurvature()
        ? new NewtonMinimizer(problem, dimension, outputs)
        : new QuasiNewtonMinimizer(problem, new double[dimension], outputs);
  }

  /**
   * From a point near the minimum.
   *
   * @param start not to be changed any more
   */
  static Optimizer from(LinearProblem problem, double[] start, int outputs) {
    return problem.usesCurvature()
        ? NewtonMinimizer.from(problem, start, outputs)
        : new QuasiNewtonMinimizer(problem, start, outputs);
  }
}
