package dev.lakewright.linear;

import dev.lakewright.linear.LinearSolution.Outcome;
import java.util.Arrays;
import java.util.Optional;

/**
 * Minimizes a smooth convex function plus {@code l1 * |x|_1} by L-BFGS (Nocedal and Wright,
 * <i>Numerical Optimization</i>, algorithm 7.4) in its orthant-wise form OWL-QN (Andrew and Gao,
 * 2007), which without an L1 part is L-BFGS with backtracking.
 *
 * <p>It asks and is told: the caller evaluates {@link #point()} and hands loss and gradient to
 * {@link #observe}. So several minimizers can share one pass over the data.
 */
final class LimitedMemoryMinimizer {

  private static final int PAIRS = 6;
  private static final int MAX_BACKTRACKS = 30;
  private static final double SUFFICIENT_DECREASE = 1e-4;

  /** Iterations over which progress is averaged, so that one short step does not end it. */
  private static final int WINDOW = 3;

  private final int penalized;
  private final double l1;
  private final int maxIterations;
  private final double tolerance;

  private double[] current;
  private double[] candidate;
  private double[] gradient;
  private double value;
  private final double[] direction;
  private double[] previousGradient;
  private double step;
  private double slope;
  private int backtracks;

  private final float[][] moves = new float[PAIRS][];
  private final float[][] changes = new float[PAIRS][];
  private final double[] curvatures = new double[PAIRS];
  private int pairs;
  private int newest = -1;

  private double[] history = new double[16];
  private int iterations = -1;
  private Outcome outcome;

  /**
   * @param penalized the L1 penalty applies to the coordinates below this one
   * @param tolerance least mean relative improvement of an iteration, in [0, 1]
   */
  LimitedMemoryMinimizer(
      double[] start, int penalized, double l1, int maxIterations, double tolerance) {
    this.penalized = l1 == 0 ? 0 : penalized;
    this.l1 = l1;
    this.maxIterations = maxIterations;
    this.tolerance = tolerance;
    this.current = start.clone();
    this.candidate = start.clone();
    this.gradient = new double[start.length];
    this.previousGradient = new double[start.length];
    this.direction = new double[start.length];
  }

  /** Where the function is to be evaluated next; the solution once {@link #finished()}. */
  double[] point() {
    return outcome == null ? candidate : current;
  }

  /** The last accepted point. */
  double[] accepted() {
    return current;
  }

  boolean finished() {
    return outcome != null;
  }

  /** Why it stopped; only once {@link #finished()}. */
  Outcome outcome() {
    return outcome;
  }

  /** Objective before the first iteration and after each. */
  double[] history() {
    return Arrays.copyOf(history, iterations + 1);
  }

  /**
   * Takes the smooth part's value and gradient at {@link #point()}.
   *
   * @param gradientAtPoint copied, not kept
   */
  void observe(double loss, double[] gradientAtPoint) {
    double total = loss + penalty(candidate);
    if (iterations < 0) {
      if (!Double.isFinite(total)) {
        iterations = 0;
        history[0] = total;
        outcome = Outcome.DIVERGED;
        return;
      }
      System.arraycopy(gradientAtPoint, 0, gradient, 0, gradient.length);
      accept(total);
      return;
    }
    if (!(total <= value + SUFFICIENT_DECREASE * step * slope)) {
      backtrack();
      return;
    }
    double[] swap = previousGradient;
    previousGradient = gradient;
    gradient = swap;
    System.arraycopy(gradientAtPoint, 0, gradient, 0, gradient.length);
    remember();
    swap = current;
    current = candidate;
    candidate = swap;
    accept(total);
  }

  private double penalty(double[] x) {
    double sum = 0;
    for (int i = 0; i < penalized; i++) {
      sum += Math.abs(x[i]);
    }
    return l1 * sum;
  }

  private void accept(double total) {
    value = total;
    iterations++;
    if (iterations == history.length) {
      history = Arrays.copyOf(history, history.length * 2);
    }
    history[iterations] = total;
    if (converged()) {
      outcome = Outcome.CONVERGED;
    } else if (iterations >= maxIterations) {
      outcome = Outcome.ITERATION_LIMIT;
    } else {
      choosePath();
    }
  }

  private boolean converged() {
    if (iterations < WINDOW) {
      return false;
    }
    double improvement = (history[iterations - WINDOW] - value) / WINDOW;
    return improvement <= tolerance * Math.max(Math.abs(value), Double.MIN_NORMAL);
  }

  private void choosePath() {
    slope = descend();
    if (slope >= 0) {
      // the memory has lost touch with the function: start again from the gradient
      pairs = 0;
      newest = -1;
      slope = descend();
    }
    if (!(slope < 0)) {
      outcome = slope == 0 ? Outcome.CONVERGED : Outcome.STALLED;
      return;
    }
    step = pairs == 0 ? Math.min(1, 1 / norm(direction)) : 1;
    backtracks = 0;
    place();
  }

