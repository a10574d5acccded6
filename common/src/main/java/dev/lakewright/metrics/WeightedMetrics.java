package dev.lakewright.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Metrics of some rows under row weights. What does not depend on the weights (order by score, loss
 * of each row) is worked out once, so that each of a bootstrap's draws costs one pass.
 */
final class WeightedMetrics {

  static final int BINS = 15;
  private static final double LEAST_PROBABILITY = Math.ulp(1.0);

  /** What metrics look at; each includes those before it, and costs more. */
  enum Scope {
    PREDICTIONS,
    PROBABILITIES,
    RANKINGS;

    boolean includes(Scope other) {
      return compareTo(other) >= 0;
    }
  }

  private final ScoredRows rows;
  private final Scope scope;
  private final int width;
  private final RankedRows[] ranked;
  private final double[] losses;
  private final double[] squares;
  private final double[] tops;
  private final int[] bins;
  private final boolean[] topHits;

  /**
   * @param scope of the metrics that are wanted
   */
  WeightedMetrics(ScoredRows rows, Scope scope) {
    int prepared = scope.includes(Scope.PROBABILITIES) ? rows.rows() : 0;
    this.rows = rows;
    this.scope = scope;
    this.width = rows.classes().size();
    this.ranked = new RankedRows[width];
    this.losses = new double[prepared];
    this.squares = new double[prepared];
    this.tops = new double[prepared];
    this.bins = new int[prepared];
    this.topHits = new boolean[prepared];
    for (int row = 0; row < prepared; row++) {
      if (rows.labels()[row] >= 0) {
        prepare(row);
      }
    }
    for (int label = 0; scope.includes(Scope.RANKINGS) && label < width; label++) {
      ranked[label] = new RankedRows(rows, label);
    }
  }

  private void prepare(int row) {
    int label = rows.labels()[row];
    losses[row] = -StrictMath.log(Math.max(LEAST_PROBABILITY, rows.probability(row, label)));
    int top = 0;
    for (int k = 0; k < width; k++) {
      double distance = rows.probability(row, k) - (k == label ? 1 : 0);
      squares[row] += distance * distance;
      if (rows.probability(row, k) > rows.probability(row, top)) {
        top = k;
      }
    }
    if (width == 2) {
      squares[row] /= 2;
    }
    tops[row] = rows.probability(row, top);
    bins[row] = Math.min(BINS - 1, (int) (tops[row] * BINS));
    topHits[row] = top == label;
  }

  /** The rows by the probability of a class; only where rankings are in scope. */
  RankedRows ranked(int label) {
    return ranked[label];
  }

  /** Ranking metrics of one class against the rest. */
  record Ranking(double rocAuc, double prAuc) {}

  /**
   * Everything under one set of weights.
   *
   * @param values of the metrics in scope
   * @param rankings per class; none where these are not in scope
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Measured(
      Map<Metric, Double> values,
      double[] precision,
      double[] recall,
      double[] f1,
      double[] support,
      Ranking[] rankings) {
    double value(Metric metric) {
      return values.get(metric);
    }
  }

  /**
   * Measures.
   *
   * @param weights one per row, whole numbers in a bootstrap
   */
  Measured measure(double[] weights) {
    double[][] confusion = new double[width][width];
    double[] unknown = new double[width];
    for (int row = 0; row < weights.length; row++) {
      int label = rows.labels()[row];
      (label < 0 ? unknown : confusion[label])[rows.predicted()[row]] += weights[row];
    }
    ConfusionMetrics counts = new ConfusionMetrics(confusion, unknown);
    EnumMap<Metric, Double> values = new EnumMap<>(Metric.class);
    counts.put(values);
    if (scope.includes(Scope.PROBABILITIES)) {
      putProbabilistic(weights, values);
    }
    Ranking[] rankings = new Ranking[scope.includes(Scope.RANKINGS) ? width : 0];
    if (scope.includes(Scope.RANKINGS)) {
      for (int label = 0; label < width; label++) {
        rankings[label] = ranked[label].ranking(weights);
      }
      values.put(Metric.ROC_AUC, average(rankings, Ranking::rocAuc));
      values.put(Metric.PR_AUC, average(rankings, Ranking::prAuc));
    }
    return new Measured(
        values, counts.precision(), counts.recall(), counts.f1(), counts.support(), rankings);
  }

  private double average(Ranking[] rankings, ToDoubleFunction<Ranking> value) {
    if (width == 2) {
      return value.applyAsDouble(rankings[1]);
    }
    double sum = 0;
    int defined = 0;
    for (Ranking ranking : rankings) {
      double one = value.applyAsDouble(ranking);
      if (!Double.isNaN(one)) {
        sum += one;
        defined++;
      }
    }
    return defined == 0 ? Double.NaN : sum / defined;
  }

  private void putProbabilistic(double[] weights, Map<Metric, Double> values) {
    double total = 0;
    double loss = 0;
    double square = 0;
    double[] binWeights = new double[BINS];
    double[] binHits = new double[BINS];
    double[] binTops = new double[BINS];
    for (int row = 0; row < weights.length; row++) {
      double weight = weights[row];
      if (weight == 0 || rows.labels()[row] < 0) {
        continue;
      }
      total += weight;
      loss += weight * losses[row];
      square += weight * squares[row];
      binWeights[bins[row]] += weight;
      binHits[bins[row]] += topHits[row] ? weight : 0;
      binTops[bins[row]] += weight * tops[row];
    }
    double gap = 0;
    for (int bin = 0; bin < BINS; bin++) {
      gap += Math.abs(binHits[bin] - binTops[bin]);
    }
    values.put(Metric.LOG_LOSS, loss / total);
    values.put(Metric.BRIER, square / total);
    values.put(Metric.CALIBRATION_ERROR, gap / total);
  }
}
