package dev.lakewright.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearSolverTest {

  private static LinearProblem problem(int classes, double l2, double l1) {
    return new LinearProblem(l2, l1, true, 1000, 1e-12, LogisticKernelTest.ones(classes));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void gradientOfThePenalizedObjectiveVanishesAtTheSolution(int classes) {
    RowMatrix matrix = LogisticKernelTest.matrix(classes, 60, 1);
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
    RowMatrix matrix = LogisticKernelTest.matrix(2, 60, 2);
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
    RowMatrix matrix = LogisticKernelTest.matrix(classes, 60, 3);
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
    RowMatrix matrix = LogisticKernelTest.matrix(3, 60, 4);
    double[] objective =
        LinearSolver.solve(matrix, 3, List.of(problem(3, 1e-4, 1e-3))).get(0).objective();
    assertThat(IntStream.range(1, objective.length).allMatch(i -> objective[i] <= objective[i - 1]))
        .isTrue();
  }

  @Test
  void withoutInterceptTheInterceptStaysZero() {
    RowMatrix matrix = LogisticKernelTest.matrix(2, 60, 5);
    LinearProblem problem = new LinearProblem(0.1, 0, false, 100, 1e-9, LogisticKernelTest.ones(2));
    assertThat(LinearSolver.solve(matrix, 2, List.of(problem)).get(0).intercepts())
        .containsExactly(0.0);
  }

  @Test
  void stopsAtTheIterationLimit() {
    RowMatrix matrix = LogisticKernelTest.matrix(2, 60, 6);
    LinearProblem problem = new LinearProblem(1e-6, 0, true, 2, 0, LogisticKernelTest.ones(2));
    LinearSolution solution = LinearSolver.solve(matrix, 2, List.of(problem)).get(0);
    assertThat(solution.outcome()).isEqualTo(LinearSolution.Outcome.ITERATION_LIMIT);
    assertThat(solution.iterations()).isEqualTo(2);
  }

  private static double[] gradient(RowMatrix matrix, int classes, LinearSolution solution) {
    LocalObjective objective = new LocalObjective(matrix, classes);
    double[] point = new double[objective.dimension()];
    for (int i = 0; i < solution.weights().length; i++) {
      point[i] = solution.weights()[i];
    }
    System.arraycopy(
        solution.intercepts(), 0, point, solution.weights().length, solution.intercepts().length);
    double[][] gradients = new double[1][objective.dimension()];
    objective.evaluate(
        new double[][] {LogisticKernelTest.ones(classes)},
        new double[][] {point},
        new double[1],
        gradients);
    return gradients[0];
  }
}
