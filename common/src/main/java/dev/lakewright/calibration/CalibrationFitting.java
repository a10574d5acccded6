package dev.lakewright.calibration;

import dev.lakewright.config.CalibrationConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Chooses a calibration on out-of-fold scores. */
public final class CalibrationFitting {

  private static final double LOWEST_LOG = -6;
  private static final double HIGHEST_LOG = 6;
  private static final double PRECISION = 1e-7;

  private CalibrationFitting() {}

  /**
   * Fits.
   *
   * @param margins {@code rows × classes}, row-major
   * @param labels class indices
   * @param shifts per class, the logarithm of what the probabilities of the scores are to be
   *     multiplied with because the model was trained on other class shares than these rows have;
   *     zeros: nothing. The isotonic functions learn that from the rows.
   */
  public static Calibration fit(
      CalibrationConfig.Method method,
      int classes,
      double[] margins,
      int[] labels,
      double[] shifts) {
    return switch (method) {
      case NONE -> new Calibration.Softmax().withPriors(shifts);
      case TEMPERATURE ->
          new Calibration.Temperature(temperature(margins, labels, shifts)).withPriors(shifts);
      case ISOTONIC -> isotonic(classes, margins, labels);
    };
  }

  /**
   * Least log loss over the logarithm of the temperature, in which it has one valley: golden
   * section.
   */
  private static double temperature(double[] margins, int[] labels, double[] shifts) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    double low = LOWEST_LOG;
    double high = HIGHEST_LOG;
    double left = high - ratio * (high - low);
    double right = low + ratio * (high - low);
    double lossLeft = logLoss(left, margins, labels, shifts);
    double lossRight = logLoss(right, margins, labels, shifts);
    while (high - low > PRECISION) {
      if (lossLeft <= lossRight) {
        high = right;
        right = left;
        lossRight = lossLeft;
        left = high - ratio * (high - low);
        lossLeft = logLoss(left, margins, labels, shifts);
      } else {
        low = left;
        left = right;
        lossLeft = lossRight;
        right = low + ratio * (high - low);
        lossRight = logLoss(right, margins, labels, shifts);
      }
    }
    return StrictMath.exp((low + high) / 2);
  }

  private static double logLoss(
      double logTemperature, double[] margins, int[] labels, double[] shifts) {
    int classes = shifts.length;
    double scale = StrictMath.exp(-logTemperature);
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      int base = row * classes;
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        largest = Math.max(largest, margins[base + k] * scale + shifts[k]);
      }
      double total = 0;
      for (int k = 0; k < classes; k++) {
        total += StrictMath.exp(margins[base + k] * scale + shifts[k] - largest);
      }
      int label = labels[row];
      sum += StrictMath.log(total) + largest - margins[base + label] * scale - shifts[label];
    }
    return sum / labels.length;
  }

  private static Calibration isotonic(int classes, double[] margins, int[] labels) {
    int rows = labels.length;
    double[] probabilities = probabilities(new Calibration.Softmax(), classes, margins);
    List<MonotoneFunction> functions = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      double[] scores = new double[rows];
      boolean[] hits = new boolean[rows];
      for (int row = 0; row < rows; row++) {
        scores[row] = probabilities[row * classes + label];
        hits[row] = labels[row] == label;
      }
      functions.add(monotone(scores, hits));
    }
    return new Calibration.Isotonic(functions);
  }

  /** Calibrated probabilities of many rows, {@code rows × classes}. */
  public static double[] probabilities(Calibration calibration, int classes, double[] margins) {
    double[] all = new double[margins.length];
    double[] margin = new double[classes];
    double[] probability = new double[classes];
    for (int base = 0; base < margins.length; base += classes) {
      System.arraycopy(margins, base, margin, 0, classes);
      calibration.apply(margin, probability);
      System.arraycopy(probability, 0, all, base, classes);
    }
    return all;
  }

  /**
   * Least squares under the order, by pooling adjacent violators (Ayer et al., 1955), equal scores
   * being one point. Keeps the first and last score of each level, between which it is flat.
   */
  static MonotoneFunction monotone(double[] scores, boolean[] hits) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] first = new double[scores.length];
    double[] last = new double[scores.length];
    double[] sums = new double[scores.length];
    double[] counts = new double[scores.length];
    int levels = 0;
    for (int at = 0; at < order.length; ) {
      double score = scores[order[at]];
      first[levels] = score;
      last[levels] = score;
      sums[levels] = 0;
      counts[levels] = 0;
      for (; at < order.length && scores[order[at]] == score; at++) {
        sums[levels] += hits[order[at]] ? 1 : 0;
        counts[levels]++;
      }
      levels++;
      while (levels > 1
          && sums[levels - 2] * counts[levels - 1] >= sums[levels - 1] * counts[levels - 2]) {
        levels--;
        sums[levels - 1] += sums[levels];
        counts[levels - 1] += counts[levels];
        last[levels - 1] = last[levels];
      }
    }
    double[] x = new double[2 * levels];
    double[] y = new double[2 * levels];
    int points = 0;
    for (int level = 0; level < levels; level++) {
      double mean = sums[level] / counts[level];
      x[points] = first[level];
      y[points++] = mean;
      if (last[level] > first[level]) {
        x[points] = last[level];
        y[points++] = mean;
      }
    }
    return new MonotoneFunction(Arrays.copyOf(x, points), Arrays.copyOf(y, points));
  }
}
