package dev.lakewright.resampling;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.neighbours.NeighbourSearch;
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
    return isRandom() ? random(source, table, wanted) : byFeatures(source, table, wanted);
  }

  private boolean isRandom() {
    Method method = config.sampling().method();
    return method == Method.RANDOM_UNDER || method == Method.RANDOM_OVER;
  }

  private Outcome random(SourceTable source, ResampledTable table, String fingerprint) {
    SamplingConfig sampling = config.sampling();
    try (OrderedTally orders =
        OrderedTally.of(
            source.all(), SourceTable.order(sampling.seed()), Tally.obstacles(source, numbers()))) {
      Tally tally = tally(source, orders.numbers());
      progress.accept(sampling.method().word() + " on spread rows, by their hashes");
      RandomResampling random =
          new RandomResampling(source, tally, orders, sampling, columns(source, tally));
      ResampledTable.Making making =
          new ResampledTable.Making(fingerprint, tally.byName(), tally.unlabelled());
      table.write(random.rows(), making);
      return outcome(
          true, source.version(), making, table.written(random.perClass(), random.perOrigin()));
    }
  }

  private Outcome byFeatures(SourceTable source, ResampledTable table, String fingerprint) {
    Tally tally = tally(source, RowNumbers.of(source.all(), Tally.obstacles(source, numbers())));
    ResampledTable.Making making =
        new ResampledTable.Making(fingerprint, tally.byName(), tally.unlabelled());
    try (FeatureResampling resampling =
        new FeatureResampling(
            spark,
            source,
            tally,
            config.sampling(),
            search(config),
            columns(source, tally),
            FeatureResampling.budget(spark),
            progress)) {
      table.write(resampling.rows(config.learner()), making);
    }
    return outcome(true, source.version(), making, table.content(config.data().label()));
  }

  /** How neighbours are to be found, however many. */
  static NeighbourSearch search(LakewrightConfig config) {
    NeighbourSearch.Method method =
        switch (config.resample().search()) {
          case AUTO -> NeighbourSearch.Method.AUTO;
          case EXACT -> NeighbourSearch.Method.EXACT;
          case APPROXIMATE -> NeighbourSearch.Method.APPROXIMATE;
        };
    return new NeighbourSearch(1, method, config.resample().recall(), config.sampling().seed());
  }

  private List<String> numbers() {
    return Applicability.readsNumbers(config.sampling()) ? config.data().numeric() : List.of();
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

  private Tally tally(SourceTable source, RowNumbers rows) {
    Tally tally = Tally.of(source, rows, numbers(), config.sampling().method().word());
    ClassCounts counts = tally.counts();
    if (counts.present().length < 2) {
      throw new DataException(
          "resampling needs rows of two classes, but column %s (data.label) of table %s holds only %s"
              .formatted(config.data().label(), source.version().table(), counts.names()));
    }
    return tally;
  }

  private ResampledColumns columns(SourceTable source, Tally tally) {
    Method method = config.sampling().method();
    boolean makesRows = method.makesRows() || method == Method.CLUSTER_CENTROIDS;
    MadeIds ids = makesRows ? MadeIds.of(source, tally) : new MadeIds(MadeIds.SEPARATOR);
    return new ResampledColumns(source, ids, makesRows);
  }
}
