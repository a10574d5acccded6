package dev.lakewright.tuning;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.sampling.RandomShares;
import dev.lakewright.spread.SpreadResampling;
import java.util.Locale;
import java.util.Set;

/** What cannot be done with rows that stay spread, whoever learns from them. */
final class SpreadLimits {

  /** What spreads rows. */
  static final String SETTING = "tune.plan: data_parallel";

  private SpreadLimits() {}

  /**
   * Refuses settings that no trial of a sweep could be trained with.
   *
   * @param varied key paths that trials may differ in
   */
  static void requireSupported(Trial trial, Set<String> varied) {
    if (varied.stream().noneMatch(key -> key.startsWith("ensemble."))) {
      requireSingle(trial);
    }
    if (varied.stream().noneMatch(key -> key.startsWith("sampling."))) {
      requireSpread(trial.sampling());
      requireUnmixed(trial.sampling());
    }
  }

  /** Refuses a trial. */
  static void requireTrainable(Trial trial) {
    requireSingle(trial);
    requireSpread(trial.sampling());
    requireUnmixed(trial.sampling());
  }

  private static void requireSingle(Trial trial) {
    if (trial.ensemble().present()) {
      throw new ConfigException(
          "ensemble.type: %s draws its subsets from rows in one place, which %s does not have; set ensemble.type: none, or give executors more memory"
              .formatted(trial.ensemble().type().name().toLowerCase(Locale.ROOT), SETTING));
    }
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
