package dev.lakewright.retrain;

import dev.lakewright.config.GateConfig;
import dev.lakewright.metrics.Figure;
import dev.lakewright.metrics.McNemar;
import dev.lakewright.metrics.Metric;
import dev.lakewright.metrics.PairedBootstrap;
import dev.lakewright.metrics.ScoredRows;
import dev.lakewright.scoring.PairedScores;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Judges a challenger against the champion over the same rows. A value that is exactly at its limit
 * passes.
 */
public final class Gates {

  /** Differences of sums that are equal but for their rounding. */
  private static final double ROUNDING = 1e-12;

  /** A single row of fewer would move a class's recall, or a slice's metric, by too much. */
  static final int LEAST_ROWS = 30;

  private final GateConfig config;
  private final Metric metric;
  private final long seed;

  /**
   * @param metric the main one
   * @param seed of the bootstrap
   */
  public Gates(GateConfig config, Metric metric, long seed) {
    this.config = config;
    this.metric = metric;
    this.seed = seed;
  }

  /** The gates over one set of rows, champion first: gain, recalls, calibration, score shift. */
  public List<Verdict> judge(String rows, PairedScores scores) {
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(gain(rows, scores));
    verdicts.add(recall(rows, scores));
    if (config.maxCalibrationError() < 1) {
      verdicts.add(
          below(
              "calibration",
              rows,
              Metric.CALIBRATION_ERROR.of(scores.second()),
              config.maxCalibrationError(),
              "its calibration error is %s; max_calibration_error is %s"));
    }
    if (config.maxScoreShift() < 1) {
      verdicts.add(
          below(
              "score_shift",
              rows,
              shift(scores),
              config.maxScoreShift(),
              "probabilities shift by %s in the mean; max_score_shift is %s"));
    }
    return verdicts;
  }

  /**
   * The main metric on a part of the rows, which may fall by a stated amount. A part of few rows
   * passes unjudged.
   */
  public Verdict slice(String name, PairedScores scores) {
    if (scores.first().rows() < LEAST_ROWS) {
      return new Verdict(
          "slice",
          name,
          true,
          0,
          config.maxSliceDrop(),
          "not judged: %d rows of %s, fewer than %d"
              .formatted(scores.first().rows(), name, LEAST_ROWS),
          Map.of("judged", false));
    }
    double before = metric.of(scores.first());
    double after = metric.of(scores.second());
    double fall = -better(after - before);
    return new Verdict(
        "slice",
        name,
        !(fall > config.maxSliceDrop() + ROUNDING),
        fall,
        config.maxSliceDrop(),
        "%s on %d rows of %s went from %s to %s; max_slice_drop is %s"
            .formatted(
                metric.key(),
                scores.first().rows(),
                name,
                written(before),
                written(after),
                asked(config.maxSliceDrop())),
        Map.of("champion", before, "challenger", after));
  }

  /**
   * The challenger's size and speed.
   *
   * @param microseconds median time to score a record, measured only where it is limited; NaN where
   *     there is no record to measure it on
   */
  public List<Verdict> resources(long bytes, DoubleSupplier microseconds) {
    List<Verdict> verdicts = new ArrayList<>();
    if (config.maxMegabytes() > 0) {
      verdicts.add(
          below(
              "size",
              "",
              bytes / 1e6,
              config.maxMegabytes(),
              "its files have %s megabytes; max_megabytes is %s"));
    }
    if (config.maxMicroseconds() > 0) {
      verdicts.add(latency(microseconds.getAsDouble()));
    }
    return verdicts;
  }

  private Verdict latency(double microseconds) {
    return Double.isNaN(microseconds)
        ? new Verdict(
            "latency",
            "",
            false,
            microseconds,
            config.maxMicroseconds(),
            "there is no record to measure it on",
            Map.of())
        : below(
            "latency",
            "",
            microseconds,
            config.maxMicroseconds(),
            "a record takes %s microseconds; max_microseconds is %s");
  }

