package dev.lakewright.config;

import java.util.Map;

/** How probabilities become a label; chosen on calibrated out-of-fold scores. */
public record ThresholdsConfig(
    @Key(
            doc =
                "none: the most probable class; f1, fbeta: best per class; recall_at_precision:"
                    + " most recall at the stated precision; cost: least expected cost",
            fallback = "none")
        Goal goal,
    @Key(
            doc = "With goal fbeta: weight of recall against precision",
            fallback = "1",
            min = 0.01,
            max = 100)
        double beta,
    @Key(doc = "With goal recall_at_precision: least precision", fallback = "0.9", min = 0, max = 1)
        double precision,
    @Key(
            doc =
                "With goal cost: true label to predicted label to cost >= 0; absent pairs cost 1, right ones 0")
        Map<String, Map<String, Double>> cost) {

  /** What the thresholds serve. */
  public enum Goal {
    NONE,
    F1,
    FBETA,
    RECALL_AT_PRECISION,
    COST
  }

  public ThresholdsConfig {
    if (goal == Goal.COST && cost.isEmpty()) {
      throw new IllegalArgumentException("goal: cost needs cost to be set");
    }
  }
}
