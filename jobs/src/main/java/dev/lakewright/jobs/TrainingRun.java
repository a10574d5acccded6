package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.Addresses;
import dev.lakewright.errors.InterruptedByUserException;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.LabelledRowsReader;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.metrics.Metric;
import dev.lakewright.model.Classifier;
import dev.lakewright.sampling.ClassWeights;
import dev.lakewright.training.Fingerprint;
import dev.lakewright.tuning.GroupedResult;
import dev.lakewright.tuning.RefitCheckpoints;
import dev.lakewright.tuning.Sweep;
import dev.lakewright.tuning.SweepLock;
import dev.lakewright.tuning.SweepResult;
import dev.lakewright.tuning.TrialResult;
import dev.lakewright.tuning.TrialTable;
import dev.lakewright.tuning.WeightsCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** The part that the jobs train and tune share: the pinned table, its rows, the sweep. */
final class TrainingRun {

  private final JobContext context;
  private final LakewrightConfig config;
  private final Phases phases;
  private final TableVersion source;
  private LabelledRows rows;
  private ClusterWork sweepWork;
  private final List<String> plans = new ArrayList<>();

  private TrainingRun(JobContext context, Phases phases, TableVersion source) {
    this.context = context;
    this.config = context.config();
    this.phases = phases;
    this.source = source;
  }

  /**
   * Checks what can be checked before anything runs, then starts Spark and pins the table's
   * version; reads no row yet.
   */
  static TrainingRun prepare(JobContext context) {
    check(context);
    Phases phases = new Phases();
    phases.time("spark", context.spark());
    TableVersion source =
        phases.time(
            "read",
            () ->
                new DeltaSource(context.spark().get())
                    .resolve(
                        context.config().data().table().orElseThrow(),
                        context.config().data().version()));
    return new TrainingRun(context, phases, source);
  }

  /** The same over a version that was pinned already, within a job that began before. */
  static TrainingRun prepare(JobContext context, TableVersion source, Phases phases) {
    check(context);
    return new TrainingRun(context, phases, source);
  }

  private static void check(JobContext context) {
    WeightsCheck.check(context.config(), point -> bind(context, point));
  }

  Phases phases() {
    return phases;
  }

  TableVersion source() {
    return source;
  }

  String modelName() {
    return config.model().name().orElseThrow();
  }

  /** What decides the model. */
  String fingerprint() {
    return Fingerprint.of(source, config, CodeVersion.current().number());
  }

  /** The rows, read and checked at the first call. */
  LabelledRows rows() {
    if (rows == null) {
      rows =
          phases.time(
              "read",
              () ->
                  new LabelledRowsReader(context.spark().get(), config.data())
                      .forTraining(source, config.tune()));
      context
          .progress()
          .say(
              "%s version %d: %d training and %d test rows of %s%s"
                  .formatted(
                      source.table(),
                      source.version(),
                      rows.trainingRows(),
                      rows.testRows(),
                      rows.trainingCounts(),
                      rows.unlabelled() == 0
                          ? ""
                          : ", " + rows.unlabelled() + " rows without a label left out"));
      ClassWeights.requireClasses(config.sampling(), rows.classes());
    }
    return rows;
  }

  /** Cross-validates every trial. */
  SweepResult sweep() {
    return sweep(Sweep::new, sweep -> sweep.run(point -> bind(context, point), false));
  }

  /**
   * Cross-validates every trial and trains the best on all training rows.
   *
   * @param start an earlier model that this training sets out from
   * @param checkpoints of this training
   * @param meanwhile what is to be done with the result, while the rest of the sweep's tables is
   *     being written; what remains of that afterwards is the phase {@code record}
   */
  <T> T train(
      Optional<Classifier> start,
      RefitCheckpoints checkpoints,
      Function<SweepResult, T> meanwhile) {
    LabelledRows labelled = rows();
    AtomicReference<Phases.Stretch> current = new AtomicReference<>(phases.begin("sweep"));
    sweepWork = ClusterWork.count(context.spark().get().sparkContext());
    try {
      return claimed(
          labelled,
          Sweep::new,
          (sweep, interruption) ->
              sweep.run(
                  point -> bind(context, point),
                  start,
                  checkpoints,
                  result -> {
                    current.get().end();
                    sweepWork.end();
                    interruption.close();
                    requireNotEnded(interruption);
                    T made = meanwhile.apply(result);
                    current.set(phases.begin("record"));
                    return made;
                  }));
    } finally {
      current.get().end();
      sweepWork.end();
    }
  }

  /** What follows the sweep cannot be ended in order, so that whoever asked is heard now. */
  private void requireNotEnded(Interruption interruption) {
    if (interruption.requested()) {
      throw new InterruptedByUserException(
          "interrupted: all trials are recorded in %s; the same command continues"
              .formatted(trialTable().trialsPath()));
    }
  }

  /** Cross-validates listed points, and trains the best of each group on all training rows. */
  GroupedResult sweep(List<List<Map<String, Object>>> groups) {
    List<Map<String, Object>> points = groups.stream().flatMap(List::stream).distinct().toList();
    return sweep(
        (session, labelled, tune, table, listener, interrupted) ->
            Sweep.over(points, session, labelled, tune, table, listener, interrupted),
        sweep -> sweep.run(point -> bind(context, point), groups));
  }

