package dev.lakewright.metrics;

import java.util.Map;

/** Metrics of a confusion matrix. */
final class ConfusionMetrics {

  private final int width;
  private final double[][] confusion;
  private final double[] unknown;
  private final double[] support;
  private final double[] predicted;
  private final double[] precision;
  private final double[] recall;
  private final double[] f1;

  /**
   * @param confusion true class × predicted class
   * @param unknown rows of unknown label by predicted class
   */
  ConfusionMetrics(double[][] confusion, double[] unknown) {
    this.width = confusion.length;
    this.confusion = confusion;
    this.unknown = unknown;
    this.support = new double[width];
    this.predicted = unknown.clone();
    for (int label = 0; label < width; label++) {
      for (int guess = 0; guess < width; guess++) {
        support[label] += confusion[label][guess];
        predicted[guess] += confusion[label][guess];
      }
    }
    this.precision = new double[width];
    this.recall = new double[width];
    this.f1 = new double[width];
    for (int k = 0; k < width; k++) {
      double hits = confusion[k][k];
      precision[k] = predicted[k] == 0 ? 0 : hits / predicted[k];
      recall[k] = support[k] == 0 ? 0 : hits / support[k];
      f1[k] = support[k] + predicted[k] == 0 ? 0 : 2 * hits / (support[k] + predicted[k]);
    }
  }

  double[] precision() {
    return precision;
  }

  double[] recall() {
    return recall;
  }

  double[] f1() {
    return f1;
  }

  double[] support() {
    return support;
  }

  void put(Map<Metric, Double> values) {
    double known = 0;
    double hits = 0;
    double total = 0;
    for (int k = 0; k < width; k++) {
      known += support[k];
      hits += confusion[k][k];
      total += support[k] + unknown[k];
    }
    values.put(Metric.ACCURACY, hits / total);
    values.put(Metric.MICRO_F1, hits / total);
    values.put(Metric.MACRO_F1, macro(f1));
    values.put(Metric.MACRO_PRECISION, macro(precision));
    values.put(Metric.MACRO_RECALL, macro(recall));
    values.put(Metric.WEIGHTED_F1, weighted(known));
    values.put(Metric.BALANCED_ACCURACY, balanced());
    values.put(Metric.G_MEAN, geometricMean());
    values.put(Metric.MCC, mcc(hits, total));
  }

  private double macro(double[] perClass) {
    double sum = 0;
    int present = 0;
    for (int k = 0; k < width; k++) {
      if (support[k] + predicted[k] > 0) {
        sum += perClass[k];
        present++;
      }
    }
    return sum / present;
  }

  private double weighted(double known) {
    double sum = 0;
    for (int k = 0; k < width; k++) {
      sum += support[k] * f1[k];
    }
    return sum / known;
  }

  private double balanced() {
    double sum = 0;
    int present = 0;
    for (int k = 0; k < width; k++) {
      if (support[k] > 0) {
        sum += recall[k];
        present++;
      }
    }
    return sum / present;
  }

  private double geometricMean() {
    double logarithms = 0;
    int present = 0;
    for (int k = 0; k < width; k++) {
      if (support[k] > 0) {
        logarithms += StrictMath.log(recall[k]);
        present++;
      }
    }
    return StrictMath.exp(logarithms / present);
  }

  private double mcc(double hits, double total) {
    double products = 0;
    double labelSquares = 0;
    double predictedSquares = 0;
    for (int k = 0; k < width; k++) {
      products += support[k] * predicted[k];
      labelSquares += support[k] * support[k];
      predictedSquares += predicted[k] * predicted[k];
    }
    double unknownRows = 0;
    for (double count : unknown) {
      unknownRows += count;
    }
    labelSquares += unknownRows * unknownRows;
    double below = Math.sqrt((total * total - predictedSquares) * (total * total - labelSquares));
    return below == 0 ? 0 : (hits * total - products) / below;
  }
}
