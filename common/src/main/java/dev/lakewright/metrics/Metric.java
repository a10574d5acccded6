package dev.lakewright.metrics;

import dev.lakewright.metrics.WeightedMetrics.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The metrics, as scikit-learn defines them, or imbalanced-learn. NaN where a metric has no meaning
 * on the rows.
 *
 * <p>Averages over classes take the classes that some row has as label or prediction.
 */
public enum Metric {
  ACCURACY(true),
  MACRO_F1(true),
  MICRO_F1(true),
  WEIGHTED_F1(true),
  MACRO_PRECISION(true),
  MACRO_RECALL(true),
  /** Mean recall of the classes that some row has as label. */
  BALANCED_ACCURACY(true),
  /** Geometric mean of the recalls of the classes that some row has as label. */
  G_MEAN(true),
  /** Matthews correlation coefficient (Gorodkin, 2004). */
  MCC(true),
  LOG_LOSS(false, Scope.PROBABILITIES),
  /** Mean squared distance to the true class: over all classes, for two classes halved. */
  BRIER(false, Scope.PROBABILITIES),
  /** Two classes: of the second. More: the mean of each against the rest. */
  ROC_AUC(true, Scope.RANKINGS),
  /** Average precision; classes as for {@link #ROC_AUC}. */
  PR_AUC(true, Scope.RANKINGS),
  /** Expected calibration error of the largest probability, 15 equal bins (Guo et al., 2017). */
  CALIBRATION_ERROR(false, Scope.PROBABILITIES);

  private final boolean higherIsBetter;

  private final Scope scope;

  Metric(boolean higherIsBetter) {
    this(higherIsBetter, Scope.PREDICTIONS);
  }

  Metric(boolean higherIsBetter, Scope scope) {
    this.higherIsBetter = higherIsBetter;
    this.scope = scope;
  }

  /** What it looks at. */
  Scope scope() {
    return scope;
  }

  /** Its name in configuration and results, such as {@code macro_f1}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether more is better. */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** A value turned so that less is better; NaN stays NaN. */
  public double loss(double value) {
    return higherIsBetter ? -value : value;
  }

  /** The metric of a key. */
  public static Metric byName(String key) {
    return Arrays.stream(values())
        .filter(metric -> metric.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no metric " + key + " among " + keys()));
  }

  /** All keys. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Metric::key).toList();
  }

  /** Its value on some rows. */
  public double of(ScoredRows rows) {
    return values(rows, scope).get(this);
  }

  /** Every metric's value on some rows, rankings included, which cost most. */
  public static Map<Metric, Double> all(ScoredRows rows) {
    return values(rows, Scope.RANKINGS);
  }

  private static Map<Metric, Double> values(ScoredRows rows, Scope scope) {
    double[] once = new double[rows.rows()];
    Arrays.fill(once, 1);
    return new WeightedMetrics(rows, scope).measure(once).values();
  }
}
