package dev.lakewright.config;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;

/** Class weights, applied to training rows only. */
public record SamplingConfig(
    @Key(
            doc =
                "none: every row counts its own weight; balanced: rows / (classes x rows of class);"
                    + " effective_number: in inverse proportion to (1 - beta^n) / (1 - beta), n being"
                    + " the rows of the class (Cui et al. 2019)",
            fallback = "none")
        Weights weights,
    @Key(doc = "Explicit weight per class, > 0; classes not named have weight 1")
        Map<String, Double> classWeights,
    @Key(
            doc =
                "With weights: effective_number, from none (0) to balanced (1): rows of a class are"
                    + " worth about 1 / (1 - beta) different ones at most",
            fallback = "0.999",
            min = 0,
            max = 1)
        double beta)
    implements Serializable {

  /** Rules for class weights. */
  public enum Weights {
    NONE,
    BALANCED,
    EFFECTIVE_NUMBER
  }

  /** Whether some class's rows may count for more than another's. */
  public boolean weighsClasses() {
    return weights != Weights.NONE
        || classWeights.values().stream().anyMatch(weight -> weight.doubleValue() != 1);
  }

  public SamplingConfig {
    if (weights != Weights.NONE && !classWeights.isEmpty()) {
      throw new IllegalArgumentException(
          "class_weights cannot be combined with weights: %s; remove one of them"
              .formatted(weights.name().toLowerCase(Locale.ROOT)));
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
