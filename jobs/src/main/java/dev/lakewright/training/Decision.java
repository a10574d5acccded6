package dev.lakewright.training;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.CalibrationFitting;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.calibration.ThresholdsFitting;
import dev.lakewright.config.CalibrationConfig;
import dev.lakewright.config.ThresholdsConfig;
import dev.lakewright.metrics.ScoredRows;
import dev.lakewright.tuning.OutOfFold;
import java.util.List;

/**
 * How scores become probabilities and labels, chosen on out-of-fold rows.
 *
 * @param table probabilities under the class shares of the table
 * @param deployed what a model carries: probabilities where it will be used
 * @param thresholds on the latter
 * @param notes one line per class whose goal could not be reached
 * @param chosenOn the rows with their probabilities
 */
public record Decision(
    Calibration table,
    Calibration deployed,
    Thresholds thresholds,
    List<String> notes,
    ThresholdsFitting.Rows chosenOn) {

  /**
   * Chooses.
   *
   * @param priorShifts per class, what its score lacks for the class shares of the table
   */
  public static Decision fit(
      CalibrationConfig calibration,
      ThresholdsConfig thresholds,
      List<String> classes,
      OutOfFold rows,
      double[] priorShifts) {
    Probabilities probabilities = Probabilities.fit(calibration, classes, rows, priorShifts);
    ThresholdsFitting.Rows chosenOn =
        new ThresholdsFitting.Rows(
            classes,
            CalibrationFitting.probabilities(
                probabilities.deployed(), classes.size(), rows.margins()),
            rows.labels(),
            probabilities.classWeights());
    ThresholdsFitting.Fitted fitted =
        ThresholdsFitting.fit(thresholds, chosenOn, probabilities.sampling());
    return new Decision(
        probabilities.table(),
        probabilities.deployed(),
        fitted.thresholds(),
        fitted.notes(),
        chosenOn);
  }

  /** Rows of the table with their probabilities there, and the labels that a model would give. */
  public ScoredRows score(List<String> classes, OutOfFold rows) {
    ScoredRows labelled =
        ScoredRows.of(classes, rows.labels(), rows.margins(), deployed, thresholds);
    return deployed == table
        ? labelled
        : new ScoredRows(
            classes,
            rows.labels(),
            CalibrationFitting.probabilities(table, classes.size(), rows.margins()),
            labelled.predicted());
  }
}