  /** Sets the search direction and returns the directional derivative. */
  private double descend() {
    for (int i = 0; i < direction.length; i++) {
      direction[i] = -pseudoGradient(i);
    }
    double[] alphas = new double[pairs];
    for (int k = 0; k < pairs; k++) {
      int p = Math.floorMod(newest - k, PAIRS);
      alphas[k] = dot(moves[p], direction) / curvatures[p];
      addScaled(changes[p], -alphas[k], direction);
    }
    if (pairs > 0) {
      double scale = curvatures[newest] / dot(changes[newest], changes[newest]);
      for (int i = 0; i < direction.length; i++) {
        direction[i] *= scale;
      }
    }
    for (int k = pairs - 1; k >= 0; k--) {
      int p = Math.floorMod(newest - k, PAIRS);
      double beta = dot(changes[p], direction) / curvatures[p];
      addScaled(moves[p], alphas[k] - beta, direction);
    }
    double derivative = 0;
    for (int i = 0; i < direction.length; i++) {
      double g = pseudoGradient(i);
      if (i < penalized && direction[i] * g > 0) {
        direction[i] = 0;
      }
      derivative += direction[i] * g;
    }
    return derivative;
  }

  /** Andrew and Gao 2007, equation 4: the subgradient of least length. */
  private double pseudoGradient(int i) {
    double g = gradient[i];
    if (i >= penalized) {
      return g;
    }
    double x = current[i];
    if (x > 0) {
      return g + l1;
    }
    if (x < 0) {
      return g - l1;
    }
    return g + l1 < 0 ? g + l1 : (g - l1 > 0 ? g - l1 : 0);
  }

  private void backtrack() {
    backtracks++;
    if (backtracks > MAX_BACKTRACKS) {
      outcome = Outcome.STALLED;
      return;
    }
    step /= 2;
    place();
  }

  /** Sets the candidate; with L1 it stays in the orthant of the current point. */
  private void place() {
    for (int i = 0; i < candidate.length; i++) {
      double x = current[i] + step * direction[i];
      if (i < penalized) {
        double side = current[i] != 0 ? current[i] : -pseudoGradient(i);
        if (x * side <= 0) {
          x = 0;
        }
      }
      candidate[i] = x;
    }
  }

  private void remember() {
    int slot = (newest + 1) % PAIRS;
    if (moves[slot] == null) {
      moves[slot] = new float[current.length];
      changes[slot] = new float[current.length];
    }
    float[] move = moves[slot];
    float[] change = changes[slot];
    double curvature = 0;
    double changeLength = 0;
    for (int i = 0; i < current.length; i++) {
      move[i] = (float) (candidate[i] - current[i]);
      change[i] = (float) (gradient[i] - previousGradient[i]);
      curvature += (double) move[i] * change[i];
      changeLength += (double) change[i] * change[i];
    }
    if (curvature > 1e-12 * changeLength && curvature > Float.MIN_NORMAL) {
      curvatures[slot] = curvature;
      newest = slot;
      pairs = Math.min(pairs + 1, PAIRS);
    }
  }

  long progressSize() {
    return 2L * (1 + pairs) * current.length;
  }

  /**
   * How far it is, if it has just accepted a point and goes on.
   *
   * @param penalty of the path that it belongs to
   * @param passes over the rows so far
   */
  Optional<Progress> progress(double penalty, int passes) {
    if (iterations < 1 || backtracks > 0 || finished()) {
      return Optional.empty();
    }
    return Optional.of(
        new Progress(
            current.clone(),
            gradient.clone(),
            value,
            penalty,
            new double[0],
            history(),
            new double[iterations + 1],
            passes,
            memory()));
  }

  private Progress.Memory memory() {
    float[][] kept = new float[pairs][];
    float[][] alongside = new float[pairs][];
    double[] products = new double[pairs];
    for (int k = 0; k < pairs; k++) {
      int p = Math.floorMod(newest - (pairs - 1 - k), PAIRS);
      kept[k] = moves[p].clone();
      alongside[k] = changes[p].clone();
      products[k] = curvatures[p];
    }
    return new Progress.Memory(kept, alongside, products);
  }

  /** Goes on where another one was; false where this one is not at its beginning. */
  boolean continueFrom(Progress progress) {
    if (iterations != 0 || finished()) {
      return false;
    }
    current = progress.point().clone();
    gradient = progress.gradient().clone();
    value = progress.value();
    iterations = progress.iterations();
    history = Arrays.copyOf(progress.losses(), Math.max(history.length, iterations + 1));
    Progress.Memory memory = progress.memory();
    pairs = memory.curvatures().length;
    newest = pairs - 1;
    for (int k = 0; k < pairs; k++) {
      moves[k] = memory.moves()[k].clone();
      changes[k] = memory.changes()[k].clone();
      curvatures[k] = memory.curvatures()[k];
    }
    choosePath();
    return true;
  }

  private static double dot(float[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    double sum = 0;
    for (double v : a) {
      sum += v * v;
    }
    return Math.sqrt(sum);
  }

  private static void addScaled(float[] a, double scale, double[] to) {
    for (int i = 0; i < a.length; i++) {
      to[i] += scale * a[i];
    }
  }
}
