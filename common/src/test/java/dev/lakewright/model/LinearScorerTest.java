package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearScorerTest {

  @Test
  void scoresTwoClassesByTheMarginOfTheSecond() {
    LinearScorer scorer = new LinearScorer(3, 2, new float[] {1, 2, 4}, new double[] {0.5});
    double[] margins = {9, 9};
    scorer.score(vector(0, 10, 2, 100), margins);

    assertThat(margins).containsExactly(0, 410.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 7, 8, 20})
  void sumsFromTheInterceptOnByAscendingFeature(int classes) {
    SplittableRandom random = new SplittableRandom(classes);
    float[] weights = new float[50 * classes];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-1, 1);
    }
    double[] intercepts = random.doubles(classes, -1, 1).toArray();
    SparseVector vector = new SparseVector();
    double[] expected = intercepts.clone();
    for (int feature = 0; feature < 50; feature += 3) {
      float value = (float) random.nextDouble();
      vector.add(feature, value);
      for (int k = 0; k < classes; k++) {
        expected[k] += (double) value * weights[feature * classes + k];
      }
    }
    double[] margins = new double[classes];
    new LinearScorer(50, classes, weights, intercepts).score(vector, margins);

    assertThat(margins).isEqualTo(expected);
  }

  @Test
  void givesTheFirstOfTwoClassesTheNegatedWeight() {
    LinearScorer scorer = new LinearScorer(1, 2, new float[] {3}, new double[] {0});

    assertThat(scorer.weight(0, 0)).isEqualTo(-3);
    assertThat(scorer.weight(0, 1)).isEqualTo(3);
  }

  @Test
  void refusesParametersThatDoNotFit() {
    assertThatThrownBy(() -> new LinearScorer(2, 3, new float[5], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 features and 3 classes need 6 weights and 3 intercepts, not 5 and 3");
    assertThatThrownBy(() -> new LinearScorer(2, 1, new float[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a scorer needs at least 2 classes, not 1");
    assertThatThrownBy(() -> new LinearScorer(1, 2, new float[] {Float.NaN}, new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weights and intercepts must be finite");
  }

  private static SparseVector vector(int first, float firstValue, int second, float secondValue) {
    SparseVector vector = new SparseVector();
    vector.add(first, firstValue);
    vector.add(second, secondValue);
    return vector;
  }
}
