package dev.lakewright.config;

import java.io.Serializable;

/**
 * The learner. The objective is {@code sum(w_i * loss_i) / sum(w_i) + l2 / 2 * |weights|^2 + l1 *
 * |weights|_1}; intercepts are not penalized.
 */
public record LearnerConfig(
    @Key(doc = "logistic: multinomial (or binary) logistic regression", fallback = "logistic")
        Type type,
    @Key(doc = "Strength of the L2 penalty", fallback = "1e-3", min = 0) double l2,
    @Key(doc = "Strength of the L1 penalty", fallback = "0", min = 0) double l1,
    @Key(doc = "Most iterations of the optimizer", fallback = "200", min = 1, max = 100_000)
        int maxIterations,
    @Key(
            doc = "Stop when an iteration improves the objective by less than this share",
            fallback = "1e-6",
            min = 0,
            max = 1)
        double tolerance,
    @Key(doc = "Learn an intercept per class", fallback = "true") boolean intercept)
    implements Serializable {

  /** Learner families. */
  public enum Type {
    LOGISTIC
  }

  public LearnerConfig {
    if (!Double.isFinite(l2) || !Double.isFinite(l1)) {
      throw new IllegalArgumentException("l1 and l2 must be finite numbers, not " + l1 + ", " + l2);
    }
  }
}
