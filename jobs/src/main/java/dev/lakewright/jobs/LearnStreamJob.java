package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.StreamConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.StreamedRows;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.registry.FaultPoints;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.retrain.IncrementalTraining;
import dev.lakewright.stream.StreamIdentity;
import dev.lakewright.stream.StreamState;
import dev.lakewright.stream.StreamTraining;
import dev.lakewright.tuning.LinearProblems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** The champion goes on learning from its table's commits, exactly once per row. */
final class LearnStreamJob implements Job {

  @Override
  public String name() {
    return "learn-stream";
  }

  @Override
  public String summary() {
    return "learn from a table's commits as they come; publishes under an alias of its own";
  }

  @Override
  public List<String> requires() {
    return List.of("model.name");
  }

  @Override
  public JobResult run(JobContext context) {
    Registry registry = Registries.open(context.config());
    Champion champion = Champion.of(context, registry);
    JobContext settings = context.with(champion.document(context, false));
    refuse(settings.config(), champion);
    Phases phases = new Phases();
    SparkSession spark = phases.time("spark", context.spark());
    TableVersion now =
        new DeltaSource(spark).resolve(settings.config().data().table().orElseThrow(), "latest");
    requireSameTable(champion, now);
    return new Run(settings, registry, champion, spark, now, phases).result();
  }

  private static void refuse(LakewrightConfig config, Champion champion) {
    if (config.stream().alias().equals(config.model().alias())) {
      throw new ConfigException(
          "stream.alias and model.alias are both %s, but no gate has judged what a stream learnt; choose another stream.alias"
              .formatted(config.model().alias()));
    }
    IncrementalTraining.obstacle(config, champion.classifier(), List.of())
        .ifPresent(
            reason -> {
              throw new ConfigException(
                  "version %d of %s cannot learn from a stream: %s; use lakewright retrain"
                      .formatted(champion.version().number(), champion.version().name(), reason));
            });
    if (champion.origin().at("/retraining/skipped_changes").asBoolean(false)) {
      throw new ConfigException(
          "version %d of %s passed over changed rows (stream.on_change: skip), so that it cannot be told which rows are new to it; run lakewright retrain first"
              .formatted(champion.version().number(), champion.version().name()));
    }
  }

  private static void requireSameTable(Champion champion, TableVersion now) {
    if (!champion.source().id().equals(now.id())) {
      throw new DataException(
          "%s is another table (id %s) than version %d of %s learnt from (id %s); train a new champion on it"
              .formatted(
                  now.table(),
                  now.id(),
                  champion.version().number(),
                  champion.version().name(),
                  champion.source().id()));
    }
  }

  /** One run over a stream. */
  private final class Run implements StreamTraining.Listener {

    private final JobContext context;
    private final StreamConfig stream;
    private final Registry registry;
    private final Champion champion;
    private final SparkSession spark;
    private final TableVersion now;
    private final Phases phases;
    private final String folder;
    private final String metrics;
    private final StreamTraining training;

    Run(
        JobContext context,
        Registry registry,
        Champion champion,
        SparkSession spark,
        TableVersion now,
        Phases phases) {
      LakewrightConfig config = context.config();
      this.context = context;
      this.stream = config.stream();
      this.registry = registry;
      this.champion = champion;
      this.spark = spark;
      this.now = now;
      this.phases = phases;
      String root =
          stream
              .path()
              .orElse(config.registry().path() + "/" + champion.version().name() + "/streams");
      this.folder = root + "/" + champion.version().number();
      this.metrics = stream.metrics().orElse(root + "/metrics");
      this.training =
          new StreamTraining(
              spark,
              champion.classifier(),
              stream,
              new StreamIdentity(
                  champion.version().name(),
                  champion.version().number(),
                  champion.version().checksum(),
                  now.id(),
                  stream.rate()),
              start ->
                  LinearProblems.of(
                      config.learner(), config.sampling(), champion.classifier().labels(), start),
              new StreamedRows(spark, config.data()),
              folder,
              Registries.store(config, folder),
              metrics,
              this);
    }

    JobResult result() {
      try (training) {
        Optional<StreamState> before = phases.time("resume", training::resume);
        long rowsBefore = before.map(state -> state.counts().rows()).orElse(0L);
        long batchBefore = before.map(StreamState::batch).orElse(-1L);
        if (before.isEmpty() && !commitsAreThere()) {
          return nothingNew(champion.source().version());
        }
        if (before.isEmpty()) {
          phases.time(
              "begin",
              () -> {
                training.begin(champion.source(), champion.trainingCounts());
                return true;
              });
        }
        StreamState after =
            phases.time("learn", () -> training.learn(champion.source().version() + 1));
        boolean concluded = publishedVersion(after).filter(this::hadAlias).isPresent();
        if (after.counts().learntRows() == 0 || (concluded && after.batch() == batchBefore)) {
          return nothingNew(after.version());
        }
        ModelVersion version = phases.time("publish", () -> publish(after));
        return done(
            version, after, after.counts().rows() - rowsBefore, after.batch() - batchBefore);
      }
    }

