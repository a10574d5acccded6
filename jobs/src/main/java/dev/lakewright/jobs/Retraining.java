package dev.lakewright.jobs;

import dev.lakewright.config.RetrainConfig;
import dev.lakewright.lake.ComparisonRows;
import dev.lakewright.lake.ContinuedRows;
import dev.lakewright.lake.ContinuedRowsReader;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.PinnedTable;
import dev.lakewright.lake.TableHistory;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.metrics.Metric;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.registry.Registry;
import dev.lakewright.retrain.Course;
import dev.lakewright.retrain.IncrementalTraining;
import dev.lakewright.scoring.PortableModel;
import dev.lakewright.training.Fingerprint;
import dev.lakewright.tuning.RefitCheckpoints;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One retraining: from what changed over a trained and compared challenger to the conclusion. */
final class Retraining {

  private final JobContext context;
  private final JobContext settings;
  private final JobContext swept;
  private final RetrainConfig retrain;
  private final Registry registry;
  private final Champion champion;
  private final TableVersion now;
  private final Changes changes;
  private final Phases phases;
  private final SparkSession spark;
  private final ComparisonRows comparisonRows;
  private final Optional<TableVersion> golden;
  private final String fingerprint;
  private final Conclusion conclusion;
  private PinnedTable pinned;

  /**
   * @param settings the champion's, with its parameters in place
   * @param swept those of a full training, whose sweep may choose others
   */
  Retraining(
      JobContext context,
      JobContext settings,
      JobContext swept,
      Registry registry,
      Champion champion,
      TableVersion now,
      Changes changes,
      Phases phases) {
    this.context = context;
    this.settings = settings;
    this.swept = swept;
    this.retrain = context.config().retrain();
    this.registry = registry;
    this.champion = champion;
    this.now = now;
    this.changes = changes;
    this.phases = phases;
    this.spark = context.spark().get();
    this.comparisonRows = new ComparisonRows(spark, settings.config().data(), retrain.slices());
    this.golden = retrain.golden().map(comparisonRows::golden);
    this.fingerprint =
        Fingerprint.ofRetraining(
            now, champion.version().checksum(), retrain, golden, CodeVersion.current().number());
    Succession succession =
        new Succession(
            registry, champion.version(), context.config().model().alias(), retrain.shadow());
    this.conclusion =
        new Conclusion(context, registry, champion, now, changes, succession, fingerprint, phases);
  }

  JobResult result() {
    if (changes.nothing()) {
      return conclusion.unchanged(
          "%s version %d has learnt all rows of %s version %d"
              .formatted(
                  champion.version().name(),
                  champion.version().number(),
                  now.table(),
                  now.version()));
    }
    return conclusion.ofEarlierRun().orElseGet(this::learn);
  }

  private JobResult learn() {
    // the rows are read only where they may be learnt from by themselves
    Optional<ContinuedRows> rows =
        changes.appended() && retrain.mode() != RetrainConfig.Mode.FULL
            ? Optional.of(continued())
            : Optional.empty();
    try {
      return follow(course(rows), rows);
    } finally {
      rows.ifPresent(ContinuedRows::close);
    }
  }

  private JobResult follow(Course course, Optional<ContinuedRows> rows) {
    if (rows.isPresent() && rows.get().newRows() == 0 && course.incremental()) {
      return nothingToTrainOn();
    }
    comparisonRows.requireSlices(pinned());
    Optional<Dataset<Row>> goldenRows = golden.map(comparisonRows::all);
    context.progress().say("retraining, %s: %s".formatted(course.mode(), course.reason()));
    return course.incremental()
        ? incremental(course, rows.orElseThrow(), goldenRows)
        : full(course, goldenRows);
  }

  private JobResult nothingToTrainOn() {
    return conclusion.unchanged(
        "of the %d rows that were added since version %d of %s none is for training, they are held out or have no label"
            .formatted(changes.addedRows(), champion.source().version(), now.table()));
  }

  /** The table, opened when it is needed first. */
  private PinnedTable pinned() {
    if (pinned == null) {
      pinned = new DeltaSource(spark).pin(now);
    }
    return pinned;
  }

  private ContinuedRows continued() {
    return phases.time(
        "read",
        () ->
            new ContinuedRowsReader(settings.config().data())
                .read(
                    pinned(),
                    changes.added().orElseThrow(),
                    champion.splitCounts(),
                    champion.classifier().labels(),
                    retrain.replay(),
                    retrain.seed()));
  }

  private Course course(Optional<ContinuedRows> rows) {
    return Course.of(
        retrain,
        new Course.Situation(
            changes.removedRows(),
            changes.unknown(),
            IncrementalTraining.obstacle(
                settings.config(),
                champion.classifier(),
                rows.map(this::newClasses).orElse(List.of())),
            champion.rowsAtFull(),
            champion.addedSinceFull() + changes.addedRows(),
            retrain.fullDays() > 0
                ? champion.daysSinceFull(registry, Instant.now())
                : OptionalDouble.empty()));
  }

