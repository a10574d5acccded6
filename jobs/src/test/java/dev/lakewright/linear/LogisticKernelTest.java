package dev.lakewright.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.model.SparseVector;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticKernelTest {

  private static final int FEATURES = 7;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void gradientAgreesWithFiniteDifferences(int classes) {
    LocalObjective objective = new LocalObjective(matrix(classes, 40, 11), classes);
    double[][] classWeights = {ones(classes), weights(classes)};
    double[][] points = {point(objective.dimension(), 3), point(objective.dimension(), 4)};
    double[][] gradients = new double[2][objective.dimension()];
    objective.evaluate(classWeights, points, new double[2], gradients);

    for (int model = 0; model < 2; model++) {
      for (int i = 0; i < objective.dimension(); i++) {
        double slope = slope(objective, classWeights, points, model, i);
        assertThat(gradients[model][i]).isCloseTo(slope, within(1e-6));
      }
    }
  }

  private static double slope(
      LocalObjective objective, double[][] weights, double[][] points, int model, int coordinate) {
    double step = 1e-6;
    double[] losses = new double[2];
    double[][] ignored = new double[2][objective.dimension()];
    double kept = points[model][coordinate];
    points[model][coordinate] = kept + step;
    objective.evaluate(weights, points, losses, ignored);
    double above = losses[model];
    points[model][coordinate] = kept - step;
    objective.evaluate(weights, points, losses, ignored);
    points[model][coordinate] = kept;
    return (above - losses[model]) / (2 * step);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void lossIsLogOfClassesWhereAllWeightsAreZero(int classes) {
    LocalObjective objective = new LocalObjective(matrix(classes, 25, 5), classes);
    double[] losses = new double[1];
    objective.evaluate(
        new double[][] {ones(classes)},
        new double[1][objective.dimension()],
        losses,
        new double[1][objective.dimension()]);
    assertThat(losses[0]).isCloseTo(Math.log(classes), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e4, 1e4})
  void farMarginsNeitherOverflowNorBecomeNaN(double intercept) {
    LocalObjective objective = new LocalObjective(matrix(2, 25, 5), 2);
    double[] point = new double[objective.dimension()];
    point[FEATURES] = intercept;
    double[] losses = new double[1];
    double[][] gradient = new double[1][objective.dimension()];
    objective.evaluate(new double[][] {ones(2)}, new double[][] {point}, losses, gradient);
    assertThat(losses[0]).isFinite();
    assertThat(gradient[0]).doesNotContain(Double.NaN);
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
