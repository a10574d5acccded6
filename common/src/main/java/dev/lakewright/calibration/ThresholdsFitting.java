package dev.lakewright.calibration;

import dev.lakewright.config.ThresholdsConfig;
import dev.lakewright.errors.ConfigException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Chooses thresholds for a goal on calibrated out-of-fold probabilities. */
public final class ThresholdsFitting {

  private static final double LEAST = 1e-6;

  private ThresholdsFitting() {}

  /**
   * What was chosen.
   *
   * @param notes one line per class whose goal could not be reached, and what was done instead
   */
  public record Fitted(Thresholds thresholds, List<String> notes) {}

  /**
   * Fits. For two classes the goal is that of the second; for more it is each class's, against the
   * rest.
   *
   * @param probabilities {@code rows × classes}, row-major
   * @param labels class indices
   */
  public static Fitted fit(
      ThresholdsConfig config, List<String> classes, double[] probabilities, int[] labels) {
    return switch (config.goal()) {
      case NONE -> new Fitted(new Thresholds.MostProbable(), List.of());
      case COST -> new Fitted(new Thresholds.LeastCost(costs(config, classes)), List.of());
      case F1, FBETA, RECALL_AT_PRECISION -> perClass(config, classes, probabilities, labels);
    };
  }

  private static Fitted perClass(
      ThresholdsConfig config, List<String> classes, double[] probabilities, int[] labels) {
    int width = classes.size();
    List<String> notes = new ArrayList<>();
    if (width == 2) {
      double threshold = clamp(best(config, classes, 1, probabilities, labels, notes));
      return new Fitted(new Thresholds.PerClass(new double[] {1 - threshold, threshold}), notes);
    }
    double[] values = new double[width];
    for (int label = 0; label < width; label++) {
      values[label] = clamp(best(config, classes, label, probabilities, labels, notes));
    }
    return new Fitted(new Thresholds.PerClass(values), notes);
  }

  private static double clamp(double threshold) {
    return Math.max(LEAST, Math.min(1 - LEAST, threshold));
  }

  /** The cut between two neighbouring scores of a class that serves the goal best. */
  private static double best(
      ThresholdsConfig config,
      List<String> classes,
      int label,
      double[] probabilities,
      int[] labels,
      List<String> notes) {
    int width = classes.size();
    int[] order =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -probabilities[row * width + label]))
            .mapToInt(Integer::intValue)
            .toArray();
    long positives = IntStream.of(labels).filter(l -> l == label).count();
    Choice choice = new Choice(config, positives);
    long hits = 0;
    for (int rank = 0; rank < order.length; rank++) {
      hits += labels[order[rank]] == label ? 1 : 0;
      double score = probabilities[order[rank] * width + label];
      double next = rank + 1 < order.length ? probabilities[order[rank + 1] * width + label] : 0;
      if (score > next) {
        choice.consider(hits, rank + 1L, (score + next) / 2);
      }
    }
    choice.note(classes.get(label)).ifPresent(notes::add);
    return choice.threshold;
  }

  /** The best cut so far. */
  private static final class Choice {
    private final ThresholdsConfig config;
    private final long positives;
    private double bestValue = Double.NEGATIVE_INFINITY;
    private double bestPrecision;
    private double threshold = 0.5;

    Choice(ThresholdsConfig config, long positives) {
      this.config = config;
      this.positives = positives;
    }

    void consider(long hits, long predicted, double cut) {
      double precision = (double) hits / predicted;
      double recall = positives == 0 ? 0 : (double) hits / positives;
      double value =
          switch (config.goal()) {
            case F1 -> score(precision, recall, 1);
            case FBETA -> score(precision, recall, config.beta());
            // unreachable precision: the nearest to it
            default -> precision >= config.precision() ? 1 + recall : precision;
          };
      if (value > bestValue) {
        bestValue = value;
        bestPrecision = precision;
        threshold = cut;
      }
    }

    Optional<String> note(String label) {
      boolean missed =
          config.goal() == ThresholdsConfig.Goal.RECALL_AT_PRECISION
              && bestPrecision < config.precision();
      return missed
          ? Optional.of(
              "precision %s of class %s is out of reach; its threshold gives %.4f, the most there is"
                  .formatted(config.precision(), label, bestPrecision))
          : Optional.empty();
    }

    private static double score(double precision, double recall, double beta) {
      double square = beta * beta;
      double below = square * precision + recall;
      return below == 0 ? 0 : (1 + square) * precision * recall / below;
    }
  }

  private static double[][] costs(ThresholdsConfig config, List<String> classes) {
    int width = classes.size();
    double[][] costs = new double[width][width];
    for (int label = 0; label < width; label++) {
      for (int predicted = 0; predicted < width; predicted++) {
        costs[label][predicted] = label == predicted ? 0 : 1;
      }
    }
    for (Map.Entry<String, Map<String, Double>> row : config.cost().entrySet()) {
      for (Map.Entry<String, Double> cell : row.getValue().entrySet()) {
        costs[place(classes, row.getKey())][place(classes, cell.getKey())] = cell.getValue();
      }
    }
    return costs;
  }

  private static int place(List<String> classes, String label) {
    int place = classes.indexOf(label);
    if (place < 0) {
      throw new ConfigException(
          "thresholds.cost names the class %s, but the classes are %s".formatted(label, classes));
    }
    return place;
  }
}
