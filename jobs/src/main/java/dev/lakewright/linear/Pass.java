package dev.lakewright.linear;

import java.io.Serializable;

/**
 * What one model asks of a pass over the rows, and the answer. Points and directions are {@code
 * features × outputs} weights, contiguous per feature, then {@code outputs} intercepts. Sums are
 * divided by the sum of weights; penalties are not the rows' business.
 */
public final class Pass implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What is asked for. */
  public enum Kind {
    /** Mean loss at the point. */
    LOSS,
    /** Mean loss and its gradient at the point. */
    GRADIENT,
    /** The second derivative at the point, times the direction. */
    PRODUCT,
    /** The diagonal of the second derivative at the point. */
    DIAGONAL
  }

  private final LinearProblem problem;
  private Kind kind = Kind.GRADIENT;
  private double[] point;
  private double[] direction;
  private double loss;
  private double[] result;
  private double[] outputCurvatures = new double[0];

  /** Second derivative per row and output at {@link #curvaturePoint}: a memory of the objective. */
  private transient float[] curvature;

  private transient double[] curvaturePoint;
  private transient boolean keepsCurvature;

  Pass(LinearProblem problem, int dimension) {
    this.problem = problem;
    this.result = new double[dimension];
  }

  void ask(Kind kind, double[] point, double[] direction) {
    this.kind = kind;
    this.point = point;
    this.direction = direction;
  }

  /** The model's problem. */
  public LinearProblem problem() {
    return problem;
  }

  /** What is asked for. */
  public Kind kind() {
    return kind;
  }

  /** Where. */
  public double[] point() {
    return point;
  }

  /** With {@link Kind#PRODUCT}: what the second derivative is multiplied with. */
  public double[] direction() {
    return direction;
  }

  /** The vector whose product with the rows is asked for. */
  double[] vector() {
    return kind == Kind.PRODUCT ? direction : point;
  }

  /** Mean loss; with kinds {@link Kind#LOSS} and {@link Kind#GRADIENT}. */
  public double loss() {
    return loss;
  }

  /** Gradient, product or diagonal; to be filled by the objective. */
  public double[] result() {
    return result;
  }

  /** Answers the loss. */
  public void answer(double meanLoss) {
    this.loss = meanLoss;
  }

  /**
   * Per output the weighted mean of the loss's second derivative by its margin; with {@link
   * Kind#GRADIENT} of problems that use curvature.
   */
  double[] outputCurvatures() {
    return outputCurvatures;
  }

  void answerCurvatures(double[] means) {
    this.outputCurvatures = means;
  }

  /** Takes over what is known of the second derivative at another pass's point. */
  void continueFrom(Pass other, double[] samePoint) {
    curvature = other.curvature == null ? null : other.curvature.clone();
    curvaturePoint = samePoint;
  }

  /** Hands over the result vector and takes another in its place, whose content is lost. */
  double[] swapResult(double[] other) {
    double[] taken = result;
    result = other;
    return taken;
  }

  /** That the second derivative at the point asked about is to be kept, whatever is asked. */
  void keepCurvature() {
    keepsCurvature = true;
  }

  boolean keepsCurvature() {
    return (keepsCurvature || kind == Kind.GRADIENT) && problem.usesCurvature();
  }

  float[] curvature(int size) {
    if (curvature == null) {
      curvature = new float[size];
    }
    curvaturePoint = point;
    return curvature;
  }

  /** The second derivative kept at the point, which was the last whose gradient was asked for. */
  float[] curvatureKept() {
    if (curvature == null || curvaturePoint != point) {
      throw new IllegalStateException("curvature is asked for where no gradient was");
    }
    return curvature;
  }

  void release() {
    point = null;
    direction = null;
    result = new double[0];
    curvature = null;
    curvaturePoint = null;
  }
}
