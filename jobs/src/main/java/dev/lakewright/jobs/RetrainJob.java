package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.RetrainConfig;
import dev.lakewright.lake.ComparisonRows;
import dev.lakewright.lake.ContinuedRows;
import dev.lakewright.lake.ContinuedRowsReader;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.PinnedTable;
import dev.lakewright.lake.TableHistory;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.metrics.Evaluation;
import dev.lakewright.metrics.Metric;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.registry.FaultPoints;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.report.TrainingFacts;
import dev.lakewright.retrain.Course;
import dev.lakewright.retrain.IncrementalTraining;
import dev.lakewright.retrain.Verdict;
import dev.lakewright.scoring.PortableModel;
import dev.lakewright.training.Fingerprint;
import dev.lakewright.tuning.RefitCheckpoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Learns what is new since the champion, and lets the challenger take over if it is fit to. */
final class RetrainJob implements Job {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORD = "retraining";

  private final Function<LakewrightConfig, Registry> registries;

  RetrainJob() {
    this(Registries::open);
  }

  /**
   * @param registries opens the registry that a configuration names
   */
  RetrainJob(Function<LakewrightConfig, Registry> registries) {
    this.registries = registries;
  }

  @Override
  public String name() {
    return "retrain";
  }

  @Override
  public String summary() {
    return "learn from rows that are new since the champion, and publish what is no worse";
  }

  @Override
  public List<String> requires() {
    return List.of("model.name");
  }

  @Override
  public JobResult run(JobContext context) {
    Succession.requireAliasApart(context.config());
    Phases phases = new Phases();
    Registry registry = registries.apply(context.config());
    Champion champion = Champion.of(context, registry);
    JobContext settings = context.with(champion.document(context, false));
    JobContext swept =
        context.config().retrain().sweep()
            ? context.with(champion.document(context, true))
            : settings;
    SparkSession spark = phases.time("spark", context.spark());
    TableVersion now =
        phases.time(
            "read",
            () ->
                new DeltaSource(spark)
                    .resolve(
                        settings.config().data().table().orElseThrow(),
                        settings.config().data().version()));
    Changes changes =
        phases.time("changes", () -> Changes.of(spark, settings.config(), champion, now));
    try {
      return new Run(context, settings, swept, registry, champion, now, changes, phases).result();
    } finally {
      changes.close();
    }
  }

  /** One retraining. */
  private final class Run {
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
    private final Succession succession;
    private PinnedTable pinned;

    /**
     * @param settings the champion's, with its parameters in place
     * @param swept those of a full training, whose sweep may choose others
     */
    Run(
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
      this.succession =
          new Succession(
              registry, champion.version(), context.config().model().alias(), retrain.shadow());
      this.fingerprint =
          Fingerprint.ofRetraining(
              now, champion.version().checksum(), retrain, golden, CodeVersion.current().text());
    }

    JobResult result() {
      if (changes.nothing()) {
        return unchanged(
            champion.version(),
            "unchanged: %s version %d has learnt all rows of %s version %d"
                .formatted(
                    champion.version().name(),
                    champion.version().number(),
                    now.table(),
                    now.version()));
      }
      Optional<ModelVersion> earlier = earlierAttempt();
      if (earlier.isPresent()) {
        return resume(earlier.get());
      }
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
      Optional<Dataset<Row>> goldenRows = golden.map(comparisonRows::all);
      context.progress().say("retraining, %s: %s".formatted(word(course), course.reason()));
      return course.incremental()
          ? incremental(course, rows.orElseThrow(), goldenRows)
          : full(course, goldenRows);
    }

