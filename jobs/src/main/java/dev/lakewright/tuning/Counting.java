package dev.lakewright.tuning;

import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.config.FeaturesConfig;

/**
 * How rows are counted: trials that agree in it share them.
 *
 * @param augmentation copies of texts that are counted beside the rows, and how rows are mixed
 */
record Counting(FeaturesConfig features, AugmentationConfig augmentation) {

  /** What a trial asks for; settings of augmentation that is off tell no trials apart. */
  static Counting of(Trial trial) {
    AugmentationConfig augmentation = trial.sampling().augmentation();
    boolean on = augmentation.altersTexts() || augmentation.mixes();
    return new Counting(trial.features(), on ? augmentation : AugmentationConfig.OFF);
  }
}
