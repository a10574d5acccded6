package dev.lakewright.report;

import dev.lakewright.metrics.Evaluation;
import dev.lakewright.metrics.Evaluation.OfClass;
import dev.lakewright.metrics.Interval;
import dev.lakewright.metrics.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Metrics, confusion matrix and curves. */
final class EvaluationSection {

  /** Curves and histograms of more classes than this cannot be told apart. */
  private static final int MOST_CURVES = 8;

  private static final List<Metric> SCORES =
      List.of(
          Metric.MACRO_F1,
          Metric.WEIGHTED_F1,
          Metric.ACCURACY,
          Metric.BALANCED_ACCURACY,
          Metric.G_MEAN,
          Metric.MACRO_PRECISION,
          Metric.MACRO_RECALL,
          Metric.MCC,
          Metric.ROC_AUC,
          Metric.PR_AUC);

  private static final List<Metric> LOSSES =
      List.of(Metric.LOG_LOSS, Metric.BRIER, Metric.CALIBRATION_ERROR);

  private EvaluationSection() {}

  static String html(Evaluation evaluation) {
    StringBuilder html = new StringBuilder();
    if (evaluation.unseenLabels() > 0) {
      html.append(
          "<p>%s rows have labels that the model does not know; they count as errors.</p>"
              .formatted(Numbers.count(evaluation.unseenLabels())));
    }
    html.append("<div class='grid'>");
    html.append(SweepSection.figure("Metrics with 95 % intervals", metrics(evaluation)));
    html.append(SweepSection.figure("F1 per class", perClass(evaluation)));
    html.append(
        SweepSection.figure(
            "Confusion matrix",
            Charts.confusion("Confusion matrix", evaluation.classes(), evaluation.confusion())));
    List<OfClass> shown = shown(evaluation);
    html.append(
        SweepSection.figure(
            "ROC",
            Charts.lines(
                "Receiver operating characteristic",
                shown.stream().map(c -> new Charts.Series(c.label(), points(c.roc()))).toList(),
                "false positive rate",
                "recall",
                true,
                true)));
    html.append(
        SweepSection.figure(
            "Precision and recall",
            Charts.lines(
                "Precision over recall",
                shown.stream()
                    .map(c -> new Charts.Series(c.label(), points(c.precisionRecall())))
                    .toList(),
                "recall",
                "precision",
                true,
                false)));
    html.append(SweepSection.figure("Reliability", reliability(evaluation)));
    for (OfClass one : shown) {
      html.append(
          SweepSection.figure(
              "Scores: " + one.label(),
              Charts.histogram(
                  "Distribution of the probability of " + one.label(),
                  one.scoresOfClass(),
                  one.scoresOfOthers(),
                  one.label())));
    }
    return html.append("</div>").append(table(evaluation)).toString();
  }

  private static String metrics(Evaluation evaluation) {
    List<Charts.Estimate> estimates = new ArrayList<>();
    for (Metric metric : SCORES) {
      Interval interval = evaluation.intervals().get(metric);
      estimates.add(
          new Charts.Estimate(
              metric.key(), evaluation.metrics().get(metric), interval.low(), interval.high()));
    }
    StringBuilder losses = new StringBuilder("<p class='quiet'>Lower is better:");
    for (Metric metric : LOSSES) {
      losses.append(
          " %s&nbsp;%s".formatted(metric.key(), Numbers.score(evaluation.metrics().get(metric))));
    }
    return Charts.estimates("Metrics with intervals", estimates) + losses + "</p>";
  }

  private static String perClass(Evaluation evaluation) {
    return Charts.estimates(
        "F1 per class with intervals",
        evaluation.perClass().stream()
            .map(
                c ->
                    new Charts.Estimate(
                        c.label(), c.f1(), c.f1Interval().low(), c.f1Interval().high()))
            .toList());
  }

  /** Of two classes the second tells all; of many the most frequent. */
  private static List<OfClass> shown(Evaluation evaluation) {
    if (evaluation.classes().size() == 2) {
      return List.of(evaluation.perClass().get(1));
    }
    return evaluation.perClass().stream()
        .sorted(Comparator.comparingLong(OfClass::support).reversed())
        .limit(MOST_CURVES)
        .toList();
  }

  private static List<Charts.Point> points(List<Evaluation.Point> points) {
    return points.stream().map(p -> new Charts.Point(p.x(), p.y())).toList();
  }

  private static String reliability(Evaluation evaluation) {
    List<Charts.Point> points =
        evaluation.reliability().stream()
            .map(bin -> new Charts.Point(bin.confidence(), bin.accuracy()))
            .toList();
    return Charts.lines(
            "Reliability diagram",
            List.of(new Charts.Series("accuracy by confidence", points)),
            "mean probability of the chosen class",
            "share that is right",
            true,
            true)
        + "<p class='quiet'>On the diagonal, probabilities mean what they say.</p>";
  }

  private static String table(Evaluation evaluation) {
    StringBuilder html =
        new StringBuilder(
            "<div class='wide'><table><thead><tr><th>class</th><th class='n'>precision</th><th class='n'>recall</th><th class='n'>F1</th><th class='n'>95 % interval</th><th class='n'>ROC AUC</th><th class='n'>PR AUC</th><th class='n'>rows</th></tr></thead><tbody>");
    for (OfClass one : evaluation.perClass()) {
      html.append(
          "<tr><td>%s</td><td class='n'>%s</td><td class='n'>%s</td><td class='n'>%s</td><td class='n'>%s – %s</td><td class='n'>%s</td><td class='n'>%s</td><td class='n'>%s</td></tr>"
              .formatted(
                  Html.isolated(one.label()),
                  Numbers.score(one.precision()),
                  Numbers.score(one.recall()),
                  Numbers.score(one.f1()),
                  Numbers.score(one.f1Interval().low()),
                  Numbers.score(one.f1Interval().high()),
                  Numbers.score(one.rocAuc()),
                  Numbers.score(one.prAuc()),
                  Numbers.count(one.support())));
    }
    return html.append("</tbody></table></div>").toString();
  }
}
