package dev.lakewright.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The charts of a report. Sized for a phone's width, so that labels stay legible; wide screens show
 * several side by side.
 */
final class Charts {

  private static final int WIDTH = 360;
  private static final int ROW = 24;
  private static final int LABELS = 126;

  private Charts() {}

  /** A point of a line. */
  record Point(double x, double y) {}

  /** A named line. */
  record Series(String name, List<Point> points) {}

  /** A value with an interval; NaN ends for none. */
  record Estimate(String name, double value, double low, double high) {}

  /** A trial's values per axis, and what it reached. */
  record Path(String name, List<Double> values, double score, boolean best) {}

  /** An axis of {@link #parallel}: categories have names by place, numbers none. */
  record Axis(String name, boolean logarithmic, List<String> categories) {}

  /** Horizontal bars, such as rows per class; two parts per bar. */
  static String bars(String title, Map<String, long[]> counts, String first, String second) {
    int height = counts.size() * ROW + 26;
    long most = counts.values().stream().mapToLong(c -> c[0] + c[1]).max().orElse(1);
    Scale scale = new Scale(0, most, 0, WIDTH - LABELS - 62, false);
    Svg svg = new Svg(WIDTH, height, title);
    svg.rectangle(LABELS, 4, 10, 10, "s0", "")
        .text(LABELS + 15, 13, "start", Html.escape(first), "small");
    svg.rectangle(LABELS + 90, 4, 10, 10, "s1", "")
        .text(LABELS + 105, 13, "start", Html.escape(second), "small");
    int y = 24;
    for (Map.Entry<String, long[]> bar : counts.entrySet()) {
      long[] parts = bar.getValue();
      String tip = "%s: %d %s, %d %s".formatted(bar.getKey(), parts[0], first, parts[1], second);
      double middle = scale.at((double) parts[0]);
      double end = scale.at((double) parts[0] + parts[1]);
      svg.text(LABELS - 6, y + 13, "end", Html.label(bar.getKey(), 16), "label");
      svg.rectangle(LABELS, y, middle, ROW - 7, "s0", tip);
      svg.rectangle(LABELS + middle, y, end - middle, ROW - 7, "s1", tip);
      svg.text(LABELS + end + 5, y + 13, "start", Numbers.count(parts[0] + parts[1]), "small");
      y += ROW;
    }
    return svg.toString();
  }

  /** Values with intervals, one per row. */
  static String estimates(String title, List<Estimate> estimates) {
    int height = estimates.size() * ROW + 30;
    double low =
        estimates.stream()
            .mapToDouble(e -> Double.isNaN(e.low()) ? e.value() : e.low())
            .filter(v -> !Double.isNaN(v))
            .min()
            .orElse(0);
    double floor = Math.max(0, Math.floor(low * 10 - 0.2) / 10);
    Scale scale = new Scale(floor, 1, LABELS, WIDTH - 52, false);
    Svg svg = new Svg(WIDTH, height, title);
    for (double tick : scale.ticks(4)) {
      svg.line(scale.at(tick), 4, scale.at(tick), height - 22, "grid");
      svg.text(scale.at(tick), height - 8, "middle", Numbers.brief(tick), "small");
    }
    int y = 16;
    for (Estimate one : estimates) {
      String tip =
          "%s %s (%s to %s)"
              .formatted(
                  one.name(),
                  Numbers.score(one.value()),
                  Numbers.score(one.low()),
                  Numbers.score(one.high()));
      svg.text(LABELS - 6, y + 4, "end", Html.label(one.name(), 19), "label");
      if (!Double.isNaN(one.low())) {
        svg.line(scale.at(one.low()), y, scale.at(one.high()), y, "interval");
      }
      if (!Double.isNaN(one.value())) {
        svg.circle(scale.at(one.value()), y, 4.5, "dot", tip);
      }
      svg.text(WIDTH - 4, y + 4, "end", Numbers.score(one.value()), "number");
      y += ROW;
    }
    return svg.toString();
  }

