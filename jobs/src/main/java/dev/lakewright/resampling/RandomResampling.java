package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.sampling.Origin;
import dev.lakewright.sampling.Targets;
import dev.lakewright.spread.Derivation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Random over- and under-sampling of any number of rows, whose numbers are known beforehand. */
final class RandomResampling {

  private final SourceTable source;
  private final Tally tally;
  private final OrderedTally orders;
  private final SamplingConfig sampling;
  private final ResampledColumns columns;
  private final long[] after;

  /**
   * @param orders of the source's rows, by the configured seed
   */
  RandomResampling(
      SourceTable source,
      Tally tally,
      OrderedTally orders,
      SamplingConfig sampling,
      ResampledColumns columns) {
    this.source = source;
    this.tally = tally;
    this.orders = orders;
    this.sampling = sampling;
    this.columns = columns;
    this.after = removes() ? kept() : grown();
  }

  private boolean removes() {
    return sampling.method() == Method.RANDOM_UNDER;
  }

  private long[] kept() {
    long[] kept = Targets.toKeep(sampling, tally.counts());
    Arrays.setAll(kept, label -> kept[label] < 0 ? tally.counts().count(label) : kept[label]);
    return kept;
  }

  private long[] grown() {
    long[] make = Targets.toMake(sampling, tally.counts());
    Arrays.setAll(make, label -> tally.counts().count(label) + make[label]);
    return make;
  }

  /** The resampled rows. */
  Dataset<Row> rows() {
    RandomRows random = new RandomRows(source, tally, orders, sampling.seed());
    return removes() ? under(random) : over(random);
  }

  /** Rows per class. */
  Map<String, Long> perClass() {
    Map<String, Long> named = new TreeMap<>();
    for (int label : tally.counts().present()) {
      named.put(tally.counts().names().get(label), after[label]);
    }
    return named;
  }

  /** Rows per origin. */
  Map<String, Long> perOrigin() {
    long before = Arrays.stream(tally.counts().counts()).sum();
    long rows = Arrays.stream(after).sum();
    Map<String, Long> origins = new TreeMap<>();
    origins.put(Derivation.word(Origin.ORIGINAL), Math.min(before, rows));
    if (rows > before) {
      origins.put(Derivation.word(made()), rows - before);
    }
    return origins;
  }

  private Dataset<Row> under(RandomRows random) {
    return columns.select(
        random.under(after),
        Derivation.origin(Origin.ORIGINAL),
        noOther(),
        (field, ofSource) -> ofSource);
  }

  private Dataset<Row> over(RandomRows random) {
    return columns.select(
        random.over(after),
        when(Derivation.isMade(), Derivation.origin(made()))
            .otherwise(Derivation.origin(Origin.ORIGINAL)),
        noOther(),
        scatters()
            ? Scattering.of(source, tally, classesThatGrow(), sampling.smoothing(), sampling.seed())
            : (field, ofSource) -> ofSource);
  }

  private Origin made() {
    return scatters() ? Origin.SCATTERED : Origin.COPY;
  }

  private boolean scatters() {
    return sampling.smoothing() > 0;
  }

  private List<String> classesThatGrow() {
    return Arrays.stream(tally.counts().present())
        .filter(label -> after[label] > tally.counts().count(label))
        .mapToObj(label -> tally.counts().names().get(label))
        .toList();
  }

  private static Column noOther() {
    return lit(null).cast("string");
  }
}
