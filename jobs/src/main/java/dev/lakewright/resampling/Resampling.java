package dev.lakewright.resampling;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.sampling.ClassCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
      return outcome(false, version, known.get(), table.content(config.data().label()));
    }
    SourceTable source = SourceTable.read(spark, config.data(), version);
    Tally tally = tally(source);
    ResampledTable.Making making =
        new ResampledTable.Making(wanted, tally.byName(), tally.unlabelled());
    return outcome(true, version, making, write(source, tally, table, making));
  }

  private static Outcome outcome(
      boolean written,
      TableVersion source,
      ResampledTable.Making making,
      ResampledTable.Content content) {
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

  private ResampledTable.Content write(
      SourceTable source, Tally tally, ResampledTable table, ResampledTable.Making making) {
    SamplingConfig sampling = config.sampling();
    boolean makesRows =
        sampling.method().makesRows() || sampling.method() == Method.CLUSTER_CENTROIDS;
    ResampledColumns columns =
        new ResampledColumns(
            source,
            makesRows ? MadeIds.of(source, tally) : new MadeIds(MadeIds.SEPARATOR),
            makesRows);
    if (sampling.method() == Method.RANDOM_UNDER || sampling.method() == Method.RANDOM_OVER) {
      progress.accept(sampling.method().word() + " on spread rows, by their hashes");
      RandomResampling random = new RandomResampling(source, tally, sampling, columns);
      table.write(random.rows(), making);
      return table.written(random.perClass(), random.perOrigin());
    }
    try (FeatureResampling resampling =
        new FeatureResampling(
            spark, source, tally, sampling, columns, FeatureResampling.budget(spark), progress)) {
      table.write(resampling.rows(config.learner()), making);
    }
    return table.content(config.data().label());
  }
}
