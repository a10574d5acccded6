package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.matrix.RowMatrix;
import java.util.List;

/** Refuses rows that no method can resample, and results that lack a class. */
record CheckedResampler(SamplingConfig.Method method, List<String> classes, Resampler resampler)
    implements Resampler {

  @Override
  public Resampled resample(RowMatrix training, long seed) {
    requireClasses(method, RowsByClass.of(training, classes).sizes());
    requireNumbers(training);
    Resampled resampled = resampler.resample(training, seed);
    requireAllClasses(training, resampled.rows());
    return resampled;
  }

  static void requireClasses(SamplingConfig.Method method, ClassCounts rows) {
    int[] present = rows.present();
    if (present.length < 2) {
      throw new DataException(
          "sampling.method: %s needs training rows of two classes, but there are only %s; set sampling.method to none"
              .formatted(
                  method.word(),
                  present.length == 0
                      ? "none"
                      : "%d of the class %s"
                          .formatted(rows.count(present[0]), rows.names().get(present[0]))));
    }
  }

  private void requireNumbers(RowMatrix training) {
    for (int row = 0; row < training.rows(); row++) {
      for (int at = training.starts()[row]; at < training.starts()[row + 1]; at++) {
        if (!Float.isFinite(training.values()[at])) {
          throw new DataException(
              "sampling.method: %s needs finite numbers, but training row %d (class %s) holds %s in feature %d; fill missing values with features.numeric.impute, or remove the row"
                  .formatted(
                      method.word(),
                      row,
                      classes.get(training.label(row)),
                      training.values()[at],
                      training.columns()[at]));
        }
      }
    }
  }

  private void requireAllClasses(RowMatrix training, RowMatrix resampled) {
    int count = classes.size();
    Resamplers.requireAllClasses(
        method, classes, training.classCounts(count), resampled.classCounts(count));
  }
}
