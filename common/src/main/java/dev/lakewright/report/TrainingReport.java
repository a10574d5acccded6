package dev.lakewright.report;

import dev.lakewright.metrics.Evaluation;
import dev.lakewright.metrics.Interval;
import dev.lakewright.metrics.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The report of a training or an evaluation: one HTML page. */
public final class TrainingReport {

  private TrainingReport() {}

  /** The page. */
  public static String html(TrainingFacts facts) {
    Page page = new Page("%s version %d".formatted(facts.model(), facts.version()));
    page.lead(facts.status(), glance(facts));
    facts.notes().forEach(page::note);
    if (!facts.gates().isEmpty()) {
      page.section("Champion against challenger", gates(facts.gates()));
    }
    if (!facts.trainingRows().isEmpty() || !facts.testRows().isEmpty()) {
      page.section("Data", data(facts.trainingRows(), facts.testRows()));
    }
    facts
        .evaluation()
        .ifPresent(evaluation -> page.section("How good", EvaluationSection.html(evaluation)));
    facts
        .decision()
        .ifPresent(
            decision -> page.section("How labels are chosen", DecisionSection.html(decision)));
    facts.sweep().ifPresent(sweep -> page.section("Sweep", SweepSection.html(sweep)));
    if (facts.objective().size() > 1) {
      page.section(
          "Learning of the chosen model",
          "<div class='grid'>" + learning(facts.objective()) + "</div>");
    }
    if (!facts.topTerms().isEmpty()) {
      page.section("What speaks for each class", terms(facts.topTerms()));
    }
    if (!facts.mostWrong().isEmpty()) {
      page.section("Most wrong records", wrong(facts.mostWrong()));
    }
    if (!facts.lineage().isEmpty()) {
      page.section("Lineage", lineage(facts.lineage(), facts.config()));
    }
    return page.html();
  }

  private static List<String[]> glance(TrainingFacts facts) {
    List<String[]> glance = new ArrayList<>();
    facts
        .evaluation()
        .ifPresent(
            evaluation -> {
              Metric metric = Metric.byName(facts.headline());
              Interval interval = evaluation.intervals().get(metric);
              glance.add(
                  new String[] {
                    metric.key() + " on held-out rows",
                    Numbers.score(evaluation.metrics().get(metric)),
                    "95 %% interval %s – %s"
                        .formatted(Numbers.score(interval.low()), Numbers.score(interval.high()))
                  });
              glance.add(accuracy(evaluation));
            });
    long training = facts.trainingRows().values().stream().mapToLong(Long::longValue).sum();
    if (training > 0) {
      glance.add(
          new String[] {
            "training rows", Numbers.count(training), facts.trainingRows().size() + " classes"
          });
    }
    double total = facts.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
    if (total > 0) {
      String slowest =
          facts.seconds().entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(e -> "most of it: " + e.getKey())
              .orElse("");
      glance.add(new String[] {"time", Numbers.brief(total) + " s", slowest});
    }
    return glance;
  }

  private static String gates(List<TrainingFacts.Gate> gates) {
    StringBuilder html =
        new StringBuilder(
            "<div class='wide'><table><thead><tr><th>gate</th><th>rows</th><th>verdict</th><th>why</th></tr></thead><tbody>");
    for (TrainingFacts.Gate gate : gates) {
      html.append(
          "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
              .formatted(
                  Html.escape(gate.name()),
                  Html.isolated(gate.rows()),
                  gate.passed() ? "passed" : "<b>failed</b>",
                  Html.isolated(gate.explanation())));
    }
    return html.append("</tbody></table></div>").toString();
  }

  private static String[] accuracy(Evaluation evaluation) {
    return new String[] {
      "accuracy",
      Numbers.percent(evaluation.metrics().get(Metric.ACCURACY)),
      "of " + Numbers.count(evaluation.rows()) + " rows"
    };
  }

  /** Rows per class and side. */
  static String data(Map<String, Long> trainingRows, Map<String, Long> testRows) {
    Map<String, long[]> counts = new LinkedHashMap<>();
    TreeSet<String> labels = new TreeSet<>(trainingRows.keySet());
    labels.addAll(testRows.keySet());
    labels.forEach(
        label ->
            counts.put(
                label,
                new long[] {
                  trainingRows.getOrDefault(label, 0L), testRows.getOrDefault(label, 0L)
                }));
    return "<div class='grid'>"
        + SweepSection.figure(
            "Rows per class", Charts.bars("Rows per class", counts, "training", "test"))
        + "</div>";
  }

  private static String learning(List<Double> objective) {
    List<Charts.Point> points = new ArrayList<>();
    for (int i = 0; i < objective.size(); i++) {
      points.add(new Charts.Point(i, objective.get(i)));
    }
    return SweepSection.figure(
        "Objective after each iteration",
        Charts.lines(
            "Objective by iteration",
            List.of(new Charts.Series("objective", points)),
            "iteration",
            "objective",
            false,
            false));
  }

  private static String terms(Map<String, List<TrainingFacts.Term>> topTerms) {
    StringBuilder html = new StringBuilder("<div class='grid'>");
    topTerms.forEach(
        (label, terms) -> {
          if (!terms.isEmpty()) {
            List<Charts.Estimate> weights =
                terms.stream()
                    .map(t -> new Charts.Estimate(t.name(), t.weight(), Double.NaN, Double.NaN))
                    .toList();
            html.append(
                SweepSection.figure(
                    label, Charts.weights("Heaviest features of " + label, weights)));
          }
        });
    return html.append("</div>").toString();
  }

  private static String wrong(List<TrainingFacts.WrongRecord> records) {
    StringBuilder html =
        new StringBuilder(
            "<p class='quiet'>The records to whose true class the model gave the least probability. Look here for wrong labels first.</p>");
    for (TrainingFacts.WrongRecord record : records) {
      html.append(
          "<details><summary><b>%s</b> taken for <b>%s</b> <span class='quiet'>%s · %s</span></summary><dl>"
              .formatted(
                  Html.isolated(record.label()),
                  Html.isolated(record.predicted()),
                  "probability of its label " + Numbers.brief(record.probability()),
                  Html.isolated(record.id())));
      record
          .values()
          .forEach(
              (column, value) ->
                  html.append(
                      "<dt>%s</dt><dd dir='auto'>%s</dd>"
                          .formatted(Html.escape(column), Html.escape(value))));
      html.append("</dl></details>");
    }
    return html.toString();
  }

  /** Where a result came from, and the configuration. */
  static String lineage(Map<String, String> lineage, String config) {
    StringBuilder html = new StringBuilder("<dl class='lineage'>");
    lineage.forEach(
        (key, value) ->
            html.append("<dt>%s</dt><dd>%s</dd>".formatted(Html.escape(key), Html.escape(value))));
    html.append("</dl>");
    if (!config.isEmpty()) {
      html.append(
          "<details><summary>configuration</summary><pre>%s</pre></details>"
              .formatted(Html.escape(config)));
    }
    return html.toString();
  }
}