  /** Lines over two axes. */
  static String lines(
      String title, List<Series> series, String x, String y, boolean unitSquare, boolean diagonal) {
    int height = 270;
    int left = 48;
    int bottom = 228;
    List<Point> all = series.stream().flatMap(s -> s.points().stream()).toList();
    double lowX = unitSquare ? 0 : all.stream().mapToDouble(Point::x).min().orElse(0);
    double highX = unitSquare ? 1 : all.stream().mapToDouble(Point::x).max().orElse(1);
    double lowY = unitSquare ? 0 : all.stream().mapToDouble(Point::y).min().orElse(0);
    double highY = unitSquare ? 1 : all.stream().mapToDouble(Point::y).max().orElse(1);
    Scale across = new Scale(lowX, highX, left, WIDTH - 12, false);
    Scale up = new Scale(lowY, highY, bottom, 24, false);
    Svg svg = new Svg(WIDTH, height, title);
    axes(svg, across, up, left, bottom, x, y);
    if (diagonal) {
      svg.line(across.at(0), up.at(0), across.at(1), up.at(1), "diagonal");
    }
    for (int i = 0; i < series.size(); i++) {
      StringBuilder points = new StringBuilder();
      series.get(i).points().forEach(p -> points.append(Svg.point(across.at(p.x()), up.at(p.y()))));
      svg.polyline(points.toString().strip(), "curve c" + i % 8, series.get(i).name());
    }
    return svg.toString()
        + (series.size() > 1 ? legend(series.stream().map(Series::name).toList()) : "");
  }

  private static void axes(
      Svg svg, Scale across, Scale up, int left, int bottom, String x, String y) {
    for (double tick : across.ticks(5)) {
      svg.line(across.at(tick), 22, across.at(tick), bottom, "grid");
      svg.text(across.at(tick), bottom + 16, "middle", Numbers.brief(tick), "small");
    }
    for (double tick : up.ticks(5)) {
      svg.line(left, up.at(tick), WIDTH - 12, up.at(tick), "grid");
      svg.text(left - 6, up.at(tick) + 4, "end", Numbers.brief(tick), "small");
    }
    svg.text((left + WIDTH - 12) / 2.0, bottom + 35, "middle", Html.escape(x), "axis");
    svg.text(4, 9, "start", Html.escape(y), "axis");
  }

  private static String legend(List<String> names) {
    StringBuilder legend = new StringBuilder("<p class='legend'>");
    for (int i = 0; i < names.size(); i++) {
      legend.append(
          "<span><i class='k%d'></i>%s</span> ".formatted(i % 8, Html.isolated(names.get(i))));
    }
    return legend.append("</p>").toString();
  }

  /** Counts of two groups over [0, 1], as shares of each group. */
  static String histogram(String title, List<Long> ofClass, List<Long> ofOthers, String name) {
    int height = 190;
    int left = 12;
    int bottom = 150;
    Svg svg = new Svg(WIDTH, height, title);
    int bins = ofClass.size();
    double width = (WIDTH - 2.0 * left) / bins;
    long totalClass = Math.max(1, ofClass.stream().mapToLong(Long::longValue).sum());
    long totalOthers = Math.max(1, ofOthers.stream().mapToLong(Long::longValue).sum());
    svg.rectangle(left, 2, 10, 10, "s0", "")
        .text(left + 15, 11, "start", Html.label(name, 18), "small");
    svg.rectangle(left + 150, 2, 10, 10, "s1", "")
        .text(left + 165, 11, "start", "other classes", "small");
    for (int bin = 0; bin < bins; bin++) {
      // square roots, since nearly all rows lie at both ends
      double one = Math.sqrt((double) ofClass.get(bin) / totalClass) * (bottom - 24);
      double other = Math.sqrt((double) ofOthers.get(bin) / totalOthers) * (bottom - 24);
      String tip =
          "%s to %s: %d, others %d"
              .formatted(
                  Numbers.brief((double) bin / bins),
                  Numbers.brief((bin + 1.0) / bins),
                  ofClass.get(bin),
                  ofOthers.get(bin));
      svg.rectangle(left + bin * width, bottom - one, width / 2 - 0.5, one, "s0", tip);
      svg.rectangle(
          left + bin * width + width / 2, bottom - other, width / 2 - 0.5, other, "s1", tip);
    }
    svg.line(left, bottom, WIDTH - left, bottom, "frame");
    for (int tick = 0; tick <= 4; tick++) {
      svg.text(
          left + tick / 4.0 * (WIDTH - 2 * left),
          bottom + 15,
          tick == 0 ? "start" : tick == 4 ? "end" : "middle",
          Numbers.brief(tick / 4.0),
          "small");
    }
    svg.text(WIDTH / 2.0, bottom + 34, "middle", "probability of " + Html.label(name, 30), "axis");
    return svg.toString();
  }

