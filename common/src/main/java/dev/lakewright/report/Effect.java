package dev.lakewright.report;

import dev.lakewright.metrics.Figure;
import dev.lakewright.metrics.PairedBootstrap.Estimate;

/** What a remedy does to a figure: good or harm beyond doubt, or neither. */
enum Effect {
  BETTER("better", "▲ "),
  WORSE("worse", "▼ "),
  UNCLEAR("unclear", "");

  private final String style;
  private final String mark;

  Effect(String style, String mark) {
    this.style = style;
    this.mark = mark;
  }

  static Effect of(Estimate estimate, Figure figure) {
    if (!estimate.differs()) {
      return UNCLEAR;
    }
    return estimate.difference() > 0 == figure.higherIsBetter() ? BETTER : WORSE;
  }

  /** Name of its style. */
  String style() {
    return style;
  }

  /** What stands before a number, for those who see no colours. */
  String mark() {
    return mark;
  }
}
