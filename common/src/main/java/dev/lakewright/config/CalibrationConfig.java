package dev.lakewright.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** How scores become probabilities; fitted on out-of-fold scores. */
public record CalibrationConfig(
    @Key(
            doc = "none, temperature (one number), or isotonic (a step function per class)",
            fallback = "temperature")
        Method method,
    @Key(
            doc =
                "Undo in the probabilities what class weights, other numbers of rows and a logit"
                    + " adjustment did to the shares of the classes; labels are chosen as before",
            fallback = "true")
        boolean correctSampling,
    @Key(
            doc =
                "Shares of classes where the model will be used, such as {spam: 0.05}, if they differ"
                    + " from the table's; the others share the rest as in the table",
            min = 0,
            max = 1)
        Map<String, Double> priors) {

  /** Calibration methods. */
  public enum Method {
    NONE,
    TEMPERATURE,
    ISOTONIC
  }

  public CalibrationConfig {
    priors = Collections.unmodifiableMap(new TreeMap<>(priors));
    priors.forEach(
        (label, share) -> {
          if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                "priors.%s must be above 0 and below 1, not %s".formatted(label, share));
          }
        });
    double sum = priors.values().stream().mapToDouble(Double::doubleValue).sum();
    if (sum > 1 + 1e-6) {
      throw new IllegalArgumentException(
          "priors are shares of one whole, and %s add up to %s".formatted(priors, sum));
    }
  }
}
