package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.lit;

import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Family;
import dev.lakewright.neighbours.NeighbourSearch;
import dev.lakewright.sampling.Origin;
import dev.lakewright.sampling.Targets;
import dev.lakewright.spread.CachedRows;
import dev.lakewright.spread.Derivation;
import dev.lakewright.spread.EncodedRows;
import dev.lakewright.spread.SpreadResampling;
import dev.lakewright.spread.SpreadSetting;
import dev.lakewright.tuning.TaskMemory;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Methods that look at what rows hold. They run in one task where that has room for the features of
 * all rows, and over spread rows where it has not or would take long. To be closed once the rows
 * are written.
 */
final class FeatureResampling implements AutoCloseable {

  private final SparkSession spark;
  private final SourceTable source;
  private final Tally tally;
  private final SamplingConfig config;
  private final NeighbourSearch search;
  private final ResampledColumns columns;
  private final long budget;
  private final Consumer<String> progress;
  private final CachedRows cached = new CachedRows();
  private Optional<SpreadResampling> spread = Optional.empty();

  /**
   * @param search how neighbours are to be found, however many
   * @param budget bytes that one task may take
   */
  FeatureResampling(
      SparkSession spark,
      SourceTable source,
      Tally tally,
      SamplingConfig config,
      NeighbourSearch search,
      ResampledColumns columns,
      long budget,
      Consumer<String> progress) {
    this.spark = spark;
    this.source = source;
    this.tally = tally;
    this.config = config;
    this.search = search;
    this.columns = columns;
    this.budget = budget;
    this.progress = progress;
  }

  /** Bytes that one task of this session may take. */
  static long budget(SparkSession spark) {
    return TaskMemory.bytes(JavaSparkContext.fromSparkContext(spark.sparkContext()));
  }

  /** The resampled rows. */
  Dataset<Row> rows(LearnerConfig learner) {
    TableEncoding encoding = TableEncoding.of(source);
    long[] make =
        config.method().makesRows()
            ? Targets.toMake(config, tally.counts())
            : new long[tally.counts().classes()];
    TaskResampling task =
        new TaskResampling(encoding, tally.counts().names(), config, learner, !keepsAll());
    // refuses columns that do not suit the method
    task.resampler();
    Dataset<Row> numbered = NumberedRows.of(source);
    DerivedRows derived = new DerivedRows(source, columns, config.method().makesRows());
    List<Dataset<Row>> derivations =
        isSpread(encoding, make)
            ? spread(numbered, encoding, derived, make)
            : List.of(inTask(numbered, encoding, make, task));
    Optional<Dataset<Row>> rows =
        derivations.stream().reduce(Dataset::union).map(all -> derived.of(all, numbered));
    if (keepsAll()) {
      return rows.map(originals()::union).orElseGet(this::originals);
    }
    return rows.orElseThrow();
  }

  private boolean isSpread(TableEncoding encoding, long[] make) {
    Room room = Room.of(tally.counts(), make, encoding);
    boolean small =
        room.fits(budget)
            && search.method() != NeighbourSearch.Method.APPROXIMATE
            && NeighbourWork.of(config, tally.counts(), make).isSmall(encoding.entries());
    return !small && SpreadResampling.knows(config.method(), encoding);
  }

  private List<Dataset<Row>> spread(
      Dataset<Row> numbered, TableEncoding encoding, DerivedRows derived, long[] make) {
    SpreadResampling resampling =
        new SpreadResampling(
            new SpreadSetting(spark, search, budget(spark), progress),
            config,
            new EncodedRows(
                cached.lazily(encoding.select(numbered)), encoding, tally.counts().names()),
            tally.counts(),
            (derivations, number) -> derived.encoded(derivations, number, numbered));
    spread = Optional.of(resampling);
    return resampling.derivations(make);
  }

  private Dataset<Row> inTask(
      Dataset<Row> numbered, TableEncoding encoding, long[] make, TaskResampling task) {
    Room room = Room.of(tally.counts(), make, encoding);
    room.require(config.method().word(), budget);
    progress.accept(config.method().word() + " " + room.describe());
    return cached.lazily(
        encoding
            .select(numbered)
            .repartition(1)
            .mapPartitions(task::call, Encoders.row(Derivation.SCHEMA)));
  }

  /** Whether all rows of the source stay, so that they need not pass through the task. */
  private boolean keepsAll() {
    return config.method().family() == Family.OVER;
  }

  private Dataset<Row> originals() {
    return columns.select(
        source.labelled().withColumn(Derivation.NUMBER, lit(0)),
        Derivation.origin(Origin.ORIGINAL),
        lit(null).cast("string"),
        (field, ofSource) -> ofSource);
  }

  @Override
  public void close() {
    spread.ifPresent(SpreadResampling::close);
    cached.close();
  }
}
