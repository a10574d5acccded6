package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.matrix.RowMatrix;
import java.util.List;

/** Refuses rows that no method can resample, and results that lack a class. */
record CheckedResampler(SamplingConfig.Method method, List<String> classes, Resampler resampler)
    implements Resampler {

  @Override
  public Resampled resample(RowMatrix training, long seed) {
    Resamplers.requireClasses(method, RowsByClass.of(training, classes).sizes());
    requireNumbers(training);
    Resampled resampled = resampler.resample(training, seed);
    requireAllClasses(training, resampled.rows());
    return resampled;
  }

  private void requireNumbers(RowMatrix training) {
    for (int row = 0; row < training.rows(); row++) {
      Resamplers.requireFinite(
          method,
          row,
          classes.get(training.label(row)),
          training.columns(),
          training.values(),
          training.starts()[row],
          training.starts()[row + 1]);
    }
  }

  private void requireAllClasses(RowMatrix training, RowMatrix resampled) {
    int count = classes.size();
    Resamplers.requireAllClasses(
        method, classes, training.classCounts(count), resampled.classCounts(count));
  }
}
