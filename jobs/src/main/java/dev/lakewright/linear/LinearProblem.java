package dev.lakewright.linear;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One model to be trained: minimize {@code sum(u_i * loss_i) / sum(u_i) + l2 / 2 * |w|^2 + l1 *
 * |w|_1} where {@code u_i} is the row's weight times its class's weight; intercepts are free.
 *
 * @param maxPasses most passes over the rows; one step is made in any case
 * @param tolerance stop when the objective is expected to fall by less than this share
 * @param patience stop when the loss on validation rows has not improved for so many iterations; 0:
 *     never
 * @param classWeights one per class, > 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record LinearProblem(
    Loss loss,
    double l2,
    double l1,
    boolean intercept,
    int maxPasses,
    double tolerance,
    int patience,
    double[] classWeights)
    implements Serializable {

  /** Plain logistic loss, no early stopping. */
  public static LinearProblem logistic(
      double l2,
      double l1,
      boolean intercept,
      int maxPasses,
      double tolerance,
      double[] classWeights) {
    return new LinearProblem(
        new Loss.Logistic(0), l2, l1, intercept, maxPasses, tolerance, 0, classWeights);
  }

  /** The same with penalties times a factor. */
  public LinearProblem penalizedBy(double factor) {
    return new LinearProblem(
        loss, l2 * factor, l1 * factor, intercept, maxPasses, tolerance, patience, classWeights);
  }

  /** The same with another bound on passes. */
  public LinearProblem within(int passes) {
    return new LinearProblem(loss, l2, l1, intercept, passes, tolerance, patience, classWeights);
  }

  /** The same with another bound on passes and no early stopping. */
  public LinearProblem stoppedAfter(int passes) {
    return new LinearProblem(loss, l2, l1, intercept, passes, tolerance, 0, classWeights);
  }

  /** Whether another problem differs in the L2 penalty at the most. */
  boolean sameButPenalty(LinearProblem other) {
    return loss.equals(other.loss)
        && l1 == other.l1
        && intercept == other.intercept
        && maxPasses == other.maxPasses
        && tolerance == other.tolerance
        && patience == other.patience
        && Arrays.equals(classWeights, other.classWeights);
  }

  /** Whether it is solved by Newton's method, which asks for second derivatives. */
  boolean usesCurvature() {
    return l1 == 0 && patience == 0 && loss.convex();
  }
}
