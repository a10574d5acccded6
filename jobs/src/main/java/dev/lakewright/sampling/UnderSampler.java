package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps as many rows of each class as the target asks for; makes none. */
record UnderSampler(SamplingConfig config, List<String> classes, UnderSampling method)
    implements Resampler {

  @Override
  public Resampled resample(RowMatrix training, long seed) {
    RowsByClass rows = RowsByClass.of(training, classes);
    long[] toKeep = Targets.toKeep(config, rows.sizes());
    UnderSampling prepared = method.prepared(rows, seed);
    Draws draws = new Draws(seed);
    int[] kept =
        Arrays.stream(rows.present())
            .flatMap(
                label ->
                    toKeep[label] < 0 || toKeep[label] == rows.count(label)
                        ? IntStream.of(rows.of(label))
                        : IntStream.of(prepared.select(rows, label, (int) toKeep[label], draws)))
            .sorted()
            .toArray();
    return Resampled.kept(training, kept);
  }
}
