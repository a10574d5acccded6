package dev.lakewright.linear;

import dev.lakewright.linear.LinearSolution.Outcome;
import java.util.Arrays;
import java.util.Optional;

/**
 * Newton's method whose systems are solved by conjugate gradients, preconditioned by the diagonal,
 * just well enough for the iteration at hand (Nocedal and Wright, <i>Numerical Optimization</i>,
 * algorithm 7.1). A weak penalty is approached from a strong one, a step each (warm start along the
 * regularization path): from zero, far steps would be wasted.
 *
 * <p>A product with the second derivative costs a pass over the rows and a few vector operations, a
 * third of what L-BFGS spends on the vectors of a sparse problem with many classes.
 *
 * <p>The path's penalties do not depend on where it ends, so that problems that differ in the
 * penalty alone go the same way at first: {@link #fork} parts them.
 *
 * <p>The diagonal is taken once, at the start. Later ones are that one times the change of each
 * output's mean curvature, which the gradients bring along.
 */
final class NewtonMinimizer implements Optimizer {

  private static final int MAX_BACKTRACKS = 30;
  private static final int MAX_CONJUGATE_STEPS = 200;

  /** Elements of each vector that are worked on while they are in the first-level cache. */
  private static final int BLOCK = 512;

  private static final double SUFFICIENT_DECREASE = 1e-4;

  /** The strongest penalty of the path, as a share of the trace of the loss's curvature. */
  private static final double FIRST_PENALTY = 1e-3;

  private static final double PENALTY_RATIO = 3;
  private static final double RESIDUAL = 0.3;

  private enum State {
    START,
    DIAGONAL,
    /** At a point that was accepted before; the rows' side does not know it yet. */
    RETURNED,
    /** At an accepted point; where to go on is not chosen yet. */
    ARRIVED,
    PRODUCT,
    STEP
  }

  private final LinearProblem problem;
  private final int dimension;
  private final int outputs;
  private final int weights;
  private State state = State.START;
  private double penalty;
  private boolean warm;
  private int passes;

  private double[] current;
  private double[] candidate;
  private double[] gradient;
  private double value;

  private double[] firstDiagonal = new double[0];
  private double[] firstCurvatures = new double[0];
  private double[] outputCurvatures = new double[0];
  private double firstPenalty;
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

  private double[] losses = new double[16];
  private double[] squares = new double[16];
  private int iterations = -1;
  private Outcome outcome;

