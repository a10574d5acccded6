package dev.lakewright.calibration;

import dev.lakewright.config.ThresholdsConfig;
import java.util.Optional;

/**
 * The cut between two neighbouring scores of one class that serves a goal best against the rest.
 */
final class ClassCut {

  private final ThresholdsConfig config;
  private final String label;
  private final double positives;
  private double bestValue = Double.NEGATIVE_INFINITY;
  private double bestBound;
  private double threshold = 0.5;

  private ClassCut(ThresholdsConfig config, String label, double positives) {
    this.config = config;
    this.label = label;
    this.positives = positives;
  }

  /**
   * Looks at all cuts.
   *
   * @param scores of the class, one per row
   * @param classWeights how much a row of each class counts
   */
  static ClassCut best(
      ThresholdsConfig config,
      String label,
      int place,
      double[] scores,
      int[] labels,
      double[] classWeights) {
    double positives = 0;
    for (int row : labels) {
      positives += row == place ? classWeights[place] : 0;
    }
    ClassCut cut = new ClassCut(config, label, positives);
    int[] order = Ranking.descending(scores);
    double hits = 0;
    double predicted = 0;
    for (int rank = 0; rank < order.length; rank++) {
      int of = labels[order[rank]];
      hits += of == place ? classWeights[of] : 0;
      predicted += classWeights[of];
      double score = scores[order[rank]];
      double next = rank + 1 < order.length ? scores[order[rank + 1]] : 0;
      if (score > next) {
        cut.consider(hits, predicted, (score + next) / 2);
      }
    }
    return cut;
  }

  private void consider(double hits, double predicted, double at) {
    double precision = hits / predicted;
    double recall = positives == 0 ? 0 : hits / positives;
    double value =
        switch (config.goal()) {
          case F1 -> score(precision, recall, 1);
          case FBETA -> score(precision, recall, config.beta());
          // what is out of reach: the nearest to it
          case RECALL_AT_PRECISION ->
              precision >= config.leastPrecision(label) ? 1 + recall : precision;
          case PRECISION_AT_RECALL -> recall >= config.leastRecall(label) ? 1 + precision : recall;
          default -> throw new IllegalStateException(config.goal() + " is no goal of one class");
        };
    if (value > bestValue) {
      bestValue = value;
      bestBound = config.goal() == ThresholdsConfig.Goal.PRECISION_AT_RECALL ? recall : precision;
      threshold = at;
    }
  }

  private static double score(double precision, double recall, double beta) {
    double square = beta * beta;
    double below = square * precision + recall;
    return below == 0 ? 0 : (1 + square) * precision * recall / below;
  }

  double threshold() {
    return threshold;
  }

  /** A line when the goal's bound is out of reach. */
  Optional<String> note() {
    return switch (config.goal()) {
      case RECALL_AT_PRECISION -> missed("precision", config.leastPrecision(label));
      case PRECISION_AT_RECALL -> missed("recall", config.leastRecall(label));
      default -> Optional.empty();
    };
  }

  private Optional<String> missed(String bound, double least) {
    return bestBound >= least
        ? Optional.empty()
        : Optional.of(
            "%s %s of class %s is out of reach; its threshold gives %.4f, the most there is"
                .formatted(bound, least, label, bestBound));
  }
}
