package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;

/**
 * Changes how many rows each class has. Rows, seed and settings alone decide the result: chance is
 * a hash of the seed, a row's place and a copy's number, never a stream whose use depends on the
 * way there.
 */
@FunctionalInterface
public interface Resampler {

  /**
   * Resamples training rows; the input is not changed.
   *
   * @param training rows in a fixed order, labels below the number of classes
   * @throws dev.lakewright.errors.DataException if the rows do not allow what is asked for
   * @throws dev.lakewright.errors.ConfigException if a class has other rows than a target allows
   */
  Resampled resample(RowMatrix training, long seed);
}
