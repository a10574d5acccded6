package dev.lakewright.training;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.CalibrationFitting;
import dev.lakewright.calibration.Priors;
import dev.lakewright.config.CalibrationConfig;
import dev.lakewright.tuning.OutOfFold;
import java.util.Arrays;
import java.util.List;

/**
 * From scores to probabilities under the class shares of the table, and of where the model will be
 * used.
 *
 * @param table what out-of-fold rows are measured with, whose class shares are the table's
 * @param deployed what the model carries
 * @param sampling per class, its share in the table over its share in training, up to a factor
 * @param classWeights per class, its share where the model will be used over that in the table
 */
@SuppressWarnings("ArrayRecordComponent")
record Probabilities(
    Calibration table, Calibration deployed, double[] sampling, double[] classWeights) {

  /**
   * @param priorShifts logarithms of {@code sampling}
   */
  static Probabilities fit(
      CalibrationConfig config, List<String> classes, OutOfFold rows, double[] priorShifts) {
    double[] undone = config.correctSampling() ? priorShifts : new double[classes.size()];
    Calibration table =
        CalibrationFitting.fit(
            config.method(), classes.size(), rows.margins(), rows.labels(), undone);
    double[] here = Priors.of(classes.size(), rows.labels());
    double[] ratios = Priors.logRatios(Priors.deployed(config.priors(), classes, here), here);
    return new Probabilities(
        table, table.withPriors(ratios), exponentials(undone), exponentials(ratios));
  }

  private static double[] exponentials(double[] logarithms) {
    return Arrays.stream(logarithms).map(StrictMath::exp).toArray();
  }
}