  /** Makes a sweep. */
  private interface Making {
    Sweep sweep(
        SparkSession session,
        LabelledRows rows,
        TuneConfig tune,
        TrialTable table,
        Sweep.Listener listener,
        BooleanSupplier interrupted);
  }

  private <T> T sweep(Making making, Function<Sweep, T> running) {
    LabelledRows labelled = rows();
    sweepWork = ClusterWork.count(context.spark().get().sparkContext());
    try {
      return phases.time(
          "sweep", () -> claimed(labelled, making, (sweep, interruption) -> running.apply(sweep)));
    } finally {
      sweepWork.end();
    }
  }

  private <T> T claimed(
      LabelledRows labelled, Making making, BiFunction<Sweep, Interruption, T> running) {
    Metric metric = Metric.byName(config.tune().metric());
    long started = System.nanoTime();
    TrialTable table = trialTable();
    try (SweepLock lock = SweepLock.claim(Registries.store(config, table.folder()));
        Interruption interruption = Interruption.listen(context.progress())) {
      return running.apply(
          making.sweep(
              context.spark().get(),
              labelled,
              config.tune(),
              table,
              new Listening(metric, started),
              interruption::requested),
          interruption);
    }
  }

  /** Shows how far a sweep is. */
  private final class Listening implements Sweep.Listener {
    private final Metric metric;
    private final long started;

    Listening(Metric metric, long started) {
      this.metric = metric;
      this.started = started;
    }

    @Override
    public void progressed(int done, int total, double best) {
      context.progress().step("sweep", done, total, note(metric, done, total, best, started));
    }

    @Override
    public void planned(String plan) {
      plans.add(plan);
      context.progress().say(plan);
    }
  }

  private static LakewrightConfig bind(JobContext context, Map<String, Object> point) {
    var document = context.document();
    for (Map.Entry<String, Object> parameter : point.entrySet()) {
      document = document.with(parameter.getKey(), parameter.getValue());
    }
    return document.bind(LakewrightConfig.class);
  }

  private static String note(Metric metric, int done, int total, double best, long started) {
    String score =
        Double.isNaN(best)
            ? ""
            : "best %s %s".formatted(metric.key(), String.format(Locale.ROOT, "%.4f", best));
    if (done == 0 || done >= total) {
      return score;
    }
    double elapsed = (System.nanoTime() - started) / 1e9;
    return "%s  about %.0f s left".formatted(score, elapsed / done * (total - done)).trim();
  }

  /**
   * Where the training on all rows keeps how far it is.
   *
   * @param start what tells the model it sets out from; empty without one
   */
  RefitCheckpoints checkpoints(String start) {
    TrialTable table = trialTable();
    String code = CodeVersion.current().number();
    return new RefitCheckpoints(
        Registries.store(config, table.folder()),
        Fingerprint.ofStart(Fingerprint.ofFolds(source, config, code), start),
        context.progress()::say);
  }

  TrialTable trialTable() {
    String folder = config.tune().table().orElseGet(() -> Registries.sweeps(config, modelName()));
    CodeVersion code = CodeVersion.current();
    return new TrialTable(folder, Fingerprint.ofFolds(source, config, code.number()), code.text());
  }

  Map<String, Object> dataFacts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("table", source.table());
    facts.put("version", source.version());
    if (rows != null) {
      facts.put("rows", rows.rows());
      facts.put("unlabelled", rows.unlabelled());
      facts.put("training_rows", rows.trainingCounts());
      facts.put("test_rows", rows.testCounts());
    }
    return facts;
  }

  Map<String, Object> sweepFacts(SweepResult sweep) {
    Map<String, Object> facts = trialFacts(sweep.trials(), sweep.reused());
    facts.put("effort", sweep.effort());
    facts.put("folds", config.tune().folds());
    facts.put("metric", sweep.metric().key());
    facts.put("best", sweep.best().mean(sweep.metric()).orElseThrow());
    facts.put("best_trial", sweep.best().trial().number());
    facts.put("best_parameters", sweep.best().trial().parameters());
    facts.putAll(SweepSummary.importanceFacts(sweep.importance()));
    facts.putAll(placeFacts());
    return facts;
  }

  Map<String, Object> sweepFacts(GroupedResult sweep) {
    Map<String, Object> facts = trialFacts(sweep.trials(), sweep.reused());
    facts.put("folds", config.tune().folds());
    facts.put("metric", config.tune().metric());
    facts.putAll(placeFacts());
    return facts;
  }

  private static Map<String, Object> trialFacts(List<TrialResult> trials, int reused) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("trials", trials.size());
    for (TrialResult.State state : List.of(TrialResult.State.FAILED, TrialResult.State.PRUNED)) {
      facts.put(
          state.name().toLowerCase(Locale.ROOT),
          trials.stream().filter(trial -> trial.state() == state).count());
    }
    facts.put("reused", reused);
    return facts;
  }

  private Map<String, Object> placeFacts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("plans", plans);
    facts.put("spark", sweepWork.facts());
    facts.put("trials_table", Addresses.hideLogins(trialTable().trialsPath()));
    facts.put("out_of_fold_table", Addresses.hideLogins(trialTable().outOfFold().path()));
    return facts;
  }
}