  /** Weights as bars to the right. */
  static String weights(String title, List<Estimate> weights) {
    int labels = 190;
    int height = weights.size() * 20 + 4;
    double most = weights.stream().mapToDouble(Estimate::value).max().orElse(1);
    Scale scale = new Scale(0, most, 0, WIDTH - labels - 52, false);
    Svg svg = new Svg(WIDTH, height, title);
    int y = 2;
    for (Estimate one : weights) {
      svg.text(labels - 6, y + 12, "end", Html.label(one.name(), 30), "small");
      svg.rectangle(
          labels,
          y,
          scale.at(one.value()),
          15,
          "s0",
          one.name() + ": " + Numbers.brief(one.value()));
      svg.text(
          labels + scale.at(one.value()) + 5, y + 12, "start", Numbers.brief(one.value()), "small");
      y += 20;
    }
    return svg.toString();
  }

  /** Shares of a whole as bars to the right, with their intervals. */
  static String shares(String title, List<Estimate> shares) {
    int labels = 176;
    int height = shares.size() * ROW + 22;
    Scale scale = new Scale(0, 1, labels, WIDTH - 52, false);
    Svg svg = new Svg(WIDTH, height, title);
    for (double tick : List.of(0.0, 0.5, 1.0)) {
      svg.line(scale.at(tick), 2, scale.at(tick), height - 20, "grid");
      svg.text(scale.at(tick), height - 6, "middle", Math.round(100 * tick) + " %", "small");
    }
    int y = 4;
    for (Estimate one : shares) {
      double middle = y + (ROW - 7) / 2.0;
      String tip =
          "%s: %s (%s to %s)"
              .formatted(
                  one.name(),
                  Numbers.percent(one.value()),
                  Numbers.percent(one.low()),
                  Numbers.percent(one.high()));
      svg.text(labels - 6, middle + 4, "end", Html.label(one.name(), 28), "small");
      svg.rectangle(labels, y, scale.at(one.value()) - labels, ROW - 7, "s0", tip);
      svg.line(scale.at(one.low()), middle, scale.at(one.high()), middle, "frame");
      svg.text(WIDTH - 4, middle + 4, "end", Numbers.percent(one.value()), "number");
      y += ROW;
    }
    return svg.toString();
  }

  /** One line per trial across the axes, the last of which is what it reached. */
  static String parallel(String title, List<Axis> axes, List<Path> paths) {
    int step = Math.max(86, Math.min(150, 640 / Math.max(1, axes.size())));
    int width = Math.max(WIDTH, 90 + step * (axes.size() - 1));
    int top = 34;
    int bottom = 232;
    Svg svg = new Svg(width, 262, title);
    for (int a = 0; a < axes.size(); a++) {
      Axis axis = axes.get(a);
      Scale scale = scale(axis, paths, a, bottom, top);
      double x = place(a, axes.size(), width);
      String anchor = a == 0 ? "start" : a == axes.size() - 1 ? "end" : "middle";
      double at = a == 0 ? x - 38 : a == axes.size() - 1 ? x + 38 : x;
      svg.line(x, top, x, bottom, "frame");
      svg.text(at, 16, anchor, Html.label(axis.name(), 18), "label");
      if (axis.categories().isEmpty()) {
        double low =
            paths.stream().mapToDouble(p -> p.values().get(axes.indexOf(axis))).min().orElse(0);
        double high =
            paths.stream().mapToDouble(p -> p.values().get(axes.indexOf(axis))).max().orElse(1);
        svg.text(x, top - 5, "middle", Numbers.brief(high), "small");
        svg.text(x, bottom + 15, "middle", Numbers.brief(low), "small");
      } else {
        for (int c = 0; c < axis.categories().size(); c++) {
          svg.text(
              x + 6, scale.at(c) + 4, "start", Html.label(axis.categories().get(c), 12), "small");
        }
      }
    }
    for (boolean best : new boolean[] {false, true}) {
      for (Path path : paths) {
        if (path.best() == best) {
          StringBuilder points = new StringBuilder();
          for (int a = 0; a < axes.size(); a++) {
            double y = scale(axes.get(a), paths, a, bottom, top).at(path.values().get(a));
            points.append(Svg.point(place(a, axes.size(), width), y));
          }
          svg.polyline(points.toString().strip(), best ? "trial best" : "trial", path.name());
        }
      }
    }
    return svg.toString();
  }

