package dev.lakewright.tuning;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.sampling.RandomShares;
import dev.lakewright.spread.SpreadResampling;
import java.util.Locale;
import java.util.Set;

/**
 * What cannot be done with rows that stay spread.
 *
 * @param ensembles whether the learner's ensembles can be trained on subsets of them
 */
record SpreadLimits(boolean ensembles) {

  /** What spreads rows. */
  static final String SETTING = "tune.plan: data_parallel";

  /**
   * Refuses settings that no trial of a sweep could be trained with.
   *
   * @param varied key paths that trials may differ in
   */
  void requireSupported(Trial trial, Set<String> varied) {
    boolean sameEnsemble = varied.stream().noneMatch(key -> key.startsWith("ensemble."));
    boolean sameSampling = varied.stream().noneMatch(key -> key.startsWith("sampling."));
    if (sameEnsemble) {
      requireApart(trial.ensemble());
    }
    if (sameSampling) {
      requireSpread(trial.sampling());
      requireUnmixed(trial.sampling());
    }
    if (sameEnsemble && sameSampling) {
      requireUntreated(trial);
    }
  }

  /** Refuses a trial. */
  void requireTrainable(Trial trial) {
    requireApart(trial.ensemble());
    requireSpread(trial.sampling());
    requireUnmixed(trial.sampling());
    requireUntreated(trial);
  }

  /** Members must be trained apart from each other, each on its subset. */
  private void requireApart(EnsembleConfig ensemble) {
    if (!ensemble.present()) {
      return;
    }
    if (!ensembles) {
      throw new ConfigException(
          "ensemble.type: %s draws its subsets from rows in one place, which %s does not have; set ensemble.type: none, or give executors more memory"
              .formatted(word(ensemble), SETTING));
    }
    if (ensemble.type() == EnsembleConfig.Type.RUS_BOOST) {
      throw new ConfigException(
          "ensemble.type: rus_boost measures every round on all rows in one place, but %s spreads them; set ensemble.type to easy_ensemble or balanced_bagging, or give executors more memory"
              .formatted(SETTING));
    }
  }

  /** Subsets are drawn from rows as they are. */
  private static void requireUntreated(Trial trial) {
    if (trial.ensemble().present() && trial.sampling().method() != SamplingConfig.Method.NONE) {
      throw new ConfigException(
          "ensemble.type: %s draws balanced subsets from resampled rows in one place (sampling.method: %s), but %s spreads them; set one of both to none, or give executors more memory"
              .formatted(word(trial.ensemble()), trial.sampling().method().word(), SETTING));
    }
  }

  private static String word(EnsembleConfig ensemble) {
    return ensemble.type().name().toLowerCase(Locale.ROOT);
  }

  private static void requireUnmixed(SamplingConfig sampling) {
    if (sampling.augmentation().mixes()) {
      throw new ConfigException(
          "sampling.augmentation.mix_up takes a fold's rows in one place, but %s spreads them; set sampling.augmentation.mix_up: 0, or give executors more memory"
              .formatted(SETTING));
    }
  }

  private static void requireSpread(SamplingConfig sampling) {
    if (RandomShares.suffice(sampling) || SpreadResampling.knowsVectors(sampling.method())) {
      return;
    }
    if (sampling.method() == SamplingConfig.Method.RANDOM_OVER) {
      throw new ConfigException(
          "sampling.smoothing: %s looks at the features of a fold's rows in one place, but %s spreads them; set sampling.smoothing: 0, write a resampled table with the job resample, or give executors more memory"
              .formatted(sampling.smoothing(), SETTING));
    }
    throw new ConfigException(
        "sampling.method: %s looks at the features of a fold's rows in one place, but %s spreads them; choose a method that does without, such as smote, random_under, near_miss_1 or tomek, or give executors more memory"
            .formatted(sampling.method().word(), SETTING));
  }
}
