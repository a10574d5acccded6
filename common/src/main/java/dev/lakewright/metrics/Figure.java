package dev.lakewright.metrics;

import dev.lakewright.metrics.WeightedMetrics.Measured;
import java.util.function.ToDoubleFunction;

/** A number that ways of scoring rows are compared by: a metric, or a metric of one class. */
public final class Figure {

  private final String key;
  private final boolean higherIsBetter;
  private final boolean ranks;
  private final ToDoubleFunction<Measured> value;

  private Figure(
      String key, boolean higherIsBetter, boolean ranks, ToDoubleFunction<Measured> value) {
    this.key = key;
    this.ranks = ranks;
    this.higherIsBetter = higherIsBetter;
    this.value = value;
  }

  /** A metric of all classes. */
  public static Figure of(Metric metric) {
    return new Figure(
        metric.key(),
        metric.higherIsBetter(),
        metric == Metric.ROC_AUC || metric == Metric.PR_AUC,
        measured -> measured.value(metric));
  }

  /**
   * Recall of one class.
   *
   * @param key what to call it, such as {@code minority_recall}
   */
  public static Figure recall(String key, int label) {
    return new Figure(key, true, false, measured -> measured.recall()[label]);
  }

  /** Average precision of one class against the rest. */
  public static Figure prAuc(String key, int label) {
    return new Figure(key, true, true, measured -> measured.rankings()[label].prAuc());
  }

  /** Its name in results. */
  public String key() {
    return key;
  }

  /** Whether more is better. */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** Whether it looks at the order of rows by score. */
  boolean ranks() {
    return ranks;
  }

  double of(Measured measured) {
    return value.applyAsDouble(measured);
  }
}
