package dev.lakewright.report;

import java.util.Locale;

/** An inline SVG drawing with a title for those who cannot see it. */
final class Svg {

  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;
  private final String title;

  /**
   * @param width and height in units that are pixels at full size
   */
  Svg(int width, int height, String title) {
    this.width = width;
    this.height = height;
    this.title = title;
  }

  Svg line(double x1, double y1, double x2, double y2, String style) {
    return add(
        "<line x1='%s' y1='%s' x2='%s' y2='%s' class='%s'/>", n(x1), n(y1), n(x2), n(y2), style);
  }

  Svg rectangle(double x, double y, double w, double h, String style, String tip) {
    return add(
        "<rect x='%s' y='%s' width='%s' height='%s' class='%s'>%s</rect>",
        n(x), n(y), n(Math.max(0, w)), n(Math.max(0, h)), style, tip(tip));
  }

  /** A rectangle whose colour has a strength from 0 to 1. */
  Svg shaded(double x, double y, double w, double h, double strength, String tip) {
    return add(
        "<rect x='%s' y='%s' width='%s' height='%s' class='heat' fill-opacity='%s'>%s</rect>",
        n(x), n(y), n(w), n(h), String.format(Locale.ROOT, "%.3f", strength), tip(tip));
  }

  Svg circle(double x, double y, double radius, String style, String tip) {
    return add(
        "<circle cx='%s' cy='%s' r='%s' class='%s'>%s</circle>",
        n(x), n(y), n(radius), style, tip(tip));
  }

  /**
   * @param points {@code x,y x,y ...}
   */
  Svg polyline(String points, String style, String tip) {
    return add("<polyline points='%s' class='%s'>%s</polyline>", points, style, tip(tip));
  }

  /**
   * A text.
   *
   * @param anchor start, middle or end
   * @param safe already escaped
   */
  Svg text(double x, double y, String anchor, String safe, String style) {
    return add(
        "<text x='%s' y='%s' text-anchor='%s' class='%s'>%s</text>",
        n(x), n(y), anchor, style, safe);
  }

  /** A label below a column: upright where there is room, else slanting down to the left. */
  Svg tilted(double x, double y, String safe, boolean upright) {
    return upright
        ? text(x, y + 2, "middle", safe, "label")
        : add(
            "<text transform='translate(%s %s) rotate(-50)' text-anchor='end' class='small'>%s</text>",
            n(x + 4), n(y), safe);
  }

  static String point(double x, double y) {
    return n(x) + "," + n(y) + " ";
  }

  private static String tip(String text) {
    return text.isEmpty() ? "" : "<title>" + Html.escape(text) + "</title>";
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private Svg add(String template, Object... values) {
    body.append(template.formatted(values));
    return this;
  }

  private static String n(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  @Override
  public String toString() {
    return "<svg viewBox='0 0 %d %d' role='img' style='max-width:%dpx' aria-label='%s'><title>%s</title>%s</svg>"
        .formatted(width, height, width, Html.escape(title), Html.escape(title), body);
  }
}
