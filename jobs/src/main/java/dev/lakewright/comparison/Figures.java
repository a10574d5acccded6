package dev.lakewright.comparison;

import dev.lakewright.metrics.Figure;
import dev.lakewright.metrics.Metric;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What remedies are compared by. */
final class Figures {

  private Figures() {}

  /** The class with the fewest rows, of equals the first by name. */
  static String minority(Map<String, Long> rows) {
    return rows.entrySet().stream()
        .min(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .orElseThrow()
        .getKey();
  }

  /**
   * The metric that trials are chosen by, then those that tell of rare classes. Average precision
   * is the minority's of two classes, and the mean over more.
   *
   * @param minority index of the smallest class
   */
  static List<Figure> of(Metric main, int classes, int minority) {
    List<Figure> all =
        List.of(
            Figure.of(main),
            Figure.of(Metric.MACRO_F1),
            Figure.recall("minority_recall", minority),
            classes == 2 ? Figure.prAuc("minority_pr_auc", minority) : Figure.of(Metric.PR_AUC),
            Figure.of(Metric.BALANCED_ACCURACY),
            Figure.of(Metric.LOG_LOSS),
            Figure.of(Metric.BRIER),
            Figure.of(Metric.CALIBRATION_ERROR));
    Map<String, Figure> byKey = new LinkedHashMap<>();
    all.forEach(figure -> byKey.putIfAbsent(figure.key(), figure));
    return List.copyOf(byKey.values());
  }
}
