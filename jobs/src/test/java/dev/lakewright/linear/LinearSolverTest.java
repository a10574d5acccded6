package dev.lakewright.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearSolverTest {

  private static LinearProblem problem(int classes, double l2, double l1) {
    return LinearProblem.logistic(l2, l1, true, 1000, 1e-12, RowKernelTest.ones(classes));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void gradientOfThePenalizedObjectiveVanishesAtTheSolution(int classes) {
    RowMatrix matrix = RowKernelTest.matrix(classes, 60, 1);
    double l2 = 0.05;
    LinearSolution solution =
        LinearSolver.solve(matrix, classes, List.of(problem(classes, l2, 0))).get(0);

    double[] gradient = gradient(matrix, classes, solution);
    for (int i = 0; i < solution.weights().length; i++) {
      assertThat(gradient[i] + l2 * solution.weights()[i]).isCloseTo(0, within(1e-5));
    }
    for (int i = solution.weights().length; i < gradient.length; i++) {
      assertThat(gradient[i]).isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void l1LeavesZerosWhereTheSlopeIsBelowThePenalty() {
    RowMatrix matrix = RowKernelTest.matrix(2, 60, 2);
    double l1 = 0.08;
    LinearSolution solution = LinearSolver.solve(matrix, 2, List.of(problem(2, 0, l1))).get(0);

    double[] gradient = gradient(matrix, 2, solution);
    assertThat(solution.weights()).contains(0f);
    for (int i = 0; i < solution.weights().length; i++) {
      float weight = solution.weights()[i];
      if (weight == 0) {
        assertThat(Math.abs(gradient[i])).isLessThanOrEqualTo(l1 + 1e-5);
      } else {
        assertThat(gradient[i]).isCloseTo(-l1 * Math.signum(weight), within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void modelIsTheSameAloneAndInCompany(int classes) {
    RowMatrix matrix = RowKernelTest.matrix(classes, 60, 3);
    List<LinearProblem> problems = new ArrayList<>();
    for (double l2 : new double[] {1, 1e-1, 1e-2, 1e-3}) {
      problems.add(problem(classes, l2, l2 / 10));
    }
    List<LinearSolution> together = LinearSolver.solve(matrix, classes, problems);
    for (int i = 0; i < problems.size(); i++) {
      LinearSolution alone = LinearSolver.solve(matrix, classes, List.of(problems.get(i))).get(0);
      assertThat(together.get(i).weights()).containsExactly(alone.weights());
      assertThat(together.get(i).intercepts()).containsExactly(alone.intercepts());
    }
  }

  @Test
  void objectiveNeverRises() {
    RowMatrix matrix = RowKernelTest.matrix(3, 60, 4);
    double[] objective =
        LinearSolver.solve(matrix, 3, List.of(problem(3, 1e-4, 1e-3))).get(0).objective();
    assertThat(IntStream.range(1, objective.length).allMatch(i -> objective[i] <= objective[i - 1]))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 12})
  void fromTheSolutionOfMostRowsTheWayIsShorter(int classes) {
    RowMatrix most = texts(classes, 1800);
    RowMatrix all = texts(classes, 2000);
    LinearProblem problem =
        LinearProblem.logistic(1e-4, 0, true, 1000, 1e-5, RowKernelTest.ones(classes));
    LinearSolution earlier = LinearSolver.solve(most, classes, List.of(problem)).get(0);
    LinearSolution cold = LinearSolver.solve(all, classes, List.of(problem)).get(0);
    LinearSolution warm =
        LinearSolver.solveFrom(
            new LinearStart(earlier.weights(), earlier.intercepts()), all, classes, problem);

    assertThat(warm.iterations()).isLessThan(cold.iterations());
    assertThat(warm.passes()).isLessThan(cold.passes());
    assertThat(last(warm)).isCloseTo(last(cold), within(1e-4 * last(cold)));
  }

  /** Few of many words in each row, some frequent, most rare, and labels that are partly noise. */
  private static RowMatrix texts(int classes, int rows) {
    SplittableRandom random = new SplittableRandom(14);
    int words = 1000;
    RowMatrix matrix = new RowMatrix(words);
    SparseVector vector = new SparseVector();
    for (int row = 0; row < rows; row++) {
      TreeSet<Integer> text = new TreeSet<>();
      int[] votes = new int[classes];
      while (text.size() < 8) {
        int word = (int) (words * Math.pow(random.nextDouble(), 3));
        votes[word % classes] += text.add(word) ? 1 : 0;
      }
      vector.clear();
      text.forEach(word -> vector.add(word, 0.35f));
      int label = random.nextInt(classes);
      if (random.nextInt(5) > 0) {
        for (int k = 0; k < classes; k++) {
          label = votes[k] > votes[label] ? k : label;
        }
      }
      matrix.add(vector, label, 1);
    }
    return matrix;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-4})
  void fromItsOwnSolutionItStaysThere(double l1) {
    RowMatrix matrix = RowKernelTest.matrix(3, 200, 13);
    LinearSolution solution = LinearSolver.solve(matrix, 3, List.of(problem(3, 1e-2, l1))).get(0);
    LinearSolution again =
        LinearSolver.solveFrom(
            new LinearStart(solution.weights(), solution.intercepts()),
            matrix,
            3,
            problem(3, 1e-2, l1));
    assertThat(again.objective()[0]).isCloseTo(last(solution), within(1e-6));
    assertThat(last(again)).isCloseTo(last(solution), within(1e-9));
  }

  private static double last(LinearSolution solution) {
    return solution.objective()[solution.objective().length - 1];
  }

  @Test
  void withoutInterceptTheInterceptStaysZero() {
    RowMatrix matrix = RowKernelTest.matrix(2, 60, 5);
    LinearProblem problem = LinearProblem.logistic(0.1, 0, false, 100, 1e-9, RowKernelTest.ones(2));
    assertThat(LinearSolver.solve(matrix, 2, List.of(problem)).get(0).intercepts())
        .containsExactly(0.0);
  }

  @Test
  void stopsAtTheLimitOfPasses() {
    RowMatrix matrix = RowKernelTest.matrix(2, 60, 6);
    LinearProblem problem = LinearProblem.logistic(1e-6, 0, true, 6, 0, RowKernelTest.ones(2));
    LinearSolution solution = LinearSolver.solve(matrix, 2, List.of(problem)).get(0);
    assertThat(solution.outcome()).isEqualTo(LinearSolution.Outcome.ITERATION_LIMIT);
    assertThat(solution.passes()).isLessThanOrEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 12})
  void newtonAndQuasiNewtonReachTheSameMinimum(int classes) {
    RowMatrix matrix = RowKernelTest.matrix(classes, 200, 7);
    for (Loss loss : List.of(new Loss.Logistic(0.1), new Loss.SquaredHinge())) {
      LinearProblem newton =
          new LinearProblem(loss, 1e-3, 0, true, 1000, 1e-13, 0, RowKernelTest.ones(classes));
      LinearProblem quasiNewton =
          new LinearProblem(loss, 1e-3, 1e-300, true, 5000, 1e-14, 0, RowKernelTest.ones(classes));
      List<LinearSolution> both = LinearSolver.solve(matrix, classes, List.of(newton, quasiNewton));
      for (int i = 0; i < both.get(0).weights().length; i++) {
        assertThat(both.get(0).weights()[i]).isCloseTo(both.get(1).weights()[i], within(1e-4f));
      }
    }
  }

  /** Where intercepts are free, equations 9 and 10 of Menon et al. 2021 give the same scores. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void trainingWithShiftedScoresTakesTheShiftsFromTheIntercepts(int classes) {
    RowMatrix matrix = RowKernelTest.matrix(classes, 200, 9);
    double[] shifts = classes == 2 ? new double[] {-1.3} : new double[] {0.2, -0.9, -2};
    LinearProblem plain = problem(classes, 1e-2, 0);
    LinearProblem adjusted =
        new LinearProblem(
            new Loss.Shifted(plain.loss(), shifts),
            1e-2,
            0,
            true,
            1000,
            1e-12,
            0,
            plain.classWeights());
    List<LinearSolution> both = LinearSolver.solve(matrix, classes, List.of(plain, adjusted));
    assertThat(both.get(1).weights()).containsExactly(both.get(0).weights(), within(1e-4f));
    for (int k = 0; k < shifts.length; k++) {
      int against = classes == 2 ? -1 : 0;
      assertThat(above(both.get(1).intercepts(), k, against) + above(shifts, k, against))
          .isCloseTo(above(both.get(0).intercepts(), k, against), within(1e-4));
    }
  }

  private static double above(double[] values, int place, int against) {
    return values[place] - (against < 0 ? 0 : values[against]);
  }

  @Test
  void weakPenaltyIsReachedInFewPasses() {
    RowMatrix matrix = RowKernelTest.matrix(3, 300, 8);
    LinearSolution solution =
        LinearSolver.solve(
                matrix,
                3,
                List.of(LinearProblem.logistic(1e-6, 0, true, 200, 1e-6, RowKernelTest.ones(3))))
            .get(0);
    assertThat(solution.outcome()).isEqualTo(LinearSolution.Outcome.CONVERGED);
    assertThat(solution.passes()).isLessThan(100);
  }

  @Test
  void columnsThatNeverOccurHaveWeightZero() {
    RowMatrix matrix = new RowMatrix(9);
    var vector = new dev.lakewright.model.SparseVector();
    for (int row = 0; row < 20; row++) {
      vector.clear();
      vector.add(row % 2 == 0 ? 3 : 7, 1);
      matrix.add(vector, row % 2, 1);
    }
    float[] weights = LinearSolver.solve(matrix, 2, List.of(problem(2, 0.1, 0))).get(0).weights();
    for (int column = 0; column < 9; column++) {
      assertThat(weights[column] != 0).isEqualTo(column == 3 || column == 7);
    }
    assertThat(weights[3]).isNegative();
    assertThat(weights[7]).isPositive();
  }

  @Test
  void earlyStoppingKeepsThePointOfLeastValidationLoss() {
    RowMatrix training = RowKernelTest.matrix(2, 30, 9);
    RowMatrix validation = RowKernelTest.matrix(2, 300, 10);
    LinearProblem free = LinearProblem.logistic(0, 0, true, 200, 1e-12, RowKernelTest.ones(2));
    LinearProblem stopped =
        new LinearProblem(free.loss(), 0, 0, true, 200, 1e-12, 3, RowKernelTest.ones(2));
    List<LinearSolution> both =
        LinearSolver.solve(training, Optional.of(validation), 2, List.of(free, stopped), 0);
    assertThat(both.get(1).outcome()).isEqualTo(LinearSolution.Outcome.STOPPED_EARLY);
    assertThat(loss(validation, 2, both.get(1))).isLessThan(loss(validation, 2, both.get(0)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01})
  void infiniteFeaturesAreToldAndTrainNothing(double l1) {
    RowMatrix matrix = RowKernelTest.matrix(2, 20, 13);
    var vector = new dev.lakewright.model.SparseVector();
    vector.add(0, Float.POSITIVE_INFINITY);
    matrix.add(vector, 0, 1);
    assertThat(LinearSolver.solve(matrix, 2, List.of(problem(2, 0.1, l1))).get(0).outcome())
        .isEqualTo(LinearSolution.Outcome.DIVERGED);
  }

  @Test
  void timeLimitStopsAModelAndSaysSo() {
    RowMatrix matrix = RowKernelTest.matrix(3, 3000, 11);
    LinearProblem endless =
        LinearProblem.logistic(1e-9, 1e-9, true, 100_000, 0, RowKernelTest.ones(3));
    assertThat(
            LinearSolver.solve(matrix, Optional.empty(), 3, List.of(endless), 1e-4)
                .get(0)
                .outcome())
        .isEqualTo(LinearSolution.Outcome.TIME_LIMIT);
  }

  private static double loss(RowMatrix matrix, int classes, LinearSolution solution) {
    return pass(matrix, classes, solution).loss();
  }

  private static double[] gradient(RowMatrix matrix, int classes, LinearSolution solution) {
    return pass(matrix, classes, solution).result();
  }

  private static Pass pass(RowMatrix matrix, int classes, LinearSolution solution) {
    LocalObjective objective = new LocalObjective(matrix, classes);
    double[] point = new double[objective.dimension()];
    for (int i = 0; i < solution.weights().length; i++) {
      point[i] = solution.weights()[i];
    }
    System.arraycopy(
        solution.intercepts(), 0, point, solution.weights().length, solution.intercepts().length);
    Pass pass = new Pass(problem(classes, 0, 0), objective.dimension());
    pass.ask(Pass.Kind.GRADIENT, point, null);
    objective.run(List.of(pass));
    return pass;
  }
}