    private JobResult nothingToTrainOn() {
      return unchanged(
          champion.version(),
          "unchanged: of the %d rows that were added since version %d of %s none is for training, they are held out or have no label"
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
      List<String> newClasses =
          rows.map(
                  found ->
                      found.newCounts().training().keySet().stream()
                          .filter(label -> !champion.classifier().labels().contains(label))
                          .toList())
              .orElse(List.of());
      return Course.of(
          retrain,
          new Course.Situation(
              changes.removedRows(),
              changes.unknown(),
              IncrementalTraining.obstacle(settings.config(), champion.classifier(), newClasses),
              champion.rowsAtFull(),
              champion.addedSinceFull() + changes.addedRows(),
              retrain.fullDays() > 0
                  ? champion.daysSinceFull(registry, Instant.now())
                  : OptionalDouble.empty()));
    }

    private JobResult full(Course course, Optional<Dataset<Row>> goldenRows) {
      TrainJob.requirePortable(swept.config());
      TrainingRun run = TrainingRun.prepare(swept, now);
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
      FullTraining challenger = trained.recording(origin(course, run.rows().rows(), 0));
      boolean settled =
          changes.appended()
              && run.rows().splitCounts().isSettled(settings.config().data().split());
      try (Comparisons comparisons = comparisons(settled, run.rows().testRows(), goldenRows)) {
        Comparisons.Outcome outcome = compare(comparisons, challenger.files());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("data", run.dataFacts());
        fields.put("sweep", trained.sweepFacts());
        JobResult result = conclude(course, challenger, outcome, fields);
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
        long allRows = champion.origin().at("/data/rows").asLong() + changes.addedRows();
        IncrementalChallenger challenger =
            new IncrementalChallenger(
                settings,
                champion,
                learnt,
                rows,
                champion.origin().at("/data/unlabelled").asLong() + rows.unlabelled(),
                allRows,
                fingerprint,
                evaluation(outcome),
                origin(course, rows),
                phases.seconds());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("data", challenger.facts().path("data"));
        return conclude(course, challenger, outcome, fields);
      }
    }

    /** Where the champion does worse on what is new than it did, a few steps are not enough. */
    private Optional<Course> fullInstead(Comparisons.Outcome outcome) {
      String metric = settings.config().tune().metric();
      double then = champion.origin().at("/test/metrics/" + metric).asDouble(Double.NaN);
      boolean higher = Metric.byName(metric).higherIsBetter();
      double drop = higher ? then - outcome.newest() : outcome.newest() - then;
      return retrain.mode() == RetrainConfig.Mode.AUTO && drop > retrain.fullDrop()
          ? Optional.of(
              Course.full(
                  "%s of the champion is %.4f on new rows and was %.4f on its test rows (retrain.full_drop: %s)"
                      .formatted(metric, outcome.newest(), then, retrain.fullDrop())))
          : Optional.empty();
    }

    private Optional<Evaluation> evaluation(Comparisons.Outcome outcome) {
      return outcome.heldOut().second().rows() == 0
          ? Optional.empty()
          : Optional.of(
              Evaluation.of(
                  outcome.heldOut().second(),
                  settings.config().evaluation().bootstrap(),
                  settings.config().evaluation().confidence(),
                  settings.config().evaluation().seed()));
    }

    /** From which version on no row has changed sides, if none has by the rows that are new. */
    private OptionalLong settledSince(boolean settled) {
      return settled
          ? champion.settledSince(settings.config().data().split())
          : OptionalLong.empty();
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
                  new LearntRows(
                          new TableHistory(spark),
                          comparisonRows,
                          champion,
                          now,
                          changes,
                          context.progress())
                      .read(settledSince(settled)),
                  settled,
                  expected,
                  goldenRows));
    }

    private Comparisons.Outcome compare(Comparisons comparisons, Map<String, byte[]> files) {
      long bytes = files.values().stream().mapToLong(file -> file.length).sum();
      return phases.time(
          "compare", () -> comparisons.compare(champion.model(), new PortableModel(files), bytes));
    }

    private ObjectNode origin(Course course, ContinuedRows rows) {
      ObjectNode origin =
          origin(course, champion.rowsAtFull(), champion.addedSinceFull() + changes.addedRows());
      origin.put("new_training_rows", rows.newRows());
      origin.put("replayed_rows", rows.replayed());
      settledSince(rows.settled())
          .ifPresent(version -> origin.put(Champion.SETTLED_SINCE, version));
      return origin;
    }

    /** What the model itself tells of how it came of the champion; neither time nor place. */
    private ObjectNode origin(Course course, long rowsAtFull, long addedSinceFull) {
      ObjectNode origin = JSON.createObjectNode();
      origin.put("mode", word(course));
      origin.put("reason", course.reason());
      origin.put("champion", champion.version().number());
      origin.put("champion_checksum", champion.version().checksum());
      origin.put("from_zero", course.forgets());
      origin.put("since_version", champion.source().version());
      changes.unknown().ifPresent(reason -> origin.put("changes", reason));
      if (changes.unknown().isEmpty()) {
        origin.put("added_rows", changes.addedRows());
        origin.put("removed_rows", changes.removedRows());
      }
      origin.put("full_rows", rowsAtFull);
      origin.put("added_since_full", addedSinceFull);
      if (course.incremental()) {
        origin.put("full_version", champion.fullVersion());
        champion.learntVersions().forEach(origin.putArray("learnt_versions")::add);
        origin.put("method", retrain.method().word());
        origin.put("seed", retrain.seed());
      }
      return origin;
    }

