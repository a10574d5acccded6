package dev.lakewright.jobs;

import dev.lakewright.metrics.Evaluation;
import dev.lakewright.metrics.Interval;
import dev.lakewright.metrics.Metric;
import java.util.List;
import java.util.Locale;

/** An evaluation in a few lines for people. */
final class EvaluationSummary {

  private static final List<Metric> SHOWN =
      List.of(Metric.MACRO_F1, Metric.ACCURACY, Metric.MCC, Metric.ROC_AUC, Metric.LOG_LOSS);

  private EvaluationSummary() {}

  /** Headline metrics with intervals, then a line per class. */
  static String table(Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    text.append("%d rows".formatted(evaluation.rows()));
    if (evaluation.unseenLabels() > 0) {
      text.append(
          ", %d of them with labels that the model does not know"
              .formatted(evaluation.unseenLabels()));
    }
    text.append(System.lineSeparator());
    for (Metric metric : SHOWN) {
      Interval interval = evaluation.intervals().get(metric);
      text.append(
          "%-20s %s  (%s to %s)%n"
              .formatted(
                  metric.key(),
                  number(evaluation.metrics().get(metric)),
                  number(interval.low()),
                  number(interval.high())));
    }
    text.append("%-20s %9s %9s %9s %9s%n".formatted("class", "precision", "recall", "f1", "rows"));
    for (Evaluation.OfClass one : evaluation.perClass()) {
      text.append(
          "%-20s %9s %9s %9s %9d%n"
              .formatted(
                  one.label(),
                  number(one.precision()),
                  number(one.recall()),
                  number(one.f1()),
                  one.support()));
    }
    return text.toString().stripTrailing();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
