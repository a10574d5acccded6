package dev.lakewright.config;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How probabilities become a label; chosen on calibrated out-of-fold probabilities. */
public record ThresholdsConfig(
    @Key(
            doc =
                "none: the most probable class, class weights and the like having their say; f1,"
                    + " fbeta: best per class; recall_at_precision: most recall at the stated"
                    + " precision; precision_at_recall: the reverse; macro_f1, balanced_accuracy,"
                    + " g_mean, mcc, accuracy: best of all classes together; cost: least expected"
                    + " cost",
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
    @Key(doc = "With goal precision_at_recall: least recall", fallback = "0.9", min = 0, max = 1)
        double recall,
    @Key(
            doc =
                "With goals recall_at_precision and precision_at_recall: least precision or recall of"
                    + " classes for which it differs",
            min = 0,
            max = 1)
        Map<String, Double> least,
    @Key(
            doc =
                "With two classes and a goal of one class: which; default: the second by name. Of more"
                    + " classes, each has its own threshold")
        Optional<String> positive,
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
    PRECISION_AT_RECALL,
    MACRO_F1,
    BALANCED_ACCURACY,
    G_MEAN,
    MCC,
    ACCURACY,
    COST
  }

  public ThresholdsConfig {
    least = Collections.unmodifiableMap(new TreeMap<>(least));
    if (goal == Goal.COST && cost.isEmpty()) {
      throw new IllegalArgumentException("goal: cost needs cost to be set");
    }
  }

  /** Least precision of a class with goal recall_at_precision. */
  public double leastPrecision(String label) {
    return least.getOrDefault(label, precision);
  }

  /** Least recall of a class with goal precision_at_recall. */
  public double leastRecall(String label) {
    return least.getOrDefault(label, recall);
  }
}
