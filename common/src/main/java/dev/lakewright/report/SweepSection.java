package dev.lakewright.report;

import dev.lakewright.report.TrainingFacts.Sweep;
import dev.lakewright.report.TrainingFacts.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The pictures of a sweep, and its trials. */
final class SweepSection {

  private static final int MOST_ROWS = 200;
  private static final int MOST_ESTIMATES = 12;
  private static final int MOST_IMPORTANCES = 20;

  /** A parameter whose condition does not hold. */
  private static final String ABSENT = "–";

  private SweepSection() {}

  static String html(Sweep sweep) {
    List<Trial> complete = sweep.trials().stream().filter(t -> !Double.isNaN(t.mean())).toList();
    List<String> keys =
        sweep.trials().stream().flatMap(t -> t.parameters().keySet().stream()).distinct().toList();
    StringBuilder html = new StringBuilder("<div class='grid'>");
    if (!sweep.importance().isEmpty()) {
      html.append(figure("Parameter importance", importance(sweep)));
    }
    if (!complete.isEmpty() && !keys.isEmpty()) {
      html.append(
          figure("Trials: parameters and what they reached", parallel(sweep, complete, keys)));
      for (String key : keys) {
        if (complete.stream().allMatch(t -> t.parameters().get(key) instanceof Number)) {
          html.append(figure(key, slice(complete, key)));
        }
      }
    }
    if (complete.size() > 3) {
      html.append(
          figure("Scores in the order of trials, and the best so far", history(sweep, complete)));
    }
    if (complete.size() > 1 && complete.stream().allMatch(t -> t.mean() >= 0 && t.mean() <= 1)) {
      html.append(
          figure(
              "The best trials: mean over folds, and one standard error to either side",
              spread(sweep, complete)));
    }
    return html.append("</div>").append(table(sweep, keys)).toString();
  }

  static String figure(String caption, String chart) {
    return "<figure><figcaption>%s</figcaption>%s</figure>".formatted(Html.escape(caption), chart);
  }

  private static String importance(Sweep sweep) {
    List<Charts.Estimate> shares =
        sweep.importance().stream()
            .limit(MOST_IMPORTANCES)
            .map(
                one ->
                    new Charts.Estimate(
                        String.join(" × ", one.parameters()),
                        one.share(),
                        Math.max(0, one.share() - one.spread()),
                        Math.min(1, one.share() + one.spread())))
            .toList();
    return Charts.shares("Parameter importance", shares)
        + """
        <p class='quiet'>The share of the differences in %s over the whole search space that each \
        parameter explains by itself; a × b is what two explain only together. Estimated by a \
        forest of trees (fANOVA); lines: one standard deviation to either side.</p>"""
            .formatted(Html.escape(sweep.metric()));
  }

