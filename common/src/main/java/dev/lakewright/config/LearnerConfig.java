package dev.lakewright.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The learner. The objective is {@code sum(w_i * loss_i) / sum(w_i) + l2 / 2 * |weights|^2 + l1 *
 * |weights|_1}; intercepts are not penalized.
 */
public record LearnerConfig(
    @Key(
            doc =
                "Linear learners. logistic: multinomial (or binary) logistic regression; focal: the"
                    + " same, rows already right count less; squared_hinge: linear support vector"
                    + " machine, one class against the rest. spark: the learner.estimator",
            fallback = "logistic")
        Type type,
    @Key(
            doc =
                "With type spark: class name of a spark.ml classifier, such as"
                    + " org.apache.spark.ml.classification.RandomForestClassifier; it can be tuned,"
                    + " not published",
            fallback = NO_ESTIMATOR)
        String estimator,
    @Key(
            doc =
                "With type spark: params of the estimator by name, such as {numTrees: 50}; columns"
                    + " are set already")
        Map<String, String> params,
    @Key(doc = "Strength of the L2 penalty", fallback = "1e-3", min = 0) double l2,
    @Key(doc = "Strength of the L1 penalty", fallback = "0", min = 0) double l1,
    @Key(
            doc = "Most passes of the optimizer over the rows",
            fallback = "200",
            min = 1,
            max = 100_000)
        int maxIterations,
    @Key(
            doc = "Stop when the objective is expected to improve by less than this share",
            fallback = "1e-6",
            min = 0,
            max = 1)
        double tolerance,
    @Key(doc = "Learn an intercept per class", fallback = "true") boolean intercept,
    @Key(
            doc = "With type focal: how much less rows count that are right already",
            fallback = "2",
            min = 0,
            max = 10)
        double gamma,
    @Key(
            doc =
                "With type focal: factor of each class's loss, > 0; classes not named have 1. The loss"
                    + " of a row is -alpha (1 - p)^gamma log p",
            min = 0)
        Map<String, Double> alpha,
    @Key(
            doc =
                "With types logistic and focal: share of a row's weight spread evenly over all"
                    + " classes",
            fallback = "0",
            min = 0,
            max = 0.9)
        double labelSmoothing,
    @Key(
            doc =
                "With types logistic and focal: train with this many times the logarithm of the"
                    + " class's share of the training weight added to its score, and score without, so"
                    + " that rare classes score higher (Menon et al. 2021; theirs is 1). 0: off",
            fallback = "0",
            min = -10,
            max = 10)
        double logitAdjustment,
    @Key(
            doc =
                "Stop when the log loss on the fold's validation rows has not improved for so many"
                    + " iterations, and keep the best; the refit stops after as many passes. 0: off",
            fallback = "0",
            min = 0,
            max = 1000)
        int earlyStopping)
    implements Serializable {

  /** What {@code estimator} says when there is none. */
  public static final String NO_ESTIMATOR = "none";

  /** Learner families. */
  public enum Type {
    LOGISTIC,
    FOCAL,
    SQUARED_HINGE,
    SPARK
  }

  public LearnerConfig {
    params = Collections.unmodifiableMap(new TreeMap<>(params));
    alpha = Collections.unmodifiableMap(new TreeMap<>(alpha));
    alpha.forEach(
        (label, factor) -> {
          if (!(factor > 0)) {
            throw new IllegalArgumentException(
                "alpha." + label + " must be above 0, not " + factor);
          }
        });
    if (!Double.isFinite(l2) || !Double.isFinite(l1)) {
      throw new IllegalArgumentException("l1 and l2 must be finite numbers, not " + l1 + ", " + l2);
    }
  }
}
