package dev.lakewright.tuning;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.InterruptedByUserException;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.metrics.Metric;
import dev.lakewright.model.Classifier;
import dev.lakewright.search.Importance;
import dev.lakewright.search.Sampler;
import dev.lakewright.search.SearchSpace;
import dev.lakewright.tuning.Ladders.Climb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A cross-validated sweep: asks the sampler for trials, runs each on every fold as far as the
 * pruner lets it climb, records what comes out, and refits the best on all training rows. What the
 * table holds already is not run again, so that the same command continues a sweep that ended
 * early, and one with more trials extends it.
 */
public final class Sweep {

  private static final long RECORD_EVERY_NANOS = 20_000_000_000L;

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final LabelledRows rows;
  private final TuneConfig tune;
  private final Metric metric;
  private final TrialTable table;
  private final BooleanSupplier interrupted;
  private final Ladders ladders;
  private final Standing standing;
  private final CountedGroups groups;
  private final SearchSpace space;
  private final Sampler sampler;
  private final Background writes = new Background();
  private Map<TrialTable.Key, FoldOutcome> earlier = Map.of();
  private final Listener listener;
  private final Set<Counting> told = new HashSet<>();
  private List<FoldScores> bestScores = List.of();
  private int bestScored = -1;
  private long lastRecord = System.nanoTime();
  private int reused;

  /**
   * @param interrupted whether the user wants the sweep to end now
   */
  public Sweep(
      SparkSession session,
      LabelledRows rows,
      TuneConfig tune,
      TrialTable table,
      Listener listener,
      BooleanSupplier interrupted) {
    this(session, rows, tune, table, listener, interrupted, Points.of(tune));
  }

  /** The same over listed points in place of a space's; each is tried once. */
  public static Sweep over(
      List<Map<String, Object>> points,
      SparkSession session,
      LabelledRows rows,
      TuneConfig tune,
      TrialTable table,
      Listener listener,
      BooleanSupplier interrupted) {
    return new Sweep(session, rows, tune, table, listener, interrupted, Points.listed(points));
  }

