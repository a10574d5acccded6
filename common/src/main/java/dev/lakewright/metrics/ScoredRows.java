package dev.lakewright.metrics;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.CalibrationFitting;
import dev.lakewright.calibration.Thresholds;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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

  /** The rows of all, one after the other; of the same classes. */
  public static ScoredRows concatenate(List<ScoredRows> parts) {
    return new ScoredRows(
        parts.get(0).classes,
        parts.stream().flatMapToInt(part -> Arrays.stream(part.labels)).toArray(),
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.probabilities)).toArray(),
        parts.stream().flatMapToInt(part -> Arrays.stream(part.predicted)).toArray());
  }

  /** Those of the rows that are marked, in their order. */
  public ScoredRows where(boolean[] marked) {
    int width = classes.size();
    int[] rows = IntStream.range(0, rows()).filter(row -> marked[row]).toArray();
    double[] chosen = new double[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(probabilities, rows[i] * width, chosen, i * width, width);
    }
    return new ScoredRows(
        classes,
        Arrays.stream(rows).map(row -> labels[row]).toArray(),
        chosen,
        Arrays.stream(rows).map(row -> predicted[row]).toArray());
  }

  /** At most so many of the rows, evenly spread over their order. */
  public ScoredRows thinned(int most) {
    if (rows() <= most) {
      return this;
    }
    int width = classes.size();
    int[] thinLabels = new int[most];
    double[] thinProbabilities = new double[most * width];
    int[] thinPredicted = new int[most];
    for (int i = 0; i < most; i++) {
      int row = (int) ((long) i * rows() / most);
      thinLabels[i] = labels[row];
      thinPredicted[i] = predicted[row];
      System.arraycopy(probabilities, row * width, thinProbabilities, i * width, width);
    }
    return new ScoredRows(classes, thinLabels, thinProbabilities, thinPredicted);
  }

  /** Number of rows. */
  public int rows() {
    return labels.length;
  }

  double probability(int row, int label) {
    return probabilities[row * classes.size() + label];
  }
}
