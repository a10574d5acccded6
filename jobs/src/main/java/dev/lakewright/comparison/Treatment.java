package dev.lakewright.comparison;

import dev.lakewright.config.Remedy;
import dev.lakewright.config.SamplingConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A remedy in the words of the configuration.
 *
 * @param settings key path to value, laid over the {@link Baseline}
 */
public record Treatment(Remedy remedy, Map<String, Object> settings) {

  /** Altered copies per row: as many as Wei and Zou (2019, table 3) take of larger data sets. */
  private static final int COPIES = 4;

  private static final int MIXTURES = 1;

  /** The one that is right for the balanced error (Menon et al. 2021, theorem 1). */
  private static final double ADJUSTMENT = 1;

  public Treatment {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * What a remedy sets; {@code configured} is the baseline's to say, and what is nothing else is a
   * method of resampling.
   */
  static Treatment of(Remedy remedy, Baseline baseline) {
    return new Treatment(
        remedy,
        switch (remedy) {
          case NONE, THRESHOLDS -> Map.of();
          case CONFIGURED -> baseline.configured();
          case BALANCED_WEIGHTS -> Map.of("sampling.weights", "balanced");
          case EFFECTIVE_NUMBER -> Map.of("sampling.weights", "effective_number");
          case LOGIT_ADJUSTED -> Map.of("learner.logit_adjustment", ADJUSTMENT);
          case FOCAL -> Map.of("learner.type", "focal");
          case BALANCED_BAGGING, EASY_ENSEMBLE, RUS_BOOST -> Map.of("ensemble.type", remedy.word());
          case AUGMENTATION -> Map.of("sampling.augmentation.copies", COPIES);
          case MIX_UP -> Map.of("sampling.augmentation.mix_up", MIXTURES);
          default -> Map.of("sampling.method", SamplingConfig.Method.valueOf(remedy.name()).word());
        });
  }
}
