package dev.lakewright.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Figures of a way to score rows, and how they differ from those of a reference over the same rows.
 * Every draw takes the same rows for both, so that what makes rows easy or hard cancels out of the
 * difference (the paired bootstrap: Koehn, <i>Statistical Significance Tests for Machine
 * Translation Evaluation</i>, 2004, section 3.3). Any number of ways can be measured, one after the
 * other, against one reference.
 */
public final class PairedBootstrap {

  private final List<Figure> figures;
  private final int draws;
  private final double confidence;
  private final long seed;
  private final int[] labels;
  private final Sample reference;

  /**
   * A figure.
   *
   * @param value on all rows
   * @param difference value minus the reference's
   */
  public record Estimate(
      double value, Interval interval, double difference, Interval differenceInterval) {

    /** Whether the difference leaves no doubt, at the confidence of the interval. */
    public boolean differs() {
      return differenceInterval.low() > 0 || differenceInterval.high() < 0;
    }
  }

  /** Per figure, its value on all rows and on each draw. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Sample(double[] values, double[][] drawn) {}

  /**
   * @param draws of the bootstrap; 0 for no intervals
   * @param confidence of the intervals, such as 0.95
   */
  public PairedBootstrap(
      ScoredRows reference, List<Figure> figures, int draws, double confidence, long seed) {
    this.figures = List.copyOf(figures);
    this.draws = draws;
    this.confidence = confidence;
    this.seed = seed;
    this.labels = reference.labels().clone();
    this.reference = sample(reference);
  }

  /**
   * Measures one way.
   *
   * @param rows those of the reference, in the same order
   * @return one estimate per figure, in their order
   */
  public List<Estimate> measure(ScoredRows rows) {
    if (!Arrays.equals(labels, rows.labels())) {
      throw new IllegalArgumentException(
          "%d rows are not the %d rows of the reference in their order"
              .formatted(rows.rows(), labels.length));
    }
    Sample sample = sample(rows);
    Estimate[] estimates = new Estimate[figures.size()];
    for (int i = 0; i < estimates.length; i++) {
      estimates[i] =
          new Estimate(
              sample.values()[i],
              Bootstrap.interval(sample.drawn()[i], confidence),
              sample.values()[i] - reference.values()[i],
              Bootstrap.interval(differences(sample.drawn()[i], reference.drawn()[i]), confidence));
    }
    return List.of(estimates);
  }

  private Sample sample(ScoredRows rows) {
    WeightedMetrics metrics = new WeightedMetrics(rows, scope());
    double[] once = new double[rows.rows()];
    Arrays.fill(once, 1);
    WeightedMetrics.Measured measured = metrics.measure(once);
    Bootstrap bootstrap = new Bootstrap(metrics, rows.rows(), draws, confidence, seed);
    return new Sample(
        figures.stream().mapToDouble(figure -> figure.of(measured)).toArray(),
        figures.stream().map(figure -> bootstrap.drawn(figure::of)).toArray(double[][]::new));
  }

  private WeightedMetrics.Scope scope() {
    return figures.stream()
        .map(Figure::scope)
        .max(Comparator.naturalOrder())
        .orElse(WeightedMetrics.Scope.PREDICTIONS);
  }

  /** Of a draw in which either is undefined, the difference is NaN. */
  private static double[] differences(double[] values, double[] others) {
    double[] differences = new double[values.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = values[i] - others[i];
    }
    return differences;
  }
}
