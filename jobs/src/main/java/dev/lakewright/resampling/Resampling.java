package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Origin;
import dev.lakewright.sampling.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes the resampled table of a labelled table, unless it is there already. */
public final class Resampling {

  private final SparkSession spark;
  private final LakewrightConfig config;
  private final Consumer<String> progress;

  public Resampling(SparkSession spark, LakewrightConfig config, Consumer<String> progress) {
    this.spark = spark;
    this.config = config;
    this.progress = progress;
  }

  /**
   * What was done.
   *
   * @param written false when the table was there
   * @param source what was resampled
   * @param table the resampled rows
   * @param before rows per class of the source
   * @param after rows per class of the table
   * @param origins rows of the table per origin
   * @param unlabelled rows of the source without a class, left out
   */
  public record Outcome(
      boolean written,
      TableVersion source,
      TableVersion table,
      Map<String, Long> before,
      Map<String, Long> after,
      Map<String, Long> origins,
      long unlabelled) {}

  /**
   * Refuses a method that cannot work on the columns that are named, before Spark starts.
   *
   * @throws dev.lakewright.errors.ConfigException with the cure
   */
  public static void requireApplicable(LakewrightConfig config) {
    Applicability.require(config.sampling(), config.data());
  }

  /**
   * Runs.
   *
   * @param fingerprint of all that decides the rows, given the version that is read
   * @throws dev.lakewright.errors.LakewrightException when the table cannot be resampled as asked;
   *     nothing is written then
   */
  public Outcome run(java.util.function.Function<TableVersion, String> fingerprint) {
    TableVersion version =
        new DeltaSource(spark)
            .resolve(config.data().table().orElseThrow(), config.data().version());
    ResampledTable table = new ResampledTable(spark, config.resample().output().orElseThrow());
    table.requireReplaceable(version);
    String wanted = fingerprint.apply(version);
    Optional<ResampledTable.Making> known =
        table.making().filter(making -> making.fingerprint().equals(wanted));
    if (known.isPresent()) {
      return outcome(false, version, known.get(), table);
    }
    SourceTable source = SourceTable.read(spark, config.data(), version);
    Tally tally = tally(source);
    ResampledTable.Making making =
        new ResampledTable.Making(wanted, tally.byName(), tally.unlabelled());
    write(source, tally, table, making);
    return outcome(true, version, making, table);
  }

  private Outcome outcome(
      boolean written, TableVersion source, ResampledTable.Making making, ResampledTable table) {
    ResampledTable.Content content = table.content(config.data().label());
    return new Outcome(
        written,
        source,
        content.version(),
        making.before(),
        content.after(),
        content.origins(),
        making.unlabelled());
  }

  private Tally tally(SourceTable source) {
    SamplingConfig sampling = config.sampling();
    Tally tally =
        Tally.of(
            source,
            sampling.seed(),
            Applicability.readsNumbers(sampling) ? config.data().numeric() : List.of(),
            sampling.method().word());
    ClassCounts counts = tally.counts();
    if (counts.present().length < 2) {
      throw new DataException(
          "resampling needs rows of two classes, but column %s (data.label) of table %s holds only %s"
              .formatted(config.data().label(), source.version().table(), counts.names()));
    }
    return tally;
  }

  private void write(
      SourceTable source, Tally tally, ResampledTable table, ResampledTable.Making making) {
    SamplingConfig sampling = config.sampling();
    boolean makesRows =
        sampling.method().makesRows() || sampling.method() == Method.CLUSTER_CENTROIDS;
    ResampledColumns columns =
        new ResampledColumns(
            source,
            makesRows ? MadeIds.of(source, tally) : new MadeIds(MadeIds.SEPARATOR),
            makesRows);
    switch (sampling.method()) {
      case RANDOM_UNDER -> table.write(under(source, tally, columns), making);
      case RANDOM_OVER -> table.write(over(source, tally, columns), making);
      default -> {
        try (FeatureResampling resampling =
            new FeatureResampling(
                spark,
                source,
                tally,
                sampling,
                columns,
                FeatureResampling.budget(spark),
                progress)) {
          table.write(resampling.rows(config.learner()), making);
        }
      }
    }
  }

  private Dataset<Row> under(SourceTable source, Tally tally, ResampledColumns columns) {
    long[] keep = Targets.toKeep(config.sampling(), tally.counts());
    progress.accept("random_under on spread rows, by their hashes");
    return columns.select(
        new RandomRows(source, tally, config.sampling().seed()).under(keep),
        ResampledColumns.origin(Origin.ORIGINAL),
        noOther(),
        (field, ofSource) -> ofSource);
  }

  private Dataset<Row> over(SourceTable source, Tally tally, ResampledColumns columns) {
    SamplingConfig sampling = config.sampling();
    long[] make = Targets.toMake(sampling, tally.counts());
    progress.accept("random_over on spread rows, by their hashes");
    boolean scatters = sampling.smoothing() > 0;
    Column made = ResampledColumns.origin(scatters ? Origin.SCATTERED : Origin.COPY);
    return columns.select(
        new RandomRows(source, tally, sampling.seed()).over(make),
        when(ResampledColumns.isMade(), made).otherwise(ResampledColumns.origin(Origin.ORIGINAL)),
        noOther(),
        scatters
            ? Scattering.of(
                source, tally, grown(tally, make), sampling.smoothing(), sampling.seed())
            : (field, ofSource) -> ofSource);
  }

  private static List<String> grown(Tally tally, long[] make) {
    return Arrays.stream(tally.counts().present())
        .filter(label -> make[label] > 0)
        .mapToObj(label -> tally.counts().names().get(label))
        .toList();
  }

  private static Column noOther() {
    return lit(null).cast("string");
  }
}