  private Verdict gain(String rows, PairedScores scores) {
    double before = metric.of(scores.first());
    double after = metric.of(scores.second());
    double gain = better(after - before);
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("metric", metric.key());
    numbers.put("champion", before);
    numbers.put("challenger", after);
    numbers.put("records", scores.first().rows());
    numbers.put("level", config.level());
    boolean passed;
    String evidence;
    double value;
    if (config.evidence() == GateConfig.Evidence.MCNEMAR) {
      McNemar counts = McNemar.of(scores.first(), scores.second());
      double chance = counts.probabilityOfChance();
      numbers.put("gained", counts.gained());
      numbers.put("lost", counts.lost());
      numbers.put("p_value", chance);
      value = gain;
      passed = gain >= config.minGain() - ROUNDING && chance <= config.level();
      evidence =
          ": %d rows gained and %d lost, p = %s at level %s"
              .formatted(counts.gained(), counts.lost(), written(chance), config.level());
    } else {
      value = lowerBound(scores);
      numbers.put("gain", gain);
      numbers.put("gain_lower_bound", value);
      passed = value >= config.minGain() - ROUNDING;
      evidence = ", better by at least %s at level %s".formatted(written(value), config.level());
    }
    return new Verdict(
        "gain",
        rows,
        passed,
        value,
        config.minGain(),
        "%s went from %s to %s%s; min_gain is %s"
            .formatted(
                metric.key(), written(before), written(after), evidence, asked(config.minGain())),
        numbers);
  }

  /** What the gain exceeds in a share 1 - level of the draws. */
  private double lowerBound(PairedScores scores) {
    PairedBootstrap bootstrap =
        new PairedBootstrap(
            scores.first(),
            List.of(Figure.of(metric)),
            config.draws(),
            1 - 2 * config.level(),
            seed);
    PairedBootstrap.Estimate estimate = bootstrap.measure(scores.second()).get(0);
    return metric.higherIsBetter()
        ? estimate.differenceInterval().low()
        : -estimate.differenceInterval().high();
  }

  private double better(double difference) {
    return metric.higherIsBetter() ? difference : -difference;
  }

  /** The class whose recall falls most, of those that have enough rows. */
  private Verdict recall(String rows, PairedScores scores) {
    int[] counts = counts(scores.first());
    double[] before = recalls(scores.first(), counts);
    double[] after = recalls(scores.second(), counts);
    List<String> unjudged = new ArrayList<>();
    int worst = -1;
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] < LEAST_ROWS) {
        unjudged.add(scores.first().classes().get(label));
      } else if (worst < 0 || before[label] - after[label] > before[worst] - after[worst]) {
        worst = label;
      }
    }
    String aside =
        unjudged.isEmpty()
            ? ""
            : "not judged, with fewer than %d rows: %s"
                .formatted(LEAST_ROWS, String.join(", ", unjudged));
    if (worst < 0) {
      return new Verdict(
          "recall", rows, true, 0, config.maxRecallDrop(), aside, Map.of("not_judged", unjudged));
    }
    String label = scores.first().classes().get(worst);
    double fall = before[worst] - after[worst];
    return new Verdict(
        "recall",
        rows,
        fall <= config.maxRecallDrop() + ROUNDING,
        fall,
        config.maxRecallDrop(),
        "%s; max_recall_drop is %s%s"
            .formatted(
                (fall > 0
                        ? "recall of %s went from %s to %s, the largest fall of any class"
                        : "no class's recall fell; that of %s went from %s to %s")
                    .formatted(label, written(before[worst]), written(after[worst])),
                asked(config.maxRecallDrop()),
                aside.isEmpty() ? "" : "; " + aside),
        Map.of(
            "class",
            label,
            "champion",
            before[worst],
            "challenger",
            after[worst],
            "not_judged",
            unjudged));
  }

  /** Rows per class. */
  private static int[] counts(ScoredRows rows) {
    int[] counts = new int[rows.classes().size()];
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.labels()[row] >= 0) {
        counts[rows.labels()[row]]++;
      }
    }
    return counts;
  }

  /** NaN for a class without rows. */
  private static double[] recalls(ScoredRows rows, int[] counts) {
    double[] right = new double[counts.length];
    for (int row = 0; row < rows.rows(); row++) {
      int label = rows.labels()[row];
      if (label >= 0 && rows.predicted()[row] == label) {
        right[label]++;
      }
    }
    for (int label = 0; label < right.length; label++) {
      right[label] /= counts[label];
    }
    return right;
  }

  /** Mean total variation distance between the two models' probabilities. */
  private static double shift(PairedScores scores) {
    double[] before = scores.first().probabilities();
    double[] after = scores.second().probabilities();
    double sum = 0;
    for (int i = 0; i < before.length; i++) {
      sum += Math.abs(before[i] - after[i]);
    }
    return sum / 2 / Math.max(1, scores.first().rows());
  }

  private static Verdict below(
      String gate, String rows, double value, double limit, String explanation) {
    return new Verdict(
        gate,
        rows,
        !(value > limit + ROUNDING),
        value,
        limit,
        explanation.formatted(written(value), asked(limit)),
        Map.of());
  }

  /** A setting as people write it. */
  private static String asked(double limit) {
    return limit == 0 ? "0" : BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
  }

  private static String written(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
