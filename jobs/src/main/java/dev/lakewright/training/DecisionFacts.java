package dev.lakewright.training;

import dev.lakewright.calibration.Thresholds;
import dev.lakewright.calibration.ThresholdsFitting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How probabilities become labels, and what that comes to on the out-of-fold rows that the
 * thresholds were chosen on, rows counting by the class shares where the model will be used.
 *
 * @param goal in the words of the configuration
 */
public record DecisionFacts(String goal, List<OfClass> perClass) {

  /**
   * One class.
   *
   * @param threshold what its probability is measured by; absent where there is none per class
   */
  public record OfClass(
      String label, OptionalDouble threshold, double precision, double recall, double f1) {}

  static DecisionFacts of(String goal, Thresholds thresholds, ThresholdsFitting.Rows rows) {
    int width = rows.classes().size();
    double[] support = new double[width];
    double[] predicted = new double[width];
    double[] hits = new double[width];
    double[] probability = new double[width];
    for (int row = 0; row < rows.labels().length; row++) {
      System.arraycopy(rows.probabilities(), row * width, probability, 0, width);
      int decision = thresholds.decide(probability);
      int label = rows.labels()[row];
      double weight = rows.classWeights()[label];
      support[label] += weight;
      predicted[decision] += weight;
      hits[label] += label == decision ? weight : 0;
    }
    List<OfClass> perClass = new ArrayList<>();
    for (int k = 0; k < width; k++) {
      perClass.add(
          new OfClass(
              rows.classes().get(k),
              threshold(thresholds, k),
              ratio(hits[k], predicted[k]),
              ratio(hits[k], support[k]),
              ratio(2 * hits[k], predicted[k] + support[k])));
    }
    return new DecisionFacts(goal.toLowerCase(Locale.ROOT), perClass);
  }

  private static OptionalDouble threshold(Thresholds thresholds, int label) {
    return thresholds instanceof Thresholds.PerClass perClass
        ? OptionalDouble.of(perClass.values()[label])
        : OptionalDouble.empty();
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
