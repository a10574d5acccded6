package dev.lakewright.config;

/** Bounds of a number, both inclusive; infinite where there is none. */
record Range(double min, double max) {

  static final Range UNBOUNDED = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  boolean contains(double value) {
    return min <= value && value <= max;
  }

  boolean isBounded() {
    return hasMin() || hasMax();
  }

  boolean hasMin() {
    return min > Double.NEGATIVE_INFINITY;
  }

  boolean hasMax() {
    return max < Double.POSITIVE_INFINITY;
  }

  /** For messages: "between 2 and 100", "at least 0", "at most 1"; empty when unbounded. */
  String shown() {
    if (hasMin() && hasMax()) {
      return "between " + Numerals.shown(min) + " and " + Numerals.shown(max);
    }
    if (hasMin()) {
      return "at least " + Numerals.shown(min);
    }
    return hasMax() ? "at most " + Numerals.shown(max) : "";
  }
}
