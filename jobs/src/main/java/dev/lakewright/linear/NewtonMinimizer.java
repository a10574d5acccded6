package dev.lakewright.linear;

import dev.lakewright.linear.LinearSolution.Outcome;
import java.util.Arrays;

/**
 * Newton's method whose systems are solved by conjugate gradients, preconditioned by the diagonal,
 * just well enough for the iteration at hand (Nocedal and Wright, <i>Numerical Optimization</i>,
 * algorithm 7.1). A weak penalty is approached from a strong one, a step each (warm start along the
 * regularization path): from zero, far steps would be wasted.
 *
 * <p>A product with the second derivative costs a pass over the rows and a few vector operations, a
 * third of what L-BFGS spends on the vectors of a sparse problem with many classes.
 */
final class NewtonMinimizer implements Optimizer {

  private static final int MAX_BACKTRACKS = 30;
  private static final int MAX_CONJUGATE_STEPS = 200;

  /** Elements of each vector that are worked on while they are in the first-level cache. */
  private static final int BLOCK = 512;

  private static final double SUFFICIENT_DECREASE = 1e-4;

  /** The strongest penalty of the path, as a share of the trace of the loss's curvature. */
  private static final double FIRST_PENALTY = 1e-3;

  private static final double PENALTY_RATIO = 4;
  private static final double LOOSE_RESIDUAL = 0.5;
  private static final double RESIDUAL = 0.2;

  private enum State {
    START,
    DIAGONAL,
    PRODUCT,
    STEP
  }

  private final LinearProblem problem;
  private final int weights;
  private State state = State.START;
  private double penalty;
  private int passes;

  private double[] current;
  private double[] candidate;
  private double[] gradient;
  private double value;

  private final double[] preconditioner;
  private final double[] step;
  private final double[] residual;
  private final double[] direction;
  private double alignment;
  private double gradientLength;
  private double firstGradientLength;
  private double accuracy;
  private int conjugateSteps;

  private double slope;
  private double predicted;
  private double stepLength;
  private int backtracks;

  private double[] history = new double[16];
  private int iterations = -1;
  private Outcome outcome;

  NewtonMinimizer(LinearProblem problem, int dimension, int outputs) {
    this.problem = problem;
    this.weights = dimension - outputs;
    this.penalty = problem.l2();
    this.current = new double[dimension];
    this.candidate = new double[dimension];
    this.gradient = new double[dimension];
    this.preconditioner = new double[dimension];
    this.step = new double[dimension];
    this.residual = new double[dimension];
    this.direction = new double[dimension];
  }

  @Override
  public void ask(Pass pass) {
    switch (state) {
      case START -> pass.ask(Pass.Kind.GRADIENT, current, null);
      case DIAGONAL -> pass.ask(Pass.Kind.DIAGONAL, current, null);
      case PRODUCT -> pass.ask(Pass.Kind.PRODUCT, current, direction);
      case STEP -> pass.ask(Pass.Kind.GRADIENT, candidate, null);
    }
  }

  @Override
  public void tell(Pass pass) {
    passes++;
    switch (state) {
      case START -> start(pass);
      case DIAGONAL -> precondition(pass.result());
      case PRODUCT -> conjugate(pass.result());
      case STEP -> judge(pass);
    }
  }

  private void start(Pass pass) {
    if (!Double.isFinite(pass.loss())) {
      record(pass.loss());
      outcome = Outcome.DIVERGED;
      return;
    }
    gradient = pass.swapResult(gradient);
    value = pass.loss();
    firstGradientLength = Vectors.length(gradient);
    record(value);
    if (firstGradientLength == 0) {
      outcome = Outcome.CONVERGED;
    }
    state = State.DIAGONAL;
  }

  private void precondition(double[] diagonal) {
    if (iterations == 0) {
      double trace = 0;
      for (int i = 0; i < weights; i++) {
        trace += diagonal[i];
      }
      // at the start all weights are zero: the penalty's part of value and gradient is zero too
      penalty = Math.max(problem.l2(), FIRST_PENALTY * trace);
    }
    for (int i = 0; i < diagonal.length; i++) {
      double curvature = diagonal[i] + (i < weights ? penalty : 0);
      preconditioner[i] = curvature > 0 ? 1 / curvature : 0;
    }
    gradientLength = Vectors.length(gradient);
    double limit = penalty > problem.l2() ? LOOSE_RESIDUAL : RESIDUAL;
    accuracy = Math.min(limit, Math.sqrt(gradientLength / firstGradientLength));
    Arrays.fill(step, 0);
    alignment = 0;
    for (int i = 0; i < residual.length; i++) {
      residual[i] = -gradient[i];
      direction[i] = preconditioner[i] * residual[i];
      alignment += residual[i] * direction[i];
    }
    conjugateSteps = 0;
    state = State.PRODUCT;
    if (!(alignment > 0)) {
      outcome = Outcome.CONVERGED;
    }
  }

