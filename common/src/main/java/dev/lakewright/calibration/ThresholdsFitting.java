package dev.lakewright.calibration;

import dev.lakewright.config.ThresholdsConfig;
import dev.lakewright.errors.ConfigException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Chooses thresholds for a goal on calibrated out-of-fold probabilities. */
public final class ThresholdsFitting {

  private static final double LEAST = 1e-6;

  private ThresholdsFitting() {}

  /**
   * Out-of-fold rows to choose on.
   *
   * @param probabilities {@code rows × classes}, row-major, as the model will give them
   * @param labels class indices
   * @param classWeights how much a row of each class counts: its share where the model will be used
   *     over its share among these rows
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Rows(
      List<String> classes, double[] probabilities, int[] labels, double[] classWeights) {

    double[] scores(int label) {
      double[] scores = new double[labels.length];
      for (int row = 0; row < scores.length; row++) {
        scores[row] = probabilities[row * classes.size() + label];
      }
      return scores;
    }
  }

  /**
   * What was chosen.
   *
   * @param notes one line per class whose goal could not be reached, and what was done instead
   */
  public record Fitted(Thresholds thresholds, List<String> notes) {}

  /**
   * Fits. Goals of one class are, of two classes, those of the positive one; of more they are each
   * class's against the rest.
   *
   * @param sampling per class, its share in the table over its share in training, as weights, other
   *     numbers of rows and a logit adjustment made it. Without a goal these keep their say over
   *     labels, as the costs of errors that they are (Elkan 2001, theorem 1)
   */
  public static Fitted fit(ThresholdsConfig config, Rows rows, double[] sampling) {
    return switch (config.goal()) {
      case NONE -> new Fitted(asTrained(sampling), List.of());
      case COST -> new Fitted(new Thresholds.LeastCost(costs(config, rows.classes())), List.of());
      case F1, FBETA, RECALL_AT_PRECISION, PRECISION_AT_RECALL -> perClass(config, rows);
      case MACRO_F1, BALANCED_ACCURACY, G_MEAN, MCC, ACCURACY ->
          new Fitted(
              new Thresholds.PerClass(
                  new JointThresholds(
                          config.goal(), rows.probabilities(), rows.labels(), rows.classWeights())
                      .best()),
              List.of());
    };
  }

  /**
   * Checks the classes that the settings name, which is known before any model is.
   *
   * @throws ConfigException when there is no such class
   */
  public static void check(ThresholdsConfig config, List<String> classes) {
    requireKnown("cost", config.cost().keySet(), classes);
    config.cost().values().forEach(row -> requireKnown("cost", row.keySet(), classes));
    requireKnown("least", config.least().keySet(), classes);
    requireKnown("positive", config.positive().stream().toList(), classes);
    if (config.positive().isPresent() && classes.size() > 2) {
      throw new ConfigException(
          "thresholds.positive is of two classes, and there are %d, each of which has its own threshold; remove it"
              .formatted(classes.size()));
    }
  }

  private static void requireKnown(String key, Collection<String> names, List<String> classes) {
    for (String name : names) {
      if (!classes.contains(name)) {
        throw new ConfigException(
            "thresholds.%s names the class %s, but the classes are %s"
                .formatted(key, name, classes));
      }
    }
  }

  private static Thresholds asTrained(double[] sampling) {
    double most = Arrays.stream(sampling).max().orElse(1);
    double least = Arrays.stream(sampling).min().orElse(1);
    if (most - least <= most * Calibration.LEAST_CHANGE) {
      return new Thresholds.MostProbable();
    }
    return new Thresholds.PerClass(Arrays.stream(sampling).map(factor -> factor / most).toArray());
  }

  private static Fitted perClass(ThresholdsConfig config, Rows rows) {
    int width = rows.classes().size();
    List<String> notes = new ArrayList<>();
    double[] values = new double[width];
    if (width == 2) {
      int positive = config.positive().map(rows.classes()::indexOf).orElse(1);
      values[positive] = threshold(config, rows, positive, notes);
      values[1 - positive] = 1 - values[positive];
    } else {
      for (int label = 0; label < width; label++) {
        values[label] = threshold(config, rows, label, notes);
      }
    }
    return new Fitted(new Thresholds.PerClass(values), notes);
  }

  private static double threshold(
      ThresholdsConfig config, Rows rows, int label, List<String> notes) {
    ClassCut cut =
        ClassCut.best(
            config,
            rows.classes().get(label),
            label,
            rows.scores(label),
            rows.labels(),
            rows.classWeights());
    cut.note().ifPresent(notes::add);
    return Math.max(LEAST, Math.min(1 - LEAST, cut.threshold()));
  }

  private static double[][] costs(ThresholdsConfig config, List<String> classes) {
    check(config, classes);
    int width = classes.size();
    double[][] costs = new double[width][width];
    for (int label = 0; label < width; label++) {
      for (int predicted = 0; predicted < width; predicted++) {
        costs[label][predicted] = label == predicted ? 0 : 1;
      }
    }
    for (Map.Entry<String, Map<String, Double>> row : config.cost().entrySet()) {
      for (Map.Entry<String, Double> cell : row.getValue().entrySet()) {
        costs[classes.indexOf(row.getKey())][classes.indexOf(cell.getKey())] = cell.getValue();
      }
    }
    return costs;
  }
}