  private Sweep(
      SparkSession session,
      LabelledRows rows,
      TuneConfig tune,
      TrialTable table,
      Listener listener,
      BooleanSupplier interrupted,
      Points points) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.rows = rows;
    this.tune = tune;
    this.metric = Metric.byName(tune.metric());
    this.table = table;
    this.interrupted = interrupted;
    this.listener = listener;
    this.ladders = new Ladders(Pruner.of(tune));
    this.space = points.space();
    this.standing = new Standing(tune.folds(), metric, points.expected(), listener);
    this.groups = new CountedGroups(spark, rows, tune, writes::await);
    this.sampler = points.sampler();
  }

  /** Hears how far a sweep is. */
  public interface Listener {
    /**
     * @param done outcomes so far, of {@code total}
     * @param best mean metric of the best complete trial so far; NaN while there is none
     */
    void progressed(int done, int total, double best);

    /**
     * @param plan how the next trials are trained, with its estimate: a line
     */
    void planned(String plan);
  }

  /**
   * Runs the sweep.
   *
   * @param bind gives the configuration with a point's values in place
   * @param refit whether to train the best trial on all training rows
   * @throws dev.lakewright.errors.DataException when every trial failed
   * @throws InterruptedByUserException when the user ended it
   */
  public SweepResult run(Function<Map<String, Object>, LakewrightConfig> bind, boolean refit) {
    return run(bind, refit, Optional.empty());
  }

  /**
   * Runs the sweep and trains the best trial on all training rows.
   *
   * @param start an earlier model that this training sets out from. The folds do not: it has seen
   *     the rows they are measured on
   */
  public SweepResult run(Function<Map<String, Object>, LakewrightConfig> bind, Classifier start) {
    return run(bind, true, Optional.of(start));
  }

  private SweepResult run(
      Function<Map<String, Object>, LakewrightConfig> bind,
      boolean refit,
      Optional<Classifier> start) {
    return searched(
        bind,
        () -> {
          List<TrialResult> results = standing.results();
          TrialResult best = BestTrial.of(results, metric, tune.choose());
          OutOfFold outOfFold = OutOfFold.of(scores(best), rows.classes().size());
          List<Refit> refits = refit ? List.of(runner(best.trial()).refit(best, start)) : List.of();
          writes.await();
          return new SweepResult(
              results, best, metric, outOfFold, refits, reused, importance(results));
        });
  }

  /**
   * Runs the sweep and chooses a trial of each group of points, which is trained on all training
   * rows.
   *
   * @param groups which may share points
   * @throws InterruptedByUserException when the user ended it
   */
  public GroupedResult run(
      Function<Map<String, Object>, LakewrightConfig> bind,
      List<List<Map<String, Object>>> groups) {
    return searched(
        bind,
        () -> {
          List<TrialResult> results = standing.results();
          GroupWinners winners = new GroupWinners(results, metric, tune.choose(), this::winner);
          List<GroupedResult.Group> chosen = groups.stream().map(winners::of).toList();
          writes.await();
          return new GroupedResult(results, chosen, reused);
        });
  }

  private GroupedResult.Winner winner(TrialResult best) {
    return new GroupedResult.Winner(
        best,
        OutOfFold.of(scores(best), rows.classes().size()),
        runner(best.trial()).refit(best, Optional.empty()));
  }

  private <T> T searched(
      Function<Map<String, Object>, LakewrightConfig> bind, Supplier<T> conclusion) {
    try {
      earlier = table.finished(session);
      search(bind);
      return conclusion.get();
    } finally {
      try {
        writes.close();
      } finally {
        groups.close();
      }
    }
  }

  private Importance importance(List<TrialResult> results) {
    List<Importance.Scored> scored =
        results.stream()
            .filter(TrialResult::succeeded)
            .map(
                result ->
                    new Importance.Scored(
                        result.trial().parameters(), result.mean(metric).orElse(Double.NaN)))
            .toList();
    return Importance.of(space, scored, tune.seed());
  }

  private void search(Function<Map<String, Object>, LakewrightConfig> bind) {
    Budget budget = new Budget(tune);
    List<Map<String, Object>> first = warmStart();
    int begun = 0;
    while (true) {
      int most = Math.min(batch(), budget.left(begun));
      List<Map<String, Object>> points =
          most <= 0 ? List.of() : first.isEmpty() ? sampler.ask(most) : first;
      first = List.of();
      if (points.isEmpty()) {
        break;
      }
      List<Trial> trials = trials(points, begun, bind);
      begun += points.size();
      climb(trials);
      for (Trial trial : trials) {
        TrialResult result = standing.result(trial.number());
        sampler.tell(trial.parameters(), loss(result.highestMean(metric)));
        budget.observe(result.mean(metric));
      }
    }
    run(ladders.lastResort());
    if (tune.pruner() != TuneConfig.Pruner.NONE) {
      writes.await();
      table.markPruned(session, standing.results());
    }
  }

  /** Between batches adaptive samplers hear of results, and budgets are looked at. */
  private int batch() {
    if (tune.batch() > 0) {
      return tune.batch();
    }
    boolean mayEndEarly = tune.minutes() > 0 || tune.patience() > 0;
    return tune.sampler().adaptive() || mayEndEarly ? 8 : 64;
  }

  /** Tells the sampler of another sweep; its best point is tried first. */
  private List<Map<String, Object>> warmStart() {
    if (tune.warmStart().isEmpty()) {
      return List.of();
    }
    List<TrialTable.Earlier> trials = TrialTable.earlier(session, tune.warmStart().get(), metric);
    trials.forEach(trial -> sampler.tell(trial.parameters(), loss(trial.mean())));
    return trials.stream()
        .filter(trial -> tune.space().keySet().containsAll(trial.parameters().keySet()))
        .filter(trial -> !Double.isNaN(trial.mean()))
        .min(Comparator.comparingDouble(trial -> loss(trial.mean())))
        .map(trial -> List.of(trial.parameters()))
        .orElse(List.of());
  }

  private double loss(OptionalDouble mean) {
    return mean.isPresent() ? loss(mean.getAsDouble()) : Double.NaN;
  }

  private double loss(double mean) {
    return metric.higherIsBetter() ? -mean : mean;
  }

  private List<Trial> trials(
      List<Map<String, Object>> points,
      int begun,
      Function<Map<String, Object>, LakewrightConfig> bind) {
    List<Trial> trials = new ArrayList<>();
    for (Map<String, Object> point : points) {
      LakewrightConfig config = bind.apply(point);
      Trial trial =
          new Trial(
              begun + trials.size(),
              point,
              config.features(),
              config.sampling(),
              config.learner(),
              config.ensemble());
      LinearProblems.check(trial, rows.classes());
      if (ofSpark(trial)) {
        requireSingle(trial);
        SparkEstimators.of(trial.learner(), tune.seed());
        Counting.of(trial).requireUnmixed("learner.type: spark");
        RowTreatment.requireNone(trial.sampling(), "learner.type: spark");
      }
      trials.add(trial);
      standing.add(trial);
    }
    return trials;
  }

  private static void requireSingle(Trial trial) {
    if (trial.ensemble().present()) {
      throw new ConfigException(
          "ensemble.type: %s is made of linear models, which learner.type: spark with the estimator %s gives none of; set ensemble.type: none, or another learner.type"
              .formatted(
                  trial.ensemble().type().name().toLowerCase(Locale.ROOT),
                  trial.learner().estimator()));
    }
  }

  /** Runs new trials, and whatever the pruner sends further up. */
  private void climb(List<Trial> trials) {
    List<Climb> climbs = trials.stream().map(trial -> ladders.begin(trial.number())).toList();
    while (!climbs.isEmpty()) {
      run(climbs);
      climbs = ladders.promoted();
    }
  }

  private void run(List<Climb> climbs) {
    Map<Group, List<Trial>> groupsOfTrials = new LinkedHashMap<>();
    for (Climb climb : climbs) {
      Trial trial = standing.result(climb.trial()).trial();
      recall(trial, climb.fidelity());
      groupsOfTrials
          .computeIfAbsent(
              new Group(Counting.of(trial), ofSpark(trial), climb.fidelity()),
              group -> new ArrayList<>())
          .add(trial);
    }
    groupsOfTrials.forEach(this::run);
    for (Climb climb : climbs) {
      OptionalDouble mean = standing.result(climb.trial()).mean(metric, climb.fidelity());
      ladders.finish(climb.trial(), loss(mean));
    }
  }

  /** Trials that share their counted rows, the way they are trained, and their effort. */
  private record Group(Counting counting, boolean ofSpark, double fidelity) {}

  private static boolean ofSpark(Trial trial) {
    return trial.learner().type() == LearnerConfig.Type.SPARK;
  }

  private void recall(Trial trial, double fidelity) {
    String key = trial.key();
    int known = 0;
    for (int fold = 0; fold < tune.folds(); fold++) {
      FoldOutcome outcome = earlier.get(new TrialTable.Key(key, fold, fidelity));
      if (outcome != null) {
        standing.recall(outcome.ofTrial(trial.number()));
        known++;
      }
    }
    if (known == tune.folds()) {
      reused++;
      standing.tell();
    }
  }

  private void run(Group group, List<Trial> trials) {
    List<Trial> open =
        trials.stream().filter(trial -> !foldsToDo(trial, group.fidelity()).isEmpty()).toList();
    if (open.isEmpty()) {
      return;
    }
    Map<Integer, Set<Integer>> folds = new HashMap<>();
    open.forEach(trial -> folds.put(trial.number(), foldsToDo(trial, group.fidelity())));
    TrialRunner runner = runner(group.counting(), group.ofSpark());
    say(group, open);
    try {
      CachedResults cached =
          runner.run(
              open,
              folds,
              FoldTask.Effort.of(tune, group.fidelity()),
              this::progressed,
              interrupted);
      record();
      keep(open, cached);
    } catch (TrialRunner.InterruptedRun e) {
      record();
      writes.await();
      throw new InterruptedByUserException(interruption());
    }
  }

  private TrialRunner runner(Trial trial) {
    return runner(Counting.of(trial), ofSpark(trial));
  }

  private TrialRunner runner(Counting counting, boolean ofSpark) {
    CountedSweep counted = groups.of(counting);
    return ofSpark
        ? new SparkLearners(session, counted, rows.classes(), tune.folds(), tune.seed())
        : counted.runner(spark, rows.classes(), tune.folds());
  }

  /** Tells how a group is going to be trained, once for each way of counting and plan. */
  private void say(Group group, List<Trial> trials) {
    Plan plan = groups.of(group.counting()).plan();
    int passes = trials.stream().mapToInt(t -> t.learner().maxIterations()).max().orElse(0);
    if (group.ofSpark()) {
      listener.planned(
          "plan: estimators of Spark, one model after another; %d models over cached rows"
              .formatted(trials.size() * tune.folds()));
    } else if (told.add(group.counting())) {
      int models = trials.stream().mapToInt(t -> t.ensemble().models()).sum();
      listener.planned(plan.describe(models * tune.folds(), passes));
    }
  }

  private String interruption() {
    long done = standing.results().stream().filter(TrialResult::succeeded).count();
    OptionalDouble best = standing.best();
    return "interrupted: %d complete trials are recorded in %s%s; the same command continues"
        .formatted(
            done,
            table.trialsPath(),
            best.isPresent()
                ? String.format(Locale.ROOT, ", best %s %.4f", metric.key(), best.getAsDouble())
                : "");
  }

  private Set<Integer> foldsToDo(Trial trial, double fidelity) {
    Set<Integer> folds = new LinkedHashSet<>();
    for (int fold = 0; fold < tune.folds(); fold++) {
      if (!standing.knows(trial.number(), fold, fidelity)) {
        folds.add(fold);
      }
    }
    return folds;
  }

  private void progressed(List<FoldOutcome> outcomes) {
    standing.update(outcomes);
    if (System.nanoTime() - lastRecord > RECORD_EVERY_NANOS) {
      record();
    }
  }

  private void record() {
    Set<FoldOutcome> fresh = standing.takeUnrecorded();
    if (!fresh.isEmpty()) {
      List<TrialResult> results = standing.results();
      writes.run(() -> table.append(session, results, fresh, tune.seed()));
    }
    lastRecord = System.nanoTime();
  }

  /** Writes the scores of trials that are among the best so far, and holds on to the very best. */
  private void keep(List<Trial> trials, CachedResults cached) {
    List<Integer> ranked =
        standing.results().stream()
            .filter(TrialResult::succeeded)
            .filter(result -> result.mean(metric).isPresent())
            .sorted(Comparator.comparingDouble(result -> loss(result.mean(metric))))
            .map(result -> result.trial().number())
            .limit(tune.keepScores())
            .toList();
    Map<Integer, String> keys = new LinkedHashMap<>();
    for (Trial trial : trials) {
      if (ranked.contains(trial.number())) {
        keys.put(trial.number(), trial.key());
      }
    }
    if (keys.isEmpty()) {
      cached.close();
      return;
    }
    if (keys.containsKey(ranked.get(0))) {
      bestScored = ranked.get(0);
      bestScores = cached.scores(bestScored);
    }
    writes.run(
        () -> {
          table.outOfFold().append(session, cached, keys, rows.classes());
          cached.close();
        });
  }

  /** Out-of-fold scores: still at hand, or in the table, or made again where they were lost. */
  private List<FoldScores> scores(TrialResult best) {
    int number = best.trial().number();
    if (number == bestScored && bestScores.size() == tune.folds()) {
      return bestScores;
    }
    writes.await();
    List<FoldScores> kept = table.outOfFold().scores(session, best.trial(), rows.classes());
    if (kept.stream().mapToLong(fold -> fold.labels().length).sum() == rows.trainingRows()) {
      return kept;
    }
    Set<Integer> all = new LinkedHashSet<>();
    for (int fold = 0; fold < tune.folds(); fold++) {
      all.add(fold);
    }
    try (CachedResults again =
        runner(best.trial())
            .run(
                List.of(best.trial()),
                Map.of(number, all),
                FoldTask.Effort.of(tune, 1),
                outcomes -> {},
                interrupted)) {
      table.outOfFold().append(session, again, Map.of(number, best.trial().key()), rows.classes());
      return again.scores(number);
    } catch (TrialRunner.InterruptedRun e) {
      throw new InterruptedByUserException(interruption());
    }
  }
}
