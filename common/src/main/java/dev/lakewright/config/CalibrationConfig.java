package dev.lakewright.config;

/** How scores become probabilities; fitted on out-of-fold scores. */
public record CalibrationConfig(
    @Key(
            doc = "none, temperature (one number), or isotonic (a step function per class)",
            fallback = "temperature")
        Method method) {

  /** Calibration methods. */
  public enum Method {
    NONE,
    TEMPERATURE,
    ISOTONIC
  }
}