  private static String parallel(Sweep sweep, List<Trial> trials, List<String> keys) {
    List<Charts.Axis> axes = new ArrayList<>();
    for (String key : keys) {
      boolean numeric = trials.stream().allMatch(t -> t.parameters().get(key) instanceof Number);
      axes.add(
          new Charts.Axis(
              key.substring(key.indexOf('.') + 1),
              numeric && logarithmic(trials, key),
              numeric ? List.of() : categories(trials, key)));
    }
    axes.add(new Charts.Axis(sweep.metric(), false, List.of()));
    List<Charts.Path> paths = new ArrayList<>();
    for (Trial trial : trials) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        Object value = trial.parameters().get(keys.get(i));
        values.add(
            axes.get(i).categories().isEmpty()
                ? ((Number) value).doubleValue()
                : axes.get(i).categories().indexOf(Objects.toString(value, ABSENT)));
      }
      values.add(trial.mean());
      paths.add(
          new Charts.Path(
              "trial " + trial.number() + ": " + Numbers.score(trial.mean()),
              values,
              trial.mean(),
              trial.number() == sweep.best()));
    }
    return Charts.parallel("Parallel coordinates of the trials", axes, paths);
  }

  private static String history(Sweep sweep, List<Trial> trials) {
    List<Charts.Point> scores = new ArrayList<>();
    List<Charts.Point> bests = new ArrayList<>();
    double best = Double.NaN;
    for (Trial trial : trials) {
      boolean better = sweep.higherIsBetter() ? trial.mean() > best : trial.mean() < best;
      if (Double.isNaN(best) || better) {
        best = trial.mean();
      }
      scores.add(new Charts.Point(trial.number(), trial.mean()));
      bests.add(new Charts.Point(trial.number(), best));
    }
    return Charts.lines(
        "Scores in the order of trials",
        List.of(new Charts.Series("trial", scores), new Charts.Series("best so far", bests)),
        "trial",
        sweep.metric(),
        false,
        false);
  }

  private static String spread(Sweep sweep, List<Trial> trials) {
    Comparator<Trial> byMean = Comparator.comparingDouble(Trial::mean);
    return Charts.estimates(
        "Spread over folds",
        trials.stream()
            .sorted(sweep.higherIsBetter() ? byMean.reversed() : byMean)
            .limit(MOST_ESTIMATES)
            .map(trial -> estimate(trial, trial.number() == sweep.best()))
            .toList());
  }

  private static Charts.Estimate estimate(Trial trial, boolean best) {
    double squares = 0;
    for (double score : trial.folds()) {
      squares += (score - trial.mean()) * (score - trial.mean());
    }
    int folds = trial.folds().size();
    double error = folds < 2 ? 0 : Math.sqrt(squares / (folds - 1) / folds);
    return new Charts.Estimate(
        "trial " + trial.number() + (best ? " ★" : ""),
        trial.mean(),
        Math.max(0, trial.mean() - error),
        Math.min(1, trial.mean() + error));
  }

  private static List<String> categories(List<Trial> trials, String key) {
    return trials.stream()
        .map(t -> Objects.toString(t.parameters().get(key), ABSENT))
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean logarithmic(List<Trial> trials, String key) {
    double low = trials.stream().mapToDouble(t -> number(t, key)).min().orElse(0);
    double high = trials.stream().mapToDouble(t -> number(t, key)).max().orElse(0);
    return low > 0 && high / low >= 50;
  }

  private static double number(Trial trial, String key) {
    return ((Number) trial.parameters().get(key)).doubleValue();
  }

  private static String slice(List<Trial> trials, String key) {
    List<Charts.Point> folds = new ArrayList<>();
    List<Charts.Point> means = new ArrayList<>();
    for (Trial trial : trials) {
      trial.folds().forEach(score -> folds.add(new Charts.Point(number(trial, key), score)));
      means.add(new Charts.Point(number(trial, key), trial.mean()));
    }
    return Charts.slice("Score by " + key, key, logarithmic(trials, key), folds, means);
  }

  private static String table(Sweep sweep, List<String> keys) {
    StringBuilder html = new StringBuilder("<div class='wide'><table><thead><tr><th>trial</th>");
    keys.forEach(key -> html.append("<th>").append(Html.escape(key)).append("</th>"));
    html.append("<th class='n'>").append(Html.escape(sweep.metric())).append("</th>");
    html.append("<th class='n'>folds</th><th class='n'>seconds</th></tr></thead><tbody>");
    for (Trial trial : sweep.trials().subList(0, Math.min(MOST_ROWS, sweep.trials().size()))) {
      html.append(trial.number() == sweep.best() ? "<tr class='best'><td>" : "<tr><td>");
      html.append(trial.number())
          .append(trial.number() == sweep.best() ? " ★" : "")
          .append("</td>");
      for (String key : keys) {
        Object value = trial.parameters().get(key);
        String text =
            value instanceof Number number
                ? Numbers.brief(number.doubleValue())
                : Objects.toString(value, "");
        html.append("<td>").append(Html.escape(text)).append("</td>");
      }
      String folds = String.join(" ", trial.folds().stream().map(Numbers::score).toList());
      html.append(
          "<td class='n'>%s</td><td class='n'>%s</td><td class='n'>%s</td></tr>"
              .formatted(
                  Double.isNaN(trial.mean())
                      ? Html.escape(trial.state())
                      : Numbers.score(trial.mean()),
                  folds,
                  Numbers.brief(trial.seconds())));
    }
    html.append("</tbody></table></div>");
    if (sweep.trials().size() > MOST_ROWS) {
      html.append(
          "<p class='quiet'>The first %d of %d trials; all are in the trial table.</p>"
              .formatted(MOST_ROWS, sweep.trials().size()));
    }
    return html.toString();
  }
}
