package dev.lakewright.linear;

/**
 * How far a minimizer is, at a point that it has accepted, and all it needs to go on from there as
 * if it had not stopped.
 *
 * @param point accepted last, which is the best so far: the objective never rises
 * @param gradient of the objective there, in step
 * @param value of the objective there
 * @param penalty of the path that it belongs to
 * @param outputCurvatures mean curvature per output there
 * @param losses before the first iteration and after each
 * @param squares squared length of the weights, in step with the losses
 * @param passes over the rows so far
 * @param memory of L-BFGS; none of Newton's method
 */
@SuppressWarnings("ArrayRecordComponent")
public record Progress(
    double[] point,
    double[] gradient,
    double value,
    double penalty,
    double[] outputCurvatures,
    double[] losses,
    double[] squares,
    int passes,
    Memory memory) {

  /**
   * The latest steps of L-BFGS, oldest first.
   *
   * @param moves of the point
   * @param changes of the gradient, in step
   * @param curvatures products of both
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Memory(float[][] moves, float[][] changes, double[] curvatures) {

    /** Of no steps. */
    public static final Memory NONE = new Memory(new float[0][], new float[0][], new double[0]);
  }

  /** Iterations so far. */
  public int iterations() {
    return losses.length - 1;
  }
}
