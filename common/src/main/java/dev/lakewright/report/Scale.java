package dev.lakewright.report;

import java.util.ArrayList;
import java.util.List;

/** Values to places along an axis, evenly or by logarithm. */
final class Scale {

  private final double low;
  private final double high;
  private final double from;
  private final double to;
  private final boolean logarithmic;

  /**
   * @param from place of {@code low}, in units of the drawing
   */
  Scale(double low, double high, double from, double to, boolean logarithmic) {
    boolean empty = !(high > low);
    this.logarithmic = logarithmic && low > 0;
    double margin = this.logarithmic ? low / 2 : Math.max(Math.abs(low) * 0.1, 0.05);
    this.low = empty ? low - margin : low;
    this.high = empty ? low + margin : high;
    this.from = from;
    this.to = to;
  }

  double at(double value) {
    double share =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return from + Math.max(0, Math.min(1, share)) * (to - from);
  }

  /** Whether a value has a place of its own; NaN has none. */
  boolean holds(double value) {
    return value >= low && value <= high;
  }

  /** About so many round values within the range; powers of ten on a logarithmic axis. */
  List<Double> ticks(int about) {
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      int first = (int) Math.ceil(Math.log10(low) - 1e-9);
      int last = (int) Math.floor(Math.log10(high) + 1e-9);
      int step = Math.max(1, (last - first + about) / Math.max(1, about));
      for (int power = first; power <= last; power += step) {
        ticks.add(Math.pow(10, power));
      }
      return ticks;
    }
    double raw = (high - low) / about;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step =
        power * (raw / power < 1.5 ? 1 : raw / power < 3.5 ? 2 : raw / power < 7.5 ? 5 : 10);
    for (double tick = Math.ceil(low / step) * step; tick <= high + step * 1e-9; tick += step) {
      ticks.add(Math.abs(tick) < step * 1e-9 ? 0 : tick);
    }
    return ticks;
  }
}
