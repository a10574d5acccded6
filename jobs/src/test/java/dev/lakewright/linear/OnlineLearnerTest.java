package dev.lakewright.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learning row after row. */
class OnlineLearnerTest {

  private static LinearProblem problem(int classes, double l2) {
    return LinearProblem.logistic(l2, 0, true, 1000, 1e-10, RowKernelTest.ones(classes));
  }

  private static LinearStart zero(int features, int classes) {
    int outputs = Loss.outputs(classes);
    return new LinearStart(new float[features * outputs], new double[outputs]);
  }

  private static double loss(RowMatrix rows, int classes, LinearStart weights) {
    LinearProblem evaluated = problem(classes, 0).within(1);
    return LinearSolver.solveFrom(weights, rows, classes, evaluated).objective()[0];
  }

  static Stream<Function<RowMatrix, OnlineLearner>> learners() {
    return Stream.of(
        rows -> new FtrlProximal(problem(3, 0), 3, zero(rows.features(), 3), rows.rows(), 0.3),
        rows -> new AveragedSgd(problem(3, 0), 3, zero(rows.features(), 3), 0.1));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void passesApproachTheMinimum(Function<RowMatrix, OnlineLearner> making) {
    RowMatrix rows = RowKernelTest.matrix(3, 600, 5);
    LinearSolution best = LinearSolver.solve(rows, 3, List.of(problem(3, 0))).get(0);
    double least = loss(rows, 3, new LinearStart(best.weights(), best.intercepts()));
    double atZero = loss(rows, 3, zero(rows.features(), 3));
    OnlineLearner learner = making.apply(rows);
    for (int pass = 0; pass < 10; pass++) {
      learner.learn(rows);
    }
    assertThat(loss(rows, 3, learner.weights()) - least).isLessThan(0.06 * (atZero - least));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void whatIsLearntInTwoPartsIsWhatIsLearntAtOnce(Function<RowMatrix, OnlineLearner> making) {
    RowMatrix all = RowKernelTest.matrix(3, 60, 6);
    OnlineLearner once = making.apply(all);
    once.learn(all);
    OnlineLearner parts = making.apply(all);
    parts.learn(part(all, 0, 25));
    parts.learn(part(all, 25, 60));
    assertThat(parts.weights().weights()).containsExactly(once.weights().weights());
    assertThat(parts.weights().intercepts()).containsExactly(once.weights().intercepts());
  }

  private static RowMatrix part(RowMatrix all, int from, int until) {
    RowMatrix part = new RowMatrix(all.features());
    SparseVector vector = new SparseVector();
    for (int row = from; row < until; row++) {
      all.read(row, vector);
      part.add(vector, all.label(row), all.weight(row));
    }
    return part;
  }

  @Test
  void ftrlBeginsAtItsStartWhateverItRemembers() {
    RowMatrix rows = RowKernelTest.matrix(3, 90, 7);
    LinearSolution solution = LinearSolver.solve(rows, 3, List.of(problem(3, 1e-2))).get(0);
    FtrlProximal learner =
        new FtrlProximal(
            problem(3, 1e-2),
            3,
            new LinearStart(solution.weights(), solution.intercepts()),
            rows.rows(),
            0.1);
    learner.remember(rows, 10);
    float[] weights = learner.weights().weights();
    for (int i = 0; i < weights.length; i++) {
      assertThat(weights[i]).isCloseTo(solution.weights()[i], within(1e-6f));
    }
  }

  @Test
  void whatManyRowsTaughtMovesLessThanWhatFewDid() {
    RowMatrix rows = RowKernelTest.matrix(2, 200, 8);
    LinearSolution solution = LinearSolver.solve(rows, 2, List.of(problem(2, 1e-3))).get(0);
    LinearStart start = new LinearStart(solution.weights(), solution.intercepts());
    double[] moved =
        IntStream.of(1, 10_000)
            .mapToDouble(
                times -> {
                  FtrlProximal learner =
                      new FtrlProximal(problem(2, 0), 2, start, 200.0 * times, 0.1);
                  learner.remember(rows, times);
                  learner.learn(rows);
                  return distance(learner.weights().weights(), start.weights());
                })
            .toArray();
    assertThat(moved[1]).isLessThan(moved[0] / 10);
  }

  private static double distance(float[] some, float[] others) {
    double sum = 0;
    for (int i = 0; i < some.length; i++) {
      sum += (some[i] - others[i]) * (some[i] - others[i]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void theMeanOfAllPointsIsKeptWithoutKeepingThem() {
    RowMatrix rows = RowKernelTest.matrix(2, 40, 9);
    double l2 = 0.3;
    AveragedSgd learner = new AveragedSgd(problem(2, l2), 2, zero(rows.features(), 2), 0.2);
    learner.learn(rows);
    float[] mean = learner.weights().weights();
    double[] expected = plainMean(rows, l2, 0.2);
    for (int i = 0; i < mean.length; i++) {
      assertThat((double) mean[i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  /** The same, plainly: every weight is moved at every row, and all points are added up. */
  private static double[] plainMean(RowMatrix rows, double l2, double rate) {
    int features = rows.features();
    double[] point = new double[features + 1];
    double[] sum = new double[features];
    for (int row = 0; row < rows.rows(); row++) {
      double margin = point[features];
      for (int at = rows.starts()[row]; at < rows.starts()[row + 1]; at++) {
        margin += rows.values()[at] * point[rows.columns()[at]];
      }
      double slope = rows.weight(row) * (1 / (1 + Math.exp(-margin)) - rows.label(row));
      double step = rate / Math.pow(1 + l2 * rate * row, 0.75);
      for (int i = 0; i < features; i++) {
        point[i] *= 1 - l2 * step;
      }
      for (int at = rows.starts()[row]; at < rows.starts()[row + 1]; at++) {
        point[rows.columns()[at]] -= step * slope * rows.values()[at];
      }
      point[features] -= step * slope;
      for (int i = 0; i < features; i++) {
        sum[i] += point[i];
      }
    }
    for (int i = 0; i < features; i++) {
      sum[i] /= rows.rows() + 1;
    }
    return sum;
  }
}
