package dev.lakewright.config;

import java.util.Locale;

/** What a challenger must reach, against the champion and by itself, to take its place. */
public record GateConfig(
    @Key(
            doc =
                "bootstrap: the gain must exceed min_gain in 1 - level of the draws that take the same"
                    + " rows for both; mcnemar: more of the rows they disagree on must be right than"
                    + " chance explains, and the gain reach min_gain",
            fallback = "bootstrap")
        Evidence evidence,
    @Key(
            doc =
                "Least gain on the main metric (tune.metric), in its own direction; below 0: how much"
                    + " worse it may be",
            fallback = "-0.01",
            min = -1,
            max = 1)
        double minGain,
    @Key(
            doc = "Chance of letting through a challenger that is no better than min_gain",
            fallback = "0.05",
            min = 0.0001,
            max = 0.5)
        double level,
    @Key(doc = "Draws of the bootstrap", fallback = "1000", min = 100, max = 100_000) int draws,
    @Key(
            doc =
                "Most that any class's recall may fall; classes of fewer than 30 rows are not judged",
            fallback = "0.1",
            min = 0,
            max = 1)
        double maxRecallDrop,
    @Key(
            doc =
                "Most that the main metric may fall on any slice of retrain.slices, and on the newest"
                    + " held-out rows (at least 100); slices of fewer than 30 rows are not judged",
            fallback = "0.05",
            min = 0,
            max = 1)
        double maxSliceDrop,
    @Key(doc = "Largest calibration error; 1: no limit", fallback = "1", min = 0, max = 1)
        double maxCalibrationError,
    @Key(
            doc =
                "Largest mean change of a record's probabilities: half the sum of their absolute"
                    + " differences; 1: no limit",
            fallback = "1",
            min = 0,
            max = 1)
        double maxScoreShift,
    @Key(doc = "Largest size of the model's files; 0: no limit", fallback = "0", min = 0)
        double maxMegabytes,
    @Key(
            doc = "Longest time to score a record on one core, the median; 0: no limit",
            fallback = "0",
            min = 0)
        double maxMicroseconds) {

  /** How the gain is told from chance. */
  public enum Evidence {
    BOOTSTRAP,
    MCNEMAR;

    /** As it is written in a configuration. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
