package dev.lakewright.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.config.CalibrationConfig;
import dev.lakewright.config.ThresholdsConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  private static final double[] MARGINS = {-2, 1.5, .3, -.2, 3, -1, .8, -2.5};
  private static final int[] LABELS = {0, 1, 0, 0, 1, 1, 1, 0};

  private static double[] twoClasses(double[] margins) {
    double[] both = new double[margins.length * 2];
    for (int i = 0; i < margins.length; i++) {
      both[2 * i + 1] = margins[i];
    }
    return both;
  }

  @Test
  void temperatureIsThatOfLeastLogLoss() {
    // scipy.optimize.minimize_scalar on the same log loss
    Calibration fitted =
        CalibrationFitting.fit(
            CalibrationConfig.Method.TEMPERATURE, 2, twoClasses(MARGINS), LABELS);
    assertThat(((Calibration.Temperature) fitted).temperature())
        .isCloseTo(0.8616219513428254, within(1e-5));
  }

  @Test
  void monotoneFunctionIsThatOfScikitLearn() {
    // sklearn.isotonic.IsotonicRegression(out_of_bounds="clip")
    MonotoneFunction function =
        CalibrationFitting.monotone(
            new double[] {.1, .2, .2, .4, .5, .7, .9},
            new boolean[] {false, true, false, false, true, false, true});
    double[] at = {0, .1, .2, .3, .4, .5, .6, .7, .8, .9, 1};
    double[] expected = {0, 0, 1 / 3., 1 / 3., 1 / 3., .5, .5, .5, .75, 1, 1};
    for (int i = 0; i < at.length; i++) {
      assertThat(function.at(at[i])).isCloseTo(expected[i], within(1e-12));
    }
  }

  @Property
  void probabilitiesAddUpToOneAndTemperatureKeepsTheOrder(
      @ForAll @Size(4) List<@DoubleRange(min = -700, max = 700) Double> drawn,
      @ForAll @DoubleRange(min = 0.01, max = 100) double temperature) {
    double[] margins = drawn.stream().mapToDouble(Double::doubleValue).toArray();
    double[] plain = new double[4];
    double[] scaled = new double[4];
    new Calibration.Softmax().apply(margins, plain);
    new Calibration.Temperature(temperature).apply(margins, scaled);
    assertThat(plain[0] + plain[1] + plain[2] + plain[3]).isCloseTo(1, within(1e-12));
    int largest = 0;
    for (int k = 1; k < 4; k++) {
      largest = margins[k] > margins[largest] ? k : largest;
    }
    for (double probability : scaled) {
      assertThat(scaled[largest]).isGreaterThanOrEqualTo(probability);
    }
  }

  @Test
  void storedFormsComeBack() {
    List<Calibration> calibrations =
        List.of(
            new Calibration.Softmax(),
            new Calibration.Temperature(1.7),
            CalibrationFitting.fit(
                CalibrationConfig.Method.ISOTONIC, 2, twoClasses(MARGINS), LABELS));
    for (Calibration calibration : calibrations) {
      double[] expected = new double[2];
      double[] found = new double[2];
      calibration.apply(new double[] {0, .4}, expected);
      Calibration.fromJson(calibration.toJson()).apply(new double[] {0, .4}, found);
      assertThat(found).containsExactly(expected);
    }
  }

  @Test
  void unreadableStoredFormIsRefused() throws IOException {
    assertThatThrownBy(
            () -> Calibration.fromJson(new ObjectMapper().readTree("{\"method\":\"magic\"}")))
        .isInstanceOf(StorageException.class)
        .hasMessage("the stored calibration cannot be read: method is 'magic'");
    assertThatThrownBy(
            () ->
                Thresholds.fromJson(
                    new ObjectMapper().readTree("{\"kind\":\"per_class\",\"values\":[0.5]}"), 2))
        .isInstanceOf(StorageException.class)
        .hasMessage("the stored thresholds cannot be read: 1 values for 2 classes");
  }

  private static ThresholdsFitting.Fitted thresholds(ThresholdsConfig.Goal goal, double precision) {
    double[] positive = {.1, .4, .35, .8, .7, .45, .9, .6};
    int[] labels = {0, 0, 1, 1, 1, 0, 1, 0};
    double[] probabilities = new double[16];
    for (int i = 0; i < 8; i++) {
      probabilities[2 * i] = 1 - positive[i];
      probabilities[2 * i + 1] = positive[i];
    }
    return ThresholdsFitting.fit(
        new ThresholdsConfig(goal, 1, precision, Map.of("ham", Map.of("spam", 5.0))),
        List.of("ham", "spam"),
        probabilities,
        labels);
  }

  @Test
  void thresholdOfBestF1LiesBetweenTheScoresItParts() {
    // F1 by cut: 0.9 -> .4, 0.8 -> .667, 0.7 -> .857, 0.6 -> .75, ...
    Thresholds.PerClass chosen =
        (Thresholds.PerClass) thresholds(ThresholdsConfig.Goal.F1, .9).thresholds();
    assertThat(chosen.values()[1]).isCloseTo(0.65, within(1e-12));
    assertThat(chosen.decide(new double[] {.34, .66})).isEqualTo(1);
    assertThat(chosen.decide(new double[] {.36, .64})).isZero();
  }

  @Test
  void unreachablePrecisionIsSaid() {
    double[] probabilities = {.1, .9, .2, .8};
    ThresholdsFitting.Fitted fitted =
        ThresholdsFitting.fit(
            new ThresholdsConfig(ThresholdsConfig.Goal.RECALL_AT_PRECISION, 1, .9, Map.of()),
            List.of("ham", "spam"),
            probabilities,
            new int[] {0, 1});
    assertThat(fitted.notes())
        .containsExactly(
            "precision 0.9 of class spam is out of reach; its threshold gives 0.5000, the most there is");
  }

  @Test
  void costsMoveTheDecision() {
    Thresholds chosen = thresholds(ThresholdsConfig.Goal.COST, .9).thresholds();
    assertThat(chosen.decide(new double[] {.2, .8})).isZero();
    assertThat(chosen.decide(new double[] {.1, .9})).isEqualTo(1);
  }

  @Test
  void costOfAnUnknownClassIsRefused() {
    ThresholdsConfig config =
        new ThresholdsConfig(ThresholdsConfig.Goal.COST, 1, .9, Map.of("spma", Map.of("ham", 2.0)));
    assertThatThrownBy(
            () ->
                ThresholdsFitting.fit(
                    config, List.of("ham", "spam"), new double[] {.5, .5}, new int[] {0}))
        .isInstanceOf(ConfigException.class)
        .hasMessage("thresholds.cost names the class spma, but the classes are [ham, spam]");
  }
}