    /** With trigger continuous, waits for the first. */
    private boolean commitsAreThere() {
      long until =
          stream.minutes() > 0
              ? System.nanoTime() + (long) (stream.minutes() * 60e9)
              : Long.MAX_VALUE;
      DeltaSource source = new DeltaSource(spark);
      while (source.latest(now.table()) <= champion.source().version()) {
        if (stream.trigger() == StreamConfig.Trigger.AVAILABLE_NOW || System.nanoTime() > until) {
          return false;
        }
        pause();
      }
      return true;
    }

    private void pause() {
      try {
        Thread.sleep((long) (Math.max(0.1, stream.seconds()) * 1000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for commits", e);
      }
    }

    private JobResult nothingNew(long version) {
      context
          .progress()
          .say(
              "unchanged: no row for training has come to %s since version %d, and all before is learnt"
                  .formatted(now.table(), version));
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("model", champion.version().name());
      fields.put("champion", champion.version().number());
      fields.put("data", Map.of("table", now.table(), "version", version));
      fields.put("rows", 0);
      fields.put("seconds", phases.seconds());
      return new JobResult(name(), "unchanged", fields);
    }

    @Override
    public void say(String line) {
      context.progress().say(line);
    }

    @Override
    public void learnt(StreamState state) {
      context
          .progress()
          .say(
              "micro-batch %d: %d rows in %.1f s, accuracy %.4f before they were learnt, version %d"
                  .formatted(
                      state.batch(),
                      state.row().path("rows").asLong(),
                      state.row().path("seconds").asDouble(),
                      state.row().path("accuracy").asDouble(Double.NaN),
                      state.version()));
      int every = stream.publishBatches();
      if (every > 0 && (state.batch() + 1) % every == 0 && state.counts().learntRows() > 0) {
        publish(state);
      }
    }

    /** The version that an earlier run, or this one, made of a state. */
    private Optional<ModelVersion> publishedVersion(StreamState state) {
      String fingerprint = StreamedChallenger.fingerprint(champion, state);
      return registry.existing(champion.version().name()).stream()
          .filter(number -> number > champion.version().number())
          .map(number -> registry.version(champion.version().name(), number))
          .filter(version -> version.facts().path("fingerprint").asText().equals(fingerprint))
          .findFirst();
    }

    /** A run may have died between publishing and moving the alias; it moves there once. */
    private boolean hadAlias(ModelVersion version) {
      return registry.history(version.name(), stream.alias()).stream()
          .anyMatch(move -> move.version() == version.number());
    }

    private ModelVersion publish(StreamState state) {
      ModelVersion version = publishedVersion(state).orElseGet(() -> publishNew(state));
      FaultPoints.reach("stream.before-alias");
      if (!hadAlias(version)) {
        registry.promote(
            version.name(), stream.alias(), version.number(), "learnt from a stream of commits");
      }
      Publication.copyReport(context, registry, version);
      return version;
    }

    private ModelVersion publishNew(StreamState state) {
      boolean skipped = stream.onChange() == StreamConfig.OnChange.SKIP;
      StreamedChallenger challenger =
          new StreamedChallenger(
              context,
              champion,
              training.classifier(state),
              state,
              new TableVersion(
                  now.table(), now.id(), skipped ? champion.source().version() : state.version()),
              skipped,
              phases.seconds());
      return Publication.publish(
          registry,
          champion.version().name(),
          challenger,
          challenger.facts(),
          "published as " + stream.alias(),
          List.of());
    }

    private JobResult done(ModelVersion version, StreamState state, long rows, long batches) {
      context
          .progress()
          .say(
              "published as %s: %s version %d; judge it with: lakewright models compare %s %s %d"
                  .formatted(
                      stream.alias(),
                      version.name(),
                      version.number(),
                      version.name(),
                      context.config().model().alias(),
                      version.number()));
      Map<String, Object> fields = Publication.fields(registry, version);
      fields.put("champion", champion.version().number());
      fields.put("alias", stream.alias());
      fields.put("data", Map.of("table", now.table(), "version", state.version()));
      fields.put("rows", rows);
      fields.put("batches", batches);
      fields.put("learnt_rows", state.counts().learntRows());
      fields.put("unknown_class_rows", state.counts().unknown());
      fields.put("prequential", StreamedChallenger.prequential(state.counts()));
      fields.put("metrics_table", metrics);
      fields.put("stream", folder);
      fields.put("seconds", phases.seconds());
      return new JobResult(name(), "published", fields);
    }
  }
}
