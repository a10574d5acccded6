package dev.lakewright.stream;

/**
 * A mean in which each row counts for a fixed factor less than the next one (Gama et al., <i>On
 * evaluating stream learning algorithms</i>, 2013, section 3.2).
 */
final class FadingMean {

  private final double factor;
  private double weight;
  private double sum;

  FadingMean(double factor, double weight, double sum) {
    this.factor = factor;
    this.weight = weight;
    this.sum = sum;
  }

  void add(double value) {
    weight = weight * factor + 1;
    sum = sum * factor + value;
  }

  /** NaN without rows. */
  double value() {
    return sum / weight;
  }

  double weight() {
    return weight;
  }

  double sum() {
    return sum;
  }
}
