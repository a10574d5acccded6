package dev.lakewright.config;

import java.io.Serializable;
import java.util.Map;

/** Class weights and made-up rows, for training rows only. */
public record SamplingConfig(
    @Key(
            doc =
                "none: every row counts its own weight; balanced: rows / (classes x rows of class)",
            fallback = "none")
        Weights weights,
    @Key(doc = "Explicit weight per class, > 0; classes not named have weight 1")
        Map<String, Double> classWeights,
    @Key(doc = "Made-up training rows: altered texts and mixtures of feature vectors")
        AugmentationConfig augmentation)
    implements Serializable {

  /** Rules for class weights. */
  public enum Weights {
    NONE,
    BALANCED
  }

  public SamplingConfig {
    if (weights == Weights.BALANCED && !classWeights.isEmpty()) {
      throw new IllegalArgumentException(
          "class_weights cannot be combined with weights: balanced; remove one of them");
    }
    classWeights.forEach(
        (label, weight) -> {
          if (!(weight > 0) || weight.isInfinite()) {
            throw new IllegalArgumentException(
                "class_weights." + label + " must be a positive number, not " + weight);
          }
        });
  }
}
