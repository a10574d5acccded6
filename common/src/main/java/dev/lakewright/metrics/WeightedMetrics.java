package dev.lakewright.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * All metrics of some rows under row weights. What does not depend on the weights (order by score,
 * loss of each row) is worked out once, so that each of a bootstrap's draws costs one pass.
 */
final class WeightedMetrics {

  static final int BINS = 15;
  private static final double LEAST_PROBABILITY = Math.ulp(1.0);

  private final ScoredRows rows;
  private final int width;
  private final RankedRows[] ranked;
  private final double[] losses;
  private final double[] squares;
  private final double[] tops;
  private final int[] bins;
  private final boolean[] topHits;

  WeightedMetrics(ScoredRows rows) {
    this.rows = rows;
    this.width = rows.classes().size();
    this.ranked = new RankedRows[width];
    this.losses = new double[rows.rows()];
    this.squares = new double[rows.rows()];
    this.tops = new double[rows.rows()];
    this.bins = new int[rows.rows()];
    this.topHits = new boolean[rows.rows()];
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.labels()[row] >= 0) {
        prepare(row);
      }
    }
    for (int label = 0; label < width; label++) {
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

  /** Ranking metrics of one class against the rest. */
  record Ranking(double rocAuc, double prAuc) {}

  private static final Ranking UNRANKED = new Ranking(Double.NaN, Double.NaN);

  /** Everything under one set of weights. */
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
    return measure(weights, true);
  }

  /**
   * Measures.
   *
   * @param withRankings whether metrics of rankings are wanted, which cost most of the time; NaN
   *     otherwise
   */
  Measured measure(double[] weights, boolean withRankings) {
    double[][] confusion = new double[width][width];
    double[] unknown = new double[width];
    for (int row = 0; row < weights.length; row++) {
      int label = rows.labels()[row];
      (label < 0 ? unknown : confusion[label])[rows.predicted()[row]] += weights[row];
    }
    ConfusionMetrics counts = new ConfusionMetrics(confusion, unknown);
    EnumMap<Metric, Double> values = new EnumMap<>(Metric.class);
    counts.put(values);
    putProbabilistic(weights, values);
    Ranking[] rankings = new Ranking[width];
    for (int label = 0; label < width; label++) {
      rankings[label] = withRankings ? ranked[label].ranking(weights) : UNRANKED;
    }
    values.put(Metric.ROC_AUC, average(rankings, Ranking::rocAuc));
    values.put(Metric.PR_AUC, average(rankings, Ranking::prAuc));
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