    private JobResult conclude(
        Course course,
        Challenger challenger,
        Comparisons.Outcome outcome,
        Map<String, Object> more) {
      boolean passed = outcome.passed();
      for (Verdict verdict : outcome.verdicts()) {
        context
            .progress()
            .say(
                "%s %s: %s"
                    .formatted(
                        verdict.gate(),
                        verdict.passed() ? "passed" : "failed",
                        verdict.explanation()));
      }
      String status = told(passed);
      ModelVersion version =
          phases.time(
              "publish",
              () ->
                  Publication.publish(
                      registry,
                      champion.version().name(),
                      challenger,
                      record(course, challenger, outcome),
                      status,
                      gates(outcome)));
      FaultPoints.reach("retrain.before-promote");
      succession.conclude(version, passed);
      Publication.copyReport(context, registry, version);
      context
          .progress()
          .say("%s: %s version %d".formatted(status, version.name(), version.number()));
      return result(version, passed, more);
    }

    private JobResult result(ModelVersion version, boolean passed, Map<String, Object> more) {
      String status = succession.status(passed);
      return succession.takesOver(passed)
          ? done(version, status, more)
          : kept(version, status, more);
    }

    private String told(boolean passed) {
      return succession.takesOver(passed)
          ? succession.told(true)
          : succession.told(passed) + remains().map(", which "::concat).orElse("");
    }

    /** What the champion knows and was to forget, as the end of a sentence. */
    private Optional<String> remains() {
      if (changes.unknown().isPresent()) {
        return Optional.of(
            "may still hold what it learnt of removed rows: " + changes.unknown().get());
      }
      return changes.removedRows() == 0
          ? Optional.empty()
          : Optional.of(
              "still holds what it learnt of %d removed rows".formatted(changes.removedRows()));
    }

    /** The result where the champion stays; it says each time what the champion was to forget. */
    private JobResult kept(ModelVersion version, String status, Map<String, Object> more) {
      if (remains().isEmpty()) {
        return done(version, status, more);
      }
      String warning =
          "version %d %s; to be rid of it: lakewright models promote %s %d, or retrain with other gates (retrain.gate)"
              .formatted(
                  champion.version().number(), remains().get(), version.name(), version.number());
      context.progress().say(warning);
      Map<String, Object> fields = new LinkedHashMap<>(more);
      fields.put("warning", warning);
      return done(version, status.equals("unchanged") ? "rejected" : status, fields);
    }

    private ObjectNode record(Course course, Challenger challenger, Comparisons.Outcome outcome) {
      ObjectNode facts = challenger.facts();
      facts.put("parent", champion.version().number());
      ObjectNode record = facts.putObject(RECORD);
      record.put("fingerprint", fingerprint);
      record.put("accepted", outcome.passed());
      record.put("mode", word(course));
      record.put("reason", course.reason());
      record.put("champion", champion.version().number());
      List<Map<String, Object>> verdicts = new ArrayList<>();
      outcome.verdicts().forEach(verdict -> verdicts.add(verdict.toFields()));
      record.set("gates", JSON.valueToTree(verdicts));
      return facts;
    }

    private static List<TrainingFacts.Gate> gates(Comparisons.Outcome outcome) {
      return outcome.verdicts().stream()
          .map(
              verdict ->
                  new TrainingFacts.Gate(
                      verdict.gate(), verdict.rows(), verdict.passed(), verdict.explanation()))
          .toList();
    }

    /** A version that an earlier run of the same command made, which may have been cut short. */
    private Optional<ModelVersion> earlierAttempt() {
      ModelVersion latest = registry.resolve(champion.version().name(), "latest");
      return latest.facts().path(RECORD).path("fingerprint").asText().equals(fingerprint)
          ? Optional.of(latest)
          : Optional.empty();
    }

    private JobResult resume(ModelVersion version) {
      boolean accepted = version.facts().path(RECORD).path("accepted").asBoolean();
      if (succession.isOpen(version, accepted)) {
        succession.conclude(version, accepted);
        Publication.copyReport(context, registry, version);
        return result(version, accepted, Map.of());
      }
      return unchanged(
          version,
          "unchanged: version %d has learnt the same rows, and version %d was %s"
              .formatted(
                  version.number(),
                  champion.version().number(),
                  succession.hasServed(version)
                      ? "promoted in its place since"
                      : "kept in its place"));
    }

    private JobResult unchanged(ModelVersion version, String why) {
      context.progress().say(why);
      Publication.copyReport(context, registry, version);
      return kept(
          version,
          "unchanged",
          Map.of("data", Map.of("table", now.table(), "version", now.version())));
    }

    private JobResult done(ModelVersion version, String status, Map<String, Object> more) {
      Map<String, Object> fields = Publication.fields(registry, version);
      fields.put("champion", champion.version().number());
      if (version.facts().has(RECORD)) {
        fields.put(RECORD, version.facts().path(RECORD));
      }
      fields.putAll(more);
      fields.put("seconds", phases.seconds());
      return new JobResult(name(), status, fields);
    }

    private static String word(Course course) {
      return course.incremental() ? "incremental" : "full";
    }
  }
}
