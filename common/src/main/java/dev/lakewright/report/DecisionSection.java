package dev.lakewright.report;

/** Thresholds, and what they reach. */
final class DecisionSection {

  private DecisionSection() {}

  static String html(TrainingFacts.Decision decision) {
    StringBuilder html =
        new StringBuilder(
            "<p class='quiet'>Chosen for the goal <b>%s</b> on out-of-fold rows, which these figures are of. The class whose probability exceeds its threshold by the largest factor is the label; without thresholds, the most probable one, or that of least expected cost.</p>"
                .formatted(Html.escape(decision.goal())));
    html.append(
        "<div class='wide'><table><thead><tr><th>class</th><th class='n'>threshold</th><th class='n'>precision</th><th class='n'>recall</th><th class='n'>F1</th></tr></thead><tbody>");
    for (TrainingFacts.DecisionOfClass one : decision.perClass()) {
      html.append(
          "<tr><td>%s</td><td class='n'>%s</td><td class='n'>%s</td><td class='n'>%s</td><td class='n'>%s</td></tr>"
              .formatted(
                  Html.isolated(one.label()),
                  Numbers.brief(one.threshold()),
                  Numbers.score(one.precision()),
                  Numbers.score(one.recall()),
                  Numbers.score(one.f1())));
    }
    return html.append("</tbody></table></div>").toString();
  }
}
