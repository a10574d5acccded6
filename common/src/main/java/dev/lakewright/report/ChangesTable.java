package dev.lakewright.report;

import dev.lakewright.metrics.Figure;
import dev.lakewright.metrics.PairedBootstrap.Estimate;
import dev.lakewright.report.ComparisonFacts.OfRemedy;
import java.util.List;
import java.util.function.Function;

/** What each remedy changes against none, a cell per figure: which helps, at a glance. */
final class ChangesTable {

  private final ComparisonFacts facts;
  private final Function<OfRemedy, List<Estimate>> estimates;

  /**
   * @param estimates of a remedy, on the rows that the table is of
   */
  ChangesTable(ComparisonFacts facts, Function<OfRemedy, List<Estimate>> estimates) {
    this.facts = facts;
    this.estimates = estimates;
  }

  /**
   * The table.
   *
   * @param measured the first is what the others are compared with
   */
  String html(String caption, List<OfRemedy> measured) {
    StringBuilder html = new StringBuilder("<div class='wide'><table class='changes'>");
    html.append("<caption>%s</caption><thead><tr><th>remedy</th>".formatted(Html.escape(caption)));
    for (Figure figure : facts.figures()) {
      html.append(
          "<th class='n'>%s&nbsp;%s</th>"
              .formatted(words(figure), figure.higherIsBetter() ? "↑" : "↓"));
    }
    html.append("</tr></thead><tbody>");
    for (OfRemedy one : measured) {
      boolean best = one.name().equals(facts.best());
      html.append(
          "<tr><th scope='row'>%s%s</th>".formatted(Html.escape(one.name()), best ? " ★" : ""));
      for (int place = 0; place < facts.figures().size(); place++) {
        Estimate estimate = estimates.apply(one).get(place);
        html.append(
            one == measured.get(0)
                ? "<td class='n'>%s</td>".formatted(Numbers.score(estimate.value()))
                : cell(estimate, facts.figures().get(place)));
      }
      html.append("</tr>");
    }
    return html.append("</tbody></table></div>").toString();
  }

  /** A figure's name, which may be broken between its words. */
  private static String words(Figure figure) {
    return Html.escape(figure.key()).replace("_", "_<wbr>");
  }

  private static String cell(Estimate estimate, Figure figure) {
    Effect effect = Effect.of(estimate, figure);
    return "<td class='n %s'>%s%s</td>"
        .formatted(effect.style(), effect.mark(), RemedyChart.signed(estimate.difference()));
  }
}