  /** One step of conjugate gradients. */
  private void conjugate(double[] product) {
    double bend = 0;
    for (int from = 0; from < product.length; from += BLOCK) {
      int to = Math.min(product.length, from + BLOCK);
      for (int i = from; i < Math.min(to, weights); i++) {
        product[i] += penalty * direction[i];
      }
      bend += Vectors.dot(product, direction, from, to);
    }
    conjugateSteps++;
    if (!(bend > Double.MIN_NORMAL)) {
      if (conjugateSteps == 1) {
        System.arraycopy(direction, 0, step, 0, step.length);
      }
      search(accuracy);
      return;
    }
    double far = alignment / bend;
    double next = 0;
    double squares = 0;
    for (int from = 0; from < product.length; from += BLOCK) {
      int to = Math.min(product.length, from + BLOCK);
      for (int i = from; i < to; i++) {
        step[i] += far * direction[i];
        residual[i] -= far * product[i];
      }
      next += Vectors.weightedSquares(residual, preconditioner, from, to);
      squares += Vectors.dot(residual, residual, from, to);
    }
    double left = Math.sqrt(squares) / gradientLength;
    if (left <= accuracy
        || conjugateSteps >= MAX_CONJUGATE_STEPS
        || passes + 1 >= problem.maxPasses()) {
      search(left);
      return;
    }
    double keep = next / alignment;
    alignment = next;
    for (int i = 0; i < direction.length; i++) {
      direction[i] = preconditioner[i] * residual[i] + keep * direction[i];
    }
  }

  /** Sets out along the step, whose system was solved up to a residual of {@code left}. */
  private void search(double left) {
    accuracy = left;
    slope = Vectors.dot(gradient, step);
    double rest = Vectors.dot(residual, step);
    if (!(slope < 0)) {
      outcome = slope == 0 ? Outcome.CONVERGED : Outcome.STALLED;
      return;
    }
    // the quadratic model: slope + step' H step / 2, where H step = -gradient - residual
    predicted = -(slope / 2 - rest / 2);
    stepLength = 1;
    backtracks = 0;
    place();
  }

  private void place() {
    for (int i = 0; i < candidate.length; i++) {
      candidate[i] = current[i] + stepLength * step[i];
    }
    state = State.STEP;
  }

  private void judge(Pass pass) {
    double squares = 0;
    for (int i = 0; i < weights; i++) {
      squares += candidate[i] * candidate[i];
    }
    double total = pass.loss() + penalty / 2 * squares;
    if (!(total <= value + SUFFICIENT_DECREASE * stepLength * slope)) {
      backtracks++;
      if (backtracks > MAX_BACKTRACKS) {
        outcome = Outcome.STALLED;
        return;
      }
      stepLength /= 2;
      place();
      return;
    }
    double fall = value - total;
    double[] swap = current;
    current = candidate;
    candidate = swap;
    gradient = pass.swapResult(gradient);
    for (int i = 0; i < weights; i++) {
      gradient[i] += penalty * current[i];
    }
    value = total;
    record(pass.loss() + problem.l2() / 2 * squares);
    if (penalty <= problem.l2() && expectedFall(fall) <= problem.tolerance() * Math.abs(value)) {
      outcome = Outcome.CONVERGED;
    } else if (passes + 3 > problem.maxPasses()) {
      outcome = Outcome.ITERATION_LIMIT;
    } else {
      weaken(squares);
      state = State.DIAGONAL;
    }
  }

  /**
   * What further iterations are expected to gain, given what this one gained: the part of the
   * system that was left unsolved, and the part in which the function is not quadratic.
   */
  private double expectedFall(double fall) {
    double surprise = predicted > 0 ? Math.abs(fall - predicted) / predicted : 1;
    return fall * Math.min(1, Math.max(accuracy * accuracy, surprise) + 1 - stepLength);
  }

  private void weaken(double squares) {
    double next = Math.max(problem.l2(), penalty / PENALTY_RATIO);
    if (next == penalty) {
      return;
    }
    double change = next - penalty;
    value += change / 2 * squares;
    for (int i = 0; i < weights; i++) {
      gradient[i] += change * current[i];
    }
    penalty = next;
  }

  private void record(double objective) {
    iterations++;
    if (iterations == history.length) {
      history = Arrays.copyOf(history, history.length * 2);
    }
    history[iterations] = objective;
  }

  @Override
  public boolean finished() {
    return outcome != null;
  }

  @Override
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public double[] solution() {
    return current;
  }

  @Override
  public double[] history() {
    return Arrays.copyOf(history, iterations + 1);
  }
}
