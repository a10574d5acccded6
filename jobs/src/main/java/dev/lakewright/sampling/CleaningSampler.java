package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.matrix.RowMatrix;
import java.util.List;

/** Removes what its method finds; how many rows stay depends on the rows. */
record CleaningSampler(SamplingConfig config, List<String> classes, Cleaning method)
    implements Resampler {

  @Override
  public Resampled resample(RowMatrix training, long seed) {
    RowsByClass rows = RowsByClass.of(training, classes);
    boolean[] cleaned = Targets.toClean(config, rows.sizes());
    return Resampled.kept(training, method.keep(rows, cleaned, new Draws(seed)));
  }
}
