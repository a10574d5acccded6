package dev.lakewright.tuning;

import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SearchDimension;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.search.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.ml.Estimator;

/** Refuses sweeps in which an estimator of Spark would have to weigh rows and cannot. */
public final class WeightsCheck {

  private WeightsCheck() {}

  /**
   * Goes through all that the space says of estimators and of weights, and needs neither rows nor
   * Spark.
   *
   * @param bind gives the configuration with a point's values in place
   * @throws ConfigException that names the estimator and where the weights come from
   */
  public static void check(
      LakewrightConfig config, Function<Map<String, Object>, LakewrightConfig> bind) {
    Map<String, SearchDimension> space = config.tune().space();
    Map<String, SearchDimension> parts = new LinkedHashMap<>();
    for (String key : keysOfInterest(space)) {
      parts.put(key, ends(space.get(key)));
    }
    for (Map<String, Object> point : new SearchSpace(parts).grid()) {
      check(bind.apply(point));
    }
  }

  private static void check(LakewrightConfig trial) {
    String weights = weights(trial);
    if (trial.learner().type() != LearnerConfig.Type.SPARK || weights.isEmpty()) {
      return;
    }
    Estimator<?> estimator = SparkEstimators.instance(trial.learner());
    if (!SparkEstimators.weighsRows(estimator)) {
      throw new ConfigException(
          "learner.estimator: %s cannot weigh rows, which %s asks for; leave that out, or choose another estimator"
              .formatted(estimator.getClass().getSimpleName(), weights));
    }
  }

  /** The key that makes rows weigh differently; empty if none does. */
  private static String weights(LakewrightConfig trial) {
    SamplingConfig sampling = trial.sampling();
    if (trial.data().weight().isPresent()) {
      return "data.weight: " + trial.data().weight().get();
    } else if (sampling.weights() != SamplingConfig.Weights.NONE) {
      return "sampling.weights: " + sampling.weights().name().toLowerCase(Locale.ROOT);
    }
    if (sampling.weighsClasses()) {
      return "sampling.class_weights";
    }
    AugmentationConfig augmentation = sampling.augmentation();
    if (augmentation.mixes() && augmentation.mixUpPartners() == AugmentationConfig.Partners.ANY) {
      return "sampling.augmentation.mix_up_partners: any";
    }
    EnsembleConfig.Type ensemble = trial.ensemble().type();
    boolean boosts =
        ensemble == EnsembleConfig.Type.EASY_ENSEMBLE || ensemble == EnsembleConfig.Type.RUS_BOOST;
    return boosts ? "ensemble.type: " + ensemble.name().toLowerCase(Locale.ROOT) : "";
  }

  /** The keys that decide, and those on which it depends whether they are part of a point. */
  private static Set<String> keysOfInterest(Map<String, SearchDimension> space) {
    Set<String> keys = new TreeSet<>();
    for (String key : space.keySet()) {
      if (key.equals("learner.type")
          || key.equals("learner.estimator")
          || key.equals("sampling.weights")
          || key.equals("sampling.augmentation.mix_up")
          || key.equals("sampling.augmentation.mix_up_partners")
          || key.equals("ensemble.type")
          || key.startsWith("sampling.class_weights.")) {
        addWithParents(key, space, keys);
      }
    }
    return keys;
  }

  private static void addWithParents(
      String key, Map<String, SearchDimension> space, Set<String> keys) {
    if (keys.add(key)) {
      space.get(key).conditions().keySet().forEach(parent -> addWithParents(parent, space, keys));
    }
  }

  /** A range stands for its ends. */
  private static SearchDimension ends(SearchDimension dimension) {
    if (dimension instanceof SearchDimension.Conditional conditional) {
      return new SearchDimension.Conditional(
          ends(conditional.dimension()), conditional.conditions());
    } else if (dimension instanceof SearchDimension.Uniform range) {
      return choice(range.low(), range.high());
    } else if (dimension instanceof SearchDimension.SteppedUniform range) {
      return choice(range.low(), range.high());
    } else if (dimension instanceof SearchDimension.LogUniform range) {
      return choice(range.low(), range.high());
    } else if (dimension instanceof SearchDimension.IntegerRange range) {
      return choice(range.low(), range.high());
    } else if (dimension instanceof SearchDimension.LogIntegerRange range) {
      return choice(range.low(), range.high());
    }
    return dimension;
  }

  private static SearchDimension choice(Object low, Object high) {
    return new SearchDimension.Choice(List.of(low, high));
  }
}
