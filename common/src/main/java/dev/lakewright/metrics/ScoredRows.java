package dev.lakewright.metrics;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.CalibrationFitting;
import dev.lakewright.calibration.Thresholds;
import java.util.List;

/**
 * Labelled rows with their scores.
 *
 * @param labels class indices; -1 for a label that the model does not know, which counts as an
 *     error and is left out of everything about probabilities
 * @param probabilities {@code rows × classes}, row-major
 * @param predicted class indices
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredRows(
    List<String> classes, int[] labels, double[] probabilities, int[] predicted) {

  public ScoredRows {
    classes = List.copyOf(classes);
    if (predicted.length != labels.length
        || probabilities.length != labels.length * classes.size()) {
      throw new IllegalArgumentException(
          "%d labels, %d predictions and %d probabilities of %d classes do not fit"
              .formatted(labels.length, predicted.length, probabilities.length, classes.size()));
    }
  }

  /** Rows from raw scores. */
  public static ScoredRows of(
      List<String> classes,
      int[] labels,
      double[] margins,
      Calibration calibration,
      Thresholds thresholds) {
    int width = classes.size();
    double[] probabilities = CalibrationFitting.probabilities(calibration, width, margins);
    int[] predicted = new int[labels.length];
    double[] probability = new double[width];
    for (int row = 0; row < labels.length; row++) {
      System.arraycopy(probabilities, row * width, probability, 0, width);
      predicted[row] = thresholds.decide(probability);
    }
    return new ScoredRows(classes, labels, probabilities, predicted);
  }

  /** Number of rows. */
  public int rows() {
    return labels.length;
  }

  double probability(int row, int label) {
    return probabilities[row * classes.size() + label];
  }
}