  private List<String> newClasses(ContinuedRows rows) {
    return rows.newCounts().training().keySet().stream()
        .filter(label -> !champion.classifier().labels().contains(label))
        .toList();
  }

  private JobResult full(Course course, Optional<Dataset<Row>> goldenRows) {
    TrainJob.requirePortable(swept.config());
    TrainingRun run = TrainingRun.prepare(swept, now, phases);
    if (changes.appended()
        && champion.isOfFullTraining()
        && run.rows().trainingCounts().equals(champion.trainingCounts())) {
      return nothingToTrainOn();
    }
    Optional<Classifier> start =
        course.forgets() ? Optional.empty() : Optional.of(champion.classifier());
    RefitCheckpoints checkpoints =
        run.checkpoints(start.isPresent() ? champion.version().checksum() : "");
    FullTraining trained = FullTraining.run(swept, run, start, checkpoints);
    FullTraining challenger = trained.recording(descent(course).throughAll(run.rows().rows()));
    boolean settled =
        changes.appended() && run.rows().splitCounts().isSettled(settings.config().data().split());
    try (Comparisons comparisons = comparisons(settled, run.rows().testRows(), goldenRows)) {
      Comparisons.Outcome outcome = compare(comparisons, challenger.files());
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("data", run.dataFacts());
      fields.put("sweep", trained.sweepFacts());
      JobResult result = conclusion.of(course, challenger, outcome, fields);
      checkpoints.remove();
      return result;
    }
  }

  private JobResult incremental(
      Course course, ContinuedRows rows, Optional<Dataset<Row>> goldenRows) {
    Classifier learnt =
        phases.time(
            "learn",
            () ->
                IncrementalTraining.train(
                    JavaSparkContext.fromSparkContext(spark.sparkContext()),
                    rows,
                    champion.classifier(),
                    settings.config(),
                    retrain));
    try (Comparisons comparisons = comparisons(rows.settled(), rows.testRows(), goldenRows)) {
      Comparisons.Outcome outcome = compare(comparisons, ClassifierStorage.write(learnt));
      Optional<Course> instead = fullInstead(outcome);
      if (instead.isPresent()) {
        context.progress().say("retraining in full: " + instead.get().reason());
        return full(instead.get(), goldenRows);
      }
      IncrementalChallenger challenger = challenger(course, learnt, rows, outcome);
      return conclusion.of(
          course, challenger, outcome, Map.of("data", challenger.facts().path("data")));
    }
  }

  private Optional<Course> fullInstead(Comparisons.Outcome outcome) {
    String metric = settings.config().tune().metric();
    double then = champion.origin().at("/test/metrics/" + metric).asDouble(Double.NaN);
    return Course.afterDrop(retrain, Metric.byName(metric), then, outcome.newest());
  }

  private IncrementalChallenger challenger(
      Course course, Classifier learnt, ContinuedRows rows, Comparisons.Outcome outcome) {
    return new IncrementalChallenger(
        settings,
        champion,
        learnt,
        rows,
        champion.origin().at("/data/unlabelled").asLong() + rows.unlabelled(),
        champion.origin().at("/data/rows").asLong() + changes.addedRows(),
        fingerprint,
        outcome.evaluation(settings.config().evaluation()),
        descent(course).throughNew(rows, settledSince(rows.settled())),
        phases.seconds());
  }

  private Descent descent(Course course) {
    return new Descent(champion, changes, retrain, course);
  }

  /** From which version on no row has changed sides, if none has by the rows that are new. */
  private OptionalLong settledSince(boolean settled) {
    return settled ? champion.settledSince(settings.config().data().split()) : OptionalLong.empty();
  }

  private Comparisons comparisons(
      boolean settled, long expected, Optional<Dataset<Row>> goldenRows) {
    return phases.time(
        "compare",
        () ->
            new Comparisons(
                comparisonRows,
                settings.config(),
                retrain,
                pinned(),
                changes.added(),
                learntRows(settled),
                settled,
                expected,
                goldenRows));
  }

  private List<Dataset<Row>> learntRows(boolean settled) {
    return new LearntRows(
            new TableHistory(spark), comparisonRows, champion, now, changes, context.progress())
        .read(settledSince(settled));
  }

  private Comparisons.Outcome compare(Comparisons comparisons, Map<String, byte[]> files) {
    long bytes = files.values().stream().mapToLong(file -> file.length).sum();
    return phases.time(
        "compare", () -> comparisons.compare(champion.model(), new PortableModel(files), bytes));
  }
}
