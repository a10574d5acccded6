package dev.lakewright.resampling;

import dev.lakewright.config.DataConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.errors.ConfigException;

/** Whether a method can work on the columns that the configuration names. */
final class Applicability {

  private Applicability() {}

  /** Whether a method copies or drops rows whatever they hold. */
  static boolean isRandom(SamplingConfig config) {
    return config.method() == Method.RANDOM_OVER || config.method() == Method.RANDOM_UNDER;
  }

  /** Whether it reads the numbers of rows. */
  static boolean readsNumbers(SamplingConfig config) {
    return !isRandom(config) || (config.method() == Method.RANDOM_OVER && config.smoothing() > 0);
  }

  /**
   * Refuses, before anything is read.
   *
   * @throws ConfigException with the cure
   */
  static void require(SamplingConfig config, DataConfig data) {
    Method method = config.method();
    if (method == Method.NONE) {
      throw new ConfigException(
          "sampling.method: none leaves nothing to resample; choose a method such as random_over, smote or random_under");
    }
    if (isRandom(config)) {
      requireNumbersForSmoothing(config, data);
      return;
    }
    if (data.numeric().isEmpty() && data.categorical().isEmpty()) {
      throw new ConfigException(
          method.makesRows()
              ? "sampling.method: %s makes rows from numbers, but data.numeric and data.categorical name no column; name some, or for texts choose random_over, or in training augmentation (sampling.augmentation)"
                  .formatted(method.word())
              : "sampling.method: %s compares rows by their numbers and categories, but data.numeric and data.categorical name no column; name some, or choose random_under"
                  .formatted(method.word()));
    }
    if (method.makesRows() && isForNumbersOnly(method)) {
      requireNumbersOnly(method, data);
    }
  }

  private static void requireNumbersForSmoothing(SamplingConfig config, DataConfig data) {
    if (readsNumbers(config) && data.numeric().isEmpty()) {
      throw new ConfigException(
          "sampling.smoothing: %s scatters the numbers of copies, but data.numeric names no column; name some, or set smoothing to 0"
              .formatted(config.smoothing()));
    }
  }

  private static boolean isForNumbersOnly(Method method) {
    return method != Method.SMOTE_NC && method != Method.SMOTEN;
  }

  private static void requireNumbersOnly(Method method, DataConfig data) {
    if (!data.categorical().isEmpty()) {
      throw new ConfigException(
          "sampling.method: %s makes numbers only, but data.categorical names %s; choose %s, or leave data.categorical out, and made rows take those values of the row that they stem from"
              .formatted(
                  method.word(),
                  String.join(", ", data.categorical()),
                  data.numeric().isEmpty() ? "smoten" : "smote_nc"));
    }
  }
}