  private static double place(int axis, int axes, int width) {
    return axes == 1 ? width / 2.0 : 45 + axis * (width - 90.0) / (axes - 1);
  }

  private static Scale scale(Axis axis, List<Path> paths, int place, int bottom, int top) {
    if (!axis.categories().isEmpty()) {
      return new Scale(0, Math.max(1, axis.categories().size() - 1), bottom - 8, top + 8, false);
    }
    double low = paths.stream().mapToDouble(p -> p.values().get(place)).min().orElse(0);
    double high = paths.stream().mapToDouble(p -> p.values().get(place)).max().orElse(1);
    return new Scale(low, high, bottom, top, axis.logarithmic());
  }

  /** Scores over one parameter: each fold a small dot, the mean a large one. */
  static String slice(
      String title, String parameter, boolean logarithmic, List<Point> folds, List<Point> means) {
    int height = 250;
    int left = 54;
    int bottom = 208;
    double lowY = folds.stream().mapToDouble(Point::y).min().orElse(0);
    double highY = folds.stream().mapToDouble(Point::y).max().orElse(1);
    double lowX = folds.stream().mapToDouble(Point::x).min().orElse(0);
    double highX = folds.stream().mapToDouble(Point::x).max().orElse(1);
    Scale across = new Scale(lowX, highX, left + 10, WIDTH - 22, logarithmic);
    Scale up = new Scale(lowY, highY, bottom - 6, 28, false);
    Svg svg = new Svg(WIDTH, height, title);
    axes(svg, across, up, left, bottom, parameter, "score per fold, and mean");
    folds.forEach(p -> svg.circle(across.at(p.x()), up.at(p.y()), 3, "fold", Numbers.score(p.y())));
    means.forEach(
        p ->
            svg.circle(
                across.at(p.x()),
                up.at(p.y()),
                5.5,
                "dot",
                String.format(Locale.ROOT, "%s: mean %.4f", Numbers.brief(p.x()), p.y())));
    return svg.toString();
  }

  /** Counts of true against predicted classes, coloured by the share of the true class. */
  static String confusion(String title, List<String> classes, List<List<Long>> counts) {
    int size = classes.size();
    int labels = 96;
    int cell = Math.max(22, Math.min(92, 250 / size));
    int width = labels + size * cell + 14;
    int height = 30 + size * cell + 80;
    Svg svg = new Svg(Math.max(width, WIDTH), height, title);
    svg.text(labels, 14, "start", "predicted →", "axis");
    svg.text(labels - 8, 14, "end", "true ↓", "axis");
    for (int row = 0; row < size; row++) {
      long total = Math.max(1, counts.get(row).stream().mapToLong(Long::longValue).sum());
      double y = 24 + row * (double) cell;
      svg.text(labels - 8, y + cell / 2.0 + 4, "end", Html.label(classes.get(row), 13), "label");
      for (int column = 0; column < size; column++) {
        long count = counts.get(row).get(column);
        double share = (double) count / total;
        String tip =
            "%s as %s: %d (%s)"
                .formatted(classes.get(row), classes.get(column), count, Numbers.percent(share));
        double x = labels + column * (double) cell;
        svg.shaded(x, y, cell - 2.0, cell - 2.0, 0.06 + 0.94 * share, tip);
        if (count > 0 && (cell >= 30 || row == column)) {
          svg.text(
              x + cell / 2.0 - 1,
              y + cell / 2.0 + (cell > 50 ? -1 : 4),
              "middle",
              Long.toString(count),
              share > 0.55 ? "on" : "off");
          if (cell > 50) {
            svg.text(
                x + cell / 2.0 - 1,
                y + cell / 2.0 + 15,
                "middle",
                Numbers.percent(share),
                share > 0.55 ? "on small" : "off small");
          }
        }
      }
    }
    for (int column = 0; column < size; column++) {
      double x = labels + column * (double) cell + cell / 2.0;
      double y = 24 + size * cell + 12.0;
      svg.tilted(x, y, Html.label(classes.get(column), 12), cell > 60);
    }
    return svg.toString();
  }
}
