package dev.lakewright.report;

import dev.lakewright.metrics.Figure;
import dev.lakewright.metrics.Interval;
import dev.lakewright.metrics.PairedBootstrap.Estimate;
import dev.lakewright.report.ComparisonFacts.OfRemedy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The report of remedies side by side: one HTML page. */
public final class ComparisonReport {

  private ComparisonReport() {}

  /** The page. */
  public static String html(ComparisonFacts facts) {
    Page page = new Page("Remedies for rare classes: " + facts.model());
    page.lead(facts.verdict(), glance(facts));
    boolean held = facts.remedies().stream().anyMatch(one -> !one.test().isEmpty());
    page.section("Which helps", changes(facts, held));
    page.section("Side by side", sideBySide(facts, OfRemedy::outOfFold));
    if (held) {
      page.section("On held-out rows", sideBySide(facts, OfRemedy::test));
    }
    page.section("Remedies", remedies(facts));
    page.section("How it was measured", paragraphs(facts.notes()));
    page.section("Data", TrainingReport.data(facts.trainingRows(), facts.testRows()));
    page.section("Lineage", TrainingReport.lineage(facts.lineage(), facts.config()));
    return page.html();
  }

  private static List<String[]> glance(ComparisonFacts facts) {
    List<String[]> cards = new ArrayList<>();
    String main = facts.figures().get(0).key();
    for (OfRemedy one : facts.remedies()) {
      boolean first = one == facts.remedies().get(0);
      if (!one.outOfFold().isEmpty() && (first || one.name().equals(facts.best()))) {
        Estimate estimate = one.outOfFold().get(0);
        cards.add(
            new String[] {
              "%s, %s".formatted(main, one.name()),
              Numbers.score(estimate.value()),
              "interval " + range(estimate.interval())
            });
      }
    }
    cards.add(
        new String[] {
          "smallest class",
          facts.minority(),
          Numbers.count(facts.trainingRows().get(facts.minority())) + " training rows"
        });
    return cards;
  }

  private static String changes(ComparisonFacts facts, boolean held) {
    StringBuilder html =
        new StringBuilder(
            "<p>Differences to no remedy. ▲ is better and ▼ worse beyond the interval of the difference; what is pale may be chance. ↓ marks figures of which less is better, ★ the remedy that is best by %s out of fold.</p>"
                .formatted(Html.escape(facts.figures().get(0).key())));
    html.append(
        new ChangesTable(facts, OfRemedy::outOfFold)
            .html("Training rows, out of fold", measured(facts, OfRemedy::outOfFold)));
    if (held) {
      html.append(
          new ChangesTable(facts, OfRemedy::test)
              .html("Held-out rows", measured(facts, OfRemedy::test)));
    }
    return html.toString();
  }

  /** No remedy first, then the others from the best to the worst by the figure that decides. */
  private static List<OfRemedy> measured(
      ComparisonFacts facts, Function<OfRemedy, List<Estimate>> estimates) {
    Comparator<OfRemedy> byMain = Comparator.comparingDouble(one -> one.outOfFold().get(0).value());
    Comparator<OfRemedy> bestFirst =
        facts.figures().get(0).higherIsBetter() ? byMain.reversed() : byMain;
    OfRemedy none = facts.remedies().get(0);
    return facts.remedies().stream()
        .filter(one -> !estimates.apply(one).isEmpty())
        .sorted(
            Comparator.<OfRemedy>comparingInt(one -> one == none ? 0 : 1).thenComparing(bestFirst))
        .toList();
  }

