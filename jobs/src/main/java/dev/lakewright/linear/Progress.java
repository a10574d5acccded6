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
    int passes) {

  /** Iterations so far. */
  public int iterations() {
    return losses.length - 1;
  }
}
