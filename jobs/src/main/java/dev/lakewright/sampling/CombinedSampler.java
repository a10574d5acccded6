package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * Makes rows, then cleans all classes, made rows too (Batista, Prati, Monard, 2004, section 3.2).
 */
record CombinedSampler(Resampler over, List<String> classes, Cleaning cleaning)
    implements Resampler {

  @Override
  public Resampled resample(RowMatrix training, long seed) {
    Resampled grown = over.resample(training, seed);
    RowsByClass rows = RowsByClass.of(grown.rows(), classes);
    boolean[] cleaned = new boolean[classes.size()];
    Arrays.fill(cleaned, true);
    return grown.select(cleaning.keep(rows, cleaned, new Draws(seed)));
  }
}