  private static String sideBySide(
      ComparisonFacts facts, Function<OfRemedy, List<Estimate>> estimates) {
    List<OfRemedy> measured = measured(facts, estimates);
    StringBuilder html =
        new StringBuilder(
            "<p>Dots are values, bars their intervals, the dashed line is no remedy. Green is better and red worse beyond the interval of the difference (*).</p><div class='grid'>");
    for (int place = 0; place < facts.figures().size(); place++) {
      Figure figure = facts.figures().get(place);
      int at = place;
      List<RemedyChart.Bar> bars =
          measured.stream()
              .map(
                  one ->
                      new RemedyChart.Bar(
                          one.name(),
                          estimates.apply(one).get(at),
                          Effect.of(estimates.apply(one).get(at), figure),
                          one.name().equals(facts.best())))
              .toList();
      html.append(
          SweepSection.figure(
              caption(facts, figure), RemedyChart.of(figure.key() + " by remedy", bars)));
    }
    return html.append("</div>").append(table(facts, measured, estimates)).toString();
  }

  private static String caption(ComparisonFacts facts, Figure figure) {
    String of = figure.key().startsWith("minority") ? " (of " + facts.minority() + ")" : "";
    return figure.key() + of + (figure.higherIsBetter() ? "" : ", lower is better");
  }

  private static String table(
      ComparisonFacts facts,
      List<OfRemedy> measured,
      Function<OfRemedy, List<Estimate>> estimates) {
    StringBuilder html =
        new StringBuilder("<div class='wide'><table class='full'><thead><tr><th>remedy</th>");
    facts
        .figures()
        .forEach(
            figure -> html.append("<th class='n'>%s</th>".formatted(Html.escape(figure.key()))));
    html.append("</tr></thead><tbody>");
    for (OfRemedy one : measured) {
      boolean best = one.name().equals(facts.best());
      html.append(
          "<tr%s><th scope='row'>%s%s</th>"
              .formatted(best ? " class='best'" : "", Html.escape(one.name()), best ? " ★" : ""));
      for (Estimate estimate : estimates.apply(one)) {
        html.append(cell(estimate, one == facts.remedies().get(0)));
      }
      html.append("</tr>");
    }
    return html.append("</tbody></table></div>").toString();
  }

  /** Value and interval; below, the difference to no remedy. */
  private static String cell(Estimate estimate, boolean reference) {
    String difference =
        reference
            ? ""
            : "<br><span class='quiet'>%s%s<br>%s</span>"
                .formatted(
                    RemedyChart.signed(estimate.difference()),
                    estimate.differs() ? " *" : "",
                    signedRange(estimate.differenceInterval()));
    return "<td class='n'>%s<br><span class='quiet'>%s</span>%s</td>"
        .formatted(Numbers.score(estimate.value()), range(estimate.interval()), difference);
  }

  private static String range(Interval interval) {
    return "%s – %s".formatted(Numbers.score(interval.low()), Numbers.score(interval.high()));
  }

  private static String signedRange(Interval interval) {
    return "%s to %s"
        .formatted(RemedyChart.signed(interval.low()), RemedyChart.signed(interval.high()));
  }

  private static String remedies(ComparisonFacts facts) {
    StringBuilder html =
        new StringBuilder(
            "<div class='wide'><table><thead><tr><th>remedy</th><th>what it sets, and what was chosen for it</th><th class='n'>seconds</th></tr></thead><tbody>");
    for (OfRemedy one : facts.remedies()) {
      boolean failed = !one.failure().isEmpty();
      html.append(
          "<tr><td>%s</td><td class='flow'>%s</td><td class='n'>%s</td></tr>"
              .formatted(
                  Html.escape(one.name()),
                  Html.escape(failed ? "failed: " + one.failure() : one.settings()),
                  failed ? "–" : Numbers.brief(one.seconds())));
    }
    html.append("</tbody></table></div>");
    if (!facts.leftOut().isEmpty()) {
      html.append(
          "<p class='quiet'>Not compared: %s.</p>"
              .formatted(
                  facts.leftOut().entrySet().stream()
                      .map(entry -> entry.getKey() + ": " + entry.getValue())
                      .map(Html::escape)
                      .collect(Collectors.joining("; "))));
    }
    return html.toString();
  }

  private static String paragraphs(List<String> texts) {
    return texts.stream()
        .map(text -> "<p>" + Html.escape(text) + "</p>")
        .collect(Collectors.joining());
  }
}
