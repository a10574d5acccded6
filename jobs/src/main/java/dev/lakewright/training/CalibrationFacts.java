package dev.lakewright.training;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.metrics.Metric;
import dev.lakewright.metrics.ScoredRows;

/**
 * What calibration did to the out-of-fold scores it was fitted on, measured under the class shares
 * that these rows have.
 *
 * @param calibration what the model carries
 * @param logLossBefore of the softmax of the raw scores
 */
public record CalibrationFacts(
    Calibration calibration,
    double logLossBefore,
    double logLossAfter,
    double errorBefore,
    double errorAfter) {

  static CalibrationFacts of(Calibration calibration, ScoredRows before, ScoredRows after) {
    return new CalibrationFacts(
        calibration,
        Metric.LOG_LOSS.of(before),
        Metric.LOG_LOSS.of(after),
        Metric.CALIBRATION_ERROR.of(before),
        Metric.CALIBRATION_ERROR.of(after));
  }
}
