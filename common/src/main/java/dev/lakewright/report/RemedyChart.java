package dev.lakewright.report;

import dev.lakewright.metrics.Interval;
import dev.lakewright.metrics.PairedBootstrap.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One figure of several remedies: a dot and a bar for its interval each, one below the other. An
 * arrow at the side stands for what is far off.
 */
final class RemedyChart {

  private static final int WIDTH = 360;
  private static final int ROW = 24;
  private static final int LABELS = 132;
  private static final int LEFT = LABELS + 10;
  private static final int RIGHT = WIDTH - 70;

  /** Interquartile ranges beyond the quartiles from which on a value is far off. */
  private static final double FAR = 3;

  private static final int LEAST_FOR_QUARTILES = 5;

  private RemedyChart() {}

  /** A remedy. */
  record Bar(String name, Estimate estimate, Effect effect, boolean best) {}

  /**
   * Draws.
   *
   * @param bars the first is what the others are compared with: a dashed line at its value
   */
  static String of(String title, List<Bar> bars) {
    int height = bars.size() * ROW + 30;
    Scale scale = scale(bars);
    Svg svg = new Svg(WIDTH, height, title);
    for (double tick : scale.ticks(3)) {
      svg.line(scale.at(tick), 4, scale.at(tick), height - 22, "grid");
      svg.text(scale.at(tick), height - 8, "middle", Numbers.brief(tick), "small");
    }
    double reference = bars.get(0).estimate().value();
    if (!Double.isNaN(reference)) {
      svg.line(scale.at(reference), 4, scale.at(reference), height - 22, "diagonal");
    }
    int y = 16;
    for (Bar bar : bars) {
      row(svg, scale, bar, y);
      y += ROW;
    }
    return svg.toString();
  }

  private static void row(Svg svg, Scale scale, Bar bar, int y) {
    Estimate estimate = bar.estimate();
    Interval interval = estimate.interval();
    String tip =
        "%s: %s (%s to %s); difference %s (%s to %s)"
            .formatted(
                bar.name(),
                Numbers.score(estimate.value()),
                Numbers.score(interval.low()),
                Numbers.score(interval.high()),
                signed(estimate.difference()),
                signed(estimate.differenceInterval().low()),
                signed(estimate.differenceInterval().high()));
    svg.text(
        LABELS - 4, y + 4, "end", Html.label(bar.name() + (bar.best() ? " ★" : ""), 21), "label");
    String style = bar.effect().style();
    if (scale.holds(estimate.value())) {
      if (!Double.isNaN(interval.low())) {
        svg.line(scale.at(interval.low()), y, scale.at(interval.high()), y, "interval " + style);
      }
      svg.circle(scale.at(estimate.value()), y, 4.5, "dot " + style, tip);
    } else if (!Double.isNaN(estimate.value())) {
      boolean left = scale.at(estimate.value()) == LEFT;
      svg.text(left ? LEFT - 4 : RIGHT + 4, y + 4, "middle", left ? "◀" : "▶", "beyond " + style);
    }
    String mark = estimate.differs() ? " *" : "";
    svg.text(WIDTH - 2, y + 4, "end", Numbers.score(estimate.value()) + mark, "number");
  }

  private static Scale scale(List<Bar> bars) {
    List<Bar> near = near(bars);
    return new Scale(ends(near).min().orElse(0), ends(near).max().orElse(1), LEFT, RIGHT, false);
  }

  /** Those that are not so far off (Tukey's far outliers) that all others would fall together. */
  private static List<Bar> near(List<Bar> bars) {
    double[] values =
        bars.stream()
            .mapToDouble(bar -> bar.estimate().value())
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (values.length < LEAST_FOR_QUARTILES) {
      return bars;
    }
    double first = values[values.length / 4];
    double third = values[values.length - 1 - values.length / 4];
    double reach = FAR * (third - first);
    return bars.stream()
        .filter(
            bar ->
                bar == bars.get(0)
                    || Math.max(first - bar.estimate().value(), bar.estimate().value() - third)
                        <= reach)
        .toList();
  }

  private static DoubleStream ends(List<Bar> bars) {
    return bars.stream()
        .map(Bar::estimate)
        .flatMapToDouble(e -> DoubleStream.of(e.value(), e.interval().low(), e.interval().high()))
        .filter(Double::isFinite);
  }

  /** A difference such as +0.0123; a dash for NaN. */
  static String signed(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%+.4f", value);
  }
}
