package dev.lakewright.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowKernelTest {

  private static final int FEATURES = 7;

  static Stream<Arguments> losses() {
    List<Arguments> cases = new ArrayList<>();
    for (int classes : new int[] {2, 3, 5}) {
      for (Loss loss :
          List.of(
              new Loss.Logistic(0),
              new Loss.Logistic(0.2),
              new Loss.Focal(0, 0),
              new Loss.Focal(2, 0),
              new Loss.Focal(0.7, 0.1),
              new Loss.Focal(2, 0, alpha(classes)),
              new Loss.Focal(0, 0.2, alpha(classes)),
              new Loss.Focal(1.5, 0.1, alpha(classes)),
              new Loss.Shifted(new Loss.Logistic(0.1), shifts(classes)),
              new Loss.Shifted(new Loss.Focal(2, 0, alpha(classes)), shifts(classes)),
              new Loss.SquaredHinge())) {
        cases.add(Arguments.of(loss, classes));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientAgreesWithFiniteDifferences(Loss loss, int classes) {
    LocalObjective objective = new LocalObjective(matrix(classes, 90, 11), classes);
    Pass pass = new Pass(problem(loss, weights(classes)), objective.dimension());
    double[] point = point(objective.dimension(), 3);
    double[] gradient = gradient(objective, pass, point).clone();

    for (int i = 0; i < point.length; i++) {
      double step = 1e-6;
      double kept = point[i];
      point[i] = kept + step;
      double above = loss(objective, pass, point);
      point[i] = kept - step;
      double below = loss(objective, pass, point);
      point[i] = kept;
      assertThat(gradient[i]).isCloseTo((above - below) / (2 * step), within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void productAndDiagonalAgreeWithFiniteDifferencesOfTheGradient(Loss loss, int classes) {
    if (!loss.convex()) {
      return;
    }
    LocalObjective objective = new LocalObjective(matrix(classes, 90, 12), classes);
    Pass pass = new Pass(problem(loss, weights(classes)), objective.dimension());
    double[] point = point(objective.dimension(), 5);
    double[] unit = new double[point.length];
    for (int i = 0; i < point.length; i++) {
      double step = 1e-6;
      double kept = point[i];
      point[i] = kept + step;
      double[] above = gradient(objective, pass, point).clone();
      point[i] = kept - step;
      double[] below = gradient(objective, pass, point).clone();
      point[i] = kept;
      gradient(objective, pass, point);
      unit[i] = 1;
      double[] product = answer(objective, pass, Pass.Kind.PRODUCT, point, unit).clone();
      unit[i] = 0;
      for (int j = 0; j < point.length; j++) {
        assertThat(product[j]).isCloseTo((above[j] - below[j]) / (2 * step), within(1e-5));
      }
      double[] diagonal = answer(objective, pass, Pass.Kind.DIAGONAL, point, null);
      assertThat(diagonal[i]).isCloseTo(product[i], within(1e-7));
    }
  }

  /** Lin et al. 2017, equation 5, written out. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void focalLossIsThatOfThePaper(int classes) {
    RowMatrix matrix = matrix(classes, 40, 21);
    LocalObjective objective = new LocalObjective(matrix, classes);
    double[] alpha = alpha(classes);
    Pass pass =
        new Pass(problem(new Loss.Focal(1.5, 0, alpha), ones(classes)), objective.dimension());
    double[] point = point(objective.dimension(), 4);

    double sum = 0;
    double weights = 0;
    for (int row = 0; row < matrix.rows(); row++) {
      double p = probabilities(matrix, row, point, classes)[matrix.label(row)];
      sum -= matrix.weight(row) * alpha[matrix.label(row)] * Math.pow(1 - p, 1.5) * Math.log(p);
      weights += matrix.weight(row);
    }
    assertThat(loss(objective, pass, point)).isCloseTo(sum / weights, within(1e-9));
  }

  /** Menon et al. 2021, equation 10, written out. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void shiftedLogisticLossIsTheLogitAdjustedOne(int classes) {
    RowMatrix matrix = matrix(classes, 40, 22);
    LocalObjective objective = new LocalObjective(matrix, classes);
    double[] shifts = shifts(classes);
    Loss loss = new Loss.Shifted(new Loss.Logistic(0), shifts);
    Pass pass = new Pass(problem(loss, ones(classes)), objective.dimension());
    double[] point = point(objective.dimension(), 6);

    double sum = 0;
    double weights = 0;
    for (int row = 0; row < matrix.rows(); row++) {
      double[] p = probabilities(matrix, row, point, classes);
      double total = 0;
      for (int k = 0; k < classes; k++) {
        p[k] *= Math.exp(classes == 2 ? (k == 1 ? shifts[0] : 0) : shifts[k]);
        total += p[k];
      }
      sum -= matrix.weight(row) * Math.log(p[matrix.label(row)] / total);
      weights += matrix.weight(row);
    }
    assertThat(loss(objective, pass, point)).isCloseTo(sum / weights, within(1e-9));
  }

  private static double[] probabilities(RowMatrix matrix, int row, double[] point, int classes) {
    int outputs = Loss.outputs(classes);
    double[] p = new double[classes];
    SparseVector vector = new SparseVector();
    matrix.read(row, vector);
    double total = 0;
    for (int k = 0; k < classes; k++) {
      int output = k - (classes - outputs);
      double margin = output < 0 ? 0 : point[FEATURES * outputs + output];
      for (int i = 0; output >= 0 && i < vector.size(); i++) {
        margin += vector.values()[i] * point[vector.indices()[i] * outputs + output];
      }
      p[k] = Math.exp(margin);
      total += p[k];
    }
    for (int k = 0; k < classes; k++) {
      p[k] /= total;
    }
    return p;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void lossIsLogOfClassesWhereAllWeightsAreZero(int classes) {
    LocalObjective objective = new LocalObjective(matrix(classes, 25, 5), classes);
    Pass pass = new Pass(problem(new Loss.Logistic(0), ones(classes)), objective.dimension());
    assertThat(loss(objective, pass, new double[objective.dimension()]))
        .isCloseTo(Math.log(classes), within(1e-11));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void farMarginsNeitherOverflowNorBecomeNaN(Loss loss, int classes) {
    LocalObjective objective = new LocalObjective(matrix(classes, 25, 5), classes);
    Pass pass = new Pass(problem(loss, ones(classes)), objective.dimension());
    for (double intercept : new double[] {-1e4, 1e4}) {
      double[] point = new double[objective.dimension()];
      point[FEATURES * objective.outputs()] = intercept;
      assertThat(loss(objective, pass, point)).isFinite();
      for (double slope : pass.result()) {
        assertThat(slope).isFinite();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-9, -0.5, -1, -10, -30, -59.9})
  void exponentialIsExactToElevenDigits(double x) {
    double[] values = {x};
    Exponential.exp(values, 1);
    assertThat(values[0] / Math.exp(x)).isCloseTo(1, within(1e-11));
    double tail = Math.exp(x);
    assertThat(Exponential.logOnePlus(tail)).isCloseTo(Math.log1p(tail), within(1e-13));
  }

  private static LinearProblem problem(Loss loss, double[] classWeights) {
    return new LinearProblem(loss, 0, 0, true, 100, 1e-9, 0, classWeights);
  }

  private static double loss(LocalObjective objective, Pass pass, double[] point) {
    answer(objective, pass, Pass.Kind.GRADIENT, point, null);
    return pass.loss();
  }

  private static double[] gradient(LocalObjective objective, Pass pass, double[] point) {
    return answer(objective, pass, Pass.Kind.GRADIENT, point, null);
  }

  private static double[] answer(
      LocalObjective objective, Pass pass, Pass.Kind kind, double[] point, double[] direction) {
    pass.ask(kind, point, direction);
    objective.run(List.of(pass));
    return pass.result();
  }

  static RowMatrix matrix(int classes, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RowMatrix matrix = new RowMatrix(FEATURES);
    SparseVector vector = new SparseVector();
    for (int row = 0; row < rows; row++) {
      vector.clear();
      int label = row % classes;
      for (int feature = 0; feature < FEATURES; feature++) {
        if (random.nextInt(3) > 0) {
          double shift = feature % classes == label ? 0.8 : 0;
          vector.add(feature, (float) (random.nextGaussian() + shift));
        }
      }
      matrix.add(vector, label, 0.5f + random.nextInt(3));
    }
    return matrix;
  }

  static double[] ones(int classes) {
    double[] ones = new double[classes];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] alpha(int classes) {
    return IntStream.range(0, classes).mapToDouble(k -> 0.2 + 0.3 * k).toArray();
  }

  private static double[] shifts(int classes) {
    return IntStream.range(0, Loss.outputs(classes)).mapToDouble(k -> 0.4 - 0.7 * k).toArray();
  }

  private static double[] weights(int classes) {
    double[] weights = new double[classes];
    for (int k = 0; k < classes; k++) {
      weights[k] = 1 + k;
    }
    return weights;
  }

  private static double[] point(int dimension, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(dimension, -1, 1).toArray();
  }
}
