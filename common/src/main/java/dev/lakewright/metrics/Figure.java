package dev.lakewright.metrics;

import dev.lakewright.metrics.WeightedMetrics.Measured;
import dev.lakewright.metrics.WeightedMetrics.Scope;
import java.util.function.ToDoubleFunction;

/** A number that ways of scoring rows are compared by: a metric, or a metric of one class. */
public final class Figure {

  private final String key;
  private final boolean higherIsBetter;
  private final Scope scope;
  private final ToDoubleFunction<Measured> value;

  private Figure(
      String key, boolean higherIsBetter, Scope scope, ToDoubleFunction<Measured> value) {
    this.key = key;
    this.scope = scope;
    this.higherIsBetter = higherIsBetter;
    this.value = value;
  }

  /** A metric of all classes. */
  public static Figure of(Metric metric) {
    return new Figure(
        metric.key(), metric.higherIsBetter(), metric.scope(), measured -> measured.value(metric));
  }

  /**
   * Recall of one class.
   *
   * @param key what to call it, such as {@code minority_recall}
   */
  public static Figure recall(String key, int label) {
    return new Figure(key, true, Scope.PREDICTIONS, measured -> measured.recall()[label]);
  }

  /** Average precision of one class against the rest. */
  public static Figure prAuc(String key, int label) {
    return new Figure(key, true, Scope.RANKINGS, measured -> measured.rankings()[label].prAuc());
  }

  /** Its name in results. */
  public String key() {
    return key;
  }

  /** Whether more is better. */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** What it looks at. */
  Scope scope() {
    return scope;
  }

  double of(Measured measured) {
    return value.applyAsDouble(measured);
  }
}
