package dev.lakewright.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.config.CalibrationConfig;
import dev.lakewright.errors.ConfigException;
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
            CalibrationConfig.Method.TEMPERATURE, 2, twoClasses(MARGINS), LABELS, new double[2]);
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
            new Calibration.Temperature(1.7).withPriors(new double[] {0.3, -1.2}),
            CalibrationFitting.fit(
                CalibrationConfig.Method.ISOTONIC, 2, twoClasses(MARGINS), LABELS, new double[2]));
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
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the stored calibration cannot be read: method is 'magic'");
    assertThatThrownBy(
            () ->
                Thresholds.fromJson(
                    new ObjectMapper().readTree("{\"kind\":\"per_class\",\"values\":[2]}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the stored thresholds cannot be read: a threshold must be in (0, 1], not 2.0");
  }

  @Test
  void priorsChangeProbabilitiesAsElkanSays() {
    // Elkan 2001, theorem 2: p' = b' (p - p b) / (b - p b + b' p - b b'), base rates b to b'
    double p = 0.7;
    double b = 0.5;
    double deployed = 0.05;
    double expected = deployed * (p - p * b) / (b - p * b + deployed * p - b * deployed);
    Calibration corrected =
        new Calibration.Softmax()
            .withPriors(
                Priors.logRatios(new double[] {1 - deployed, deployed}, new double[] {1 - b, b}));
    double[] probabilities = new double[2];
    corrected.apply(new double[] {0, Math.log(p / (1 - p))}, probabilities);
    assertThat(probabilities[1]).isCloseTo(expected, within(1e-12));
  }

  @Property
  void correctedProbabilitiesAddUpToOneAndThereAndBackIsTheIdentity(
      @ForAll @Size(3) List<@DoubleRange(min = -30, max = 30) Double> drawn,
      @ForAll @Size(3) List<@DoubleRange(min = -7, max = 7) Double> ratios) {
    double[] margins = drawn.stream().mapToDouble(Double::doubleValue).toArray();
    double[] there = ratios.stream().mapToDouble(Double::doubleValue).toArray();
    double[] back = ratios.stream().mapToDouble(ratio -> -ratio).toArray();
    double[] plain = new double[3];
    double[] corrected = new double[3];
    double[] returned = new double[3];
    new Calibration.Softmax().apply(margins, plain);
    new Calibration.Softmax().withPriors(there).apply(margins, corrected);
    new Calibration.Softmax().withPriors(there).withPriors(back).apply(margins, returned);
    assertThat(corrected[0] + corrected[1] + corrected[2]).isCloseTo(1, within(1e-12));
    assertThat(returned).containsExactly(plain, within(1e-12));
  }

  @Test
  void sharesThatDoNotChangeLeaveNoTrace() {
    Calibration temperature = new Calibration.Temperature(2);
    assertThat(temperature.withPriors(new double[] {-0.3, -0.3, -0.3})).isSameAs(temperature);
  }

  @Test
  void temperatureIsThatOfLeastLogLossAfterTheSharesAreCorrected() {
    double[] shifts = {0, -Math.log(9)};
    Calibration.PriorCorrected fitted =
        (Calibration.PriorCorrected)
            CalibrationFitting.fit(
                CalibrationConfig.Method.TEMPERATURE, 2, twoClasses(MARGINS), LABELS, shifts);
    double temperature = ((Calibration.Temperature) fitted.of()).temperature();
    for (double factor : new double[] {0.99, 1.01}) {
      assertThat(logLoss(new Calibration.Temperature(temperature * factor).withPriors(shifts)))
          .isGreaterThan(logLoss(fitted));
    }
  }

  private static double logLoss(Calibration calibration) {
    double[] probabilities = CalibrationFitting.probabilities(calibration, 2, twoClasses(MARGINS));
    double sum = 0;
    for (int row = 0; row < LABELS.length; row++) {
      sum -= Math.log(probabilities[2 * row + LABELS[row]]);
    }
    return sum;
  }

  @Test
  void classesThatAreNotStatedShareTheRestAsInTheTable() {
    List<String> classes = List.of("a", "b", "c");
    double[] table = {0.5, 0.3, 0.2};
    assertThat(Priors.deployed(Map.of(), classes, table)).containsExactly(table);
    assertThat(Priors.deployed(Map.of("a", 0.2), classes, table))
        .containsExactly(new double[] {0.2, 0.48, 0.32}, within(1e-12));
    assertThat(Priors.deployed(Map.of("a", 0.1, "b", 0.2, "c", 0.7), classes, table))
        .containsExactly(new double[] {0.1, 0.2, 0.7}, within(1e-12));
  }

  @Test
  void sharesThatAreNoWholeAreRefused() {
    List<String> classes = List.of("ham", "spam");
    double[] table = {0.5, 0.5};
    assertThatThrownBy(() -> Priors.deployed(Map.of("spma", 0.2), classes, table))
        .isInstanceOf(ConfigException.class)
        .hasMessage("calibration.priors names the class spma, but the classes are [ham, spam]");
    assertThatThrownBy(() -> Priors.deployed(Map.of("ham", 0.25, "spam", 0.5), classes, table))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("leave 0.25 for the other classes");
  }
}