  NewtonMinimizer(LinearProblem problem, int dimension, int outputs) {
    this.problem = problem;
    this.dimension = dimension;
    this.outputs = outputs;
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

  /** Sets out near the minimum: there is no path to go, the penalty is the problem's at once. */
  static NewtonMinimizer from(LinearProblem problem, double[] start, int outputs) {
    NewtonMinimizer minimizer = new NewtonMinimizer(problem, start.length, outputs);
    minimizer.current = start;
    minimizer.warm = true;
    return minimizer;
  }

  @Override
  public void ask(Pass pass) {
    switch (state) {
      case START -> pass.ask(Pass.Kind.GRADIENT, current, null);
      case DIAGONAL -> pass.ask(Pass.Kind.DIAGONAL, current, null);
      case RETURNED -> pass.ask(Pass.Kind.GRADIENT, current, null);
      case ARRIVED -> throw new IllegalStateException("it has not gone on since it arrived");
      case PRODUCT -> pass.ask(Pass.Kind.PRODUCT, current, direction);
      case STEP -> pass.ask(Pass.Kind.GRADIENT, candidate, null);
    }
  }

  @Override
  public void tell(Pass pass) {
    passes++;
    switch (state) {
      case START -> start(pass);
      case DIAGONAL -> measure(pass);
      case RETURNED -> {
        // what it asked for was counted before
        passes--;
        state = State.ARRIVED;
      }
      case ARRIVED -> throw new IllegalStateException("it asked for nothing");
      case PRODUCT -> conjugate(pass.result());
      case STEP -> judge(pass);
    }
  }

  private void start(Pass pass) {
    if (!Double.isFinite(pass.loss())) {
      record(pass.loss(), 0);
      outcome = Outcome.DIVERGED;
      return;
    }
    gradient = pass.swapResult(gradient);
    double squares = Vectors.dot(current, current, 0, weights);
    value = pass.loss() + penalty / 2 * squares;
    for (int i = 0; i < weights; i++) {
      gradient[i] += penalty * current[i];
    }
    firstGradientLength = Vectors.length(gradient);
    firstCurvatures = pass.outputCurvatures().clone();
    outputCurvatures = firstCurvatures;
    record(pass.loss(), squares);
    if (firstGradientLength == 0) {
      outcome = Outcome.CONVERGED;
    }
    state = State.DIAGONAL;
  }

  private void measure(Pass pass) {
    firstDiagonal = pass.result().clone();
    double trace = 0;
    for (int i = 0; i < weights; i++) {
      trace += firstDiagonal[i];
    }
    firstPenalty = FIRST_PENALTY * trace;
    state = State.ARRIVED;
  }

  @Override
  public void proceed() {
    if (state != State.ARRIVED || finished()) {
      return;
    }
    double next = warm ? problem.l2() : Math.max(problem.l2(), nextOfPath());
    // where all weights are zero the penalty's part of value and gradient is zero too
    penalize(next);
    penalty = next;
    precondition();
  }

  /** The penalty that comes next if the path does not end before. */
  private double nextOfPath() {
    return iterations == 0 ? firstPenalty : penalty / PENALTY_RATIO;
  }

  @Override
  public boolean partsFrom(LinearProblem other) {
    return finished() || (state == State.ARRIVED && nextOfPath() <= other.l2());
  }

  /** The same minimizer at the same point, of a problem with a stronger penalty. */
  @Override
  public Optimizer fork(LinearProblem other) {
    NewtonMinimizer fork = new NewtonMinimizer(other, dimension, outputs);
    fork.state = state;
    fork.penalty = penalty;
    fork.passes = passes;
    fork.current = current.clone();
    fork.gradient = gradient.clone();
    fork.value = value;
    fork.firstDiagonal = firstDiagonal;
    fork.firstCurvatures = firstCurvatures;
    fork.outputCurvatures = outputCurvatures;
    fork.firstPenalty = firstPenalty;
    fork.firstGradientLength = firstGradientLength;
    fork.losses = losses.clone();
    fork.squares = squares.clone();
    fork.iterations = iterations;
    fork.outcome = outcome;
    return fork;
  }

  @Override
  public long progressSize() {
    return 2L * dimension;
  }

  @Override
  public Optional<Progress> progress() {
    return state != State.ARRIVED || finished() || iterations == 0
        ? Optional.empty()
        : Optional.of(
            new Progress(
                current.clone(),
                gradient.clone(),
                value,
                penalty,
                outputCurvatures.clone(),
                Arrays.copyOf(losses, iterations + 1),
                Arrays.copyOf(squares, iterations + 1),
                passes,
                Progress.Memory.NONE));
  }

  /** The diagonal at the beginning is known by now; all else is where the other one was. */
  @Override
  public boolean continueFrom(Progress progress) {
    if (state != State.ARRIVED || finished() || iterations > 0) {
      return false;
    }
    current = progress.point().clone();
    gradient = progress.gradient().clone();
    value = progress.value();
    penalty = progress.penalty();
    outputCurvatures = progress.outputCurvatures().clone();
    iterations = progress.iterations();
    losses = Arrays.copyOf(progress.losses(), Math.max(losses.length, iterations + 1));
    squares = Arrays.copyOf(progress.squares(), losses.length);
    passes = progress.passes();
    state = State.RETURNED;
    return true;
  }

  /** The point is evaluated again, for the curvatures of its rows. */
  @Override
  public int passesRepeated() {
    return 1;
  }

  private void precondition() {
    double[] change = new double[outputs];
    for (int k = 0; k < outputs; k++) {
      change[k] = firstCurvatures[k] > 0 ? outputCurvatures[k] / firstCurvatures[k] : 1;
    }
    for (int i = 0; i < dimension; i += outputs) {
      double ownPenalty = i < weights ? penalty : 0;
      for (int k = 0; k < outputs; k++) {
        double curvature = firstDiagonal[i + k] * change[k] + ownPenalty;
        preconditioner[i + k] = curvature > 0 ? 1 / curvature : 0;
      }
    }
    gradientLength = Vectors.length(gradient);
    accuracy = Math.min(RESIDUAL, Math.sqrt(gradientLength / firstGradientLength));
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
    double length = Vectors.dot(candidate, candidate, 0, weights);
    double total = pass.loss() + penalty / 2 * length;
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
    outputCurvatures = pass.outputCurvatures().clone();
    record(pass.loss(), length);
    if (penalty <= problem.l2() && expectedFall(fall) <= problem.tolerance() * Math.abs(value)) {
      outcome = Outcome.CONVERGED;
    } else if (passes + 2 > problem.maxPasses()) {
      outcome = Outcome.ITERATION_LIMIT;
    } else {
      state = State.ARRIVED;
    }
  }

  /**
   * What further iterations are expected to gain, given what this one gained: the part of the
   * system that was left unsolved, and the part in which the function is not quadratic.
   */
  private double expectedFall(double fall) {
    double surprise = predicted > 0 ? Math.abs(fall - predicted) / predicted : 1;
    if (warm) {
      // the part of the fall that is of third order; what it leaves to fall is its square
      surprise *= surprise;
    }
    return fall * Math.min(1, Math.max(accuracy * accuracy, surprise) + 1 - stepLength);
  }

  private void penalize(double next) {
    if (next == penalty) {
      return;
    }
    double change = next - penalty;
    value += change / 2 * squares[iterations];
    for (int i = 0; i < weights; i++) {
      gradient[i] += change * current[i];
    }
  }

  private void record(double loss, double length) {
    iterations++;
    if (iterations == losses.length) {
      losses = Arrays.copyOf(losses, losses.length * 2);
      squares = Arrays.copyOf(squares, squares.length * 2);
    }
    losses[iterations] = loss;
    squares[iterations] = length;
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
    double[] history = new double[iterations + 1];
    for (int i = 0; i < history.length; i++) {
      history[i] = losses[i] + problem.l2() / 2 * squares[i];
    }
    return history;
  }
}
