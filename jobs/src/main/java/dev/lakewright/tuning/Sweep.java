package dev.lakewright.tuning;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.InterruptedByUserException;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.metrics.Metric;
import dev.lakewright.model.Classifier;
import dev.lakewright.tuning.Ladders.Climb;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A cross-validated sweep: asks the sampler for trials, runs each on every fold as far as the
 * pruner lets it climb, records what comes out, and refits the best on all training rows. What the
 * table holds already is not run again, so that the same command continues a sweep that ended
 * early, and one with more trials extends it.
 */
public final class Sweep {

  private final SparkSession session;
  private final LabelledRows rows;
  private final TuneConfig tune;
  private final Metric metric;
  private final TrialTable table;
  private final BooleanSupplier interrupted;
  private final Listener listener;
  private final Ladders ladders;
  private final Search search;
  private final Standing standing;
  private final Background writes = new Background();
  private final CountedGroups counted;
  private final TrialRunners runners;
  private final KeptScores keptScores;

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
    this.rows = rows;
    this.tune = tune;
    this.metric = Metric.byName(tune.metric());
    this.table = table;
    this.interrupted = interrupted;
    this.listener = listener;
    this.ladders = new Ladders(Pruner.of(tune));
    this.search = new Search(session, tune, points);
    this.standing = new Standing(tune.folds(), metric, points.expected(), listener);
    this.counted =
        new CountedGroups(
            JavaSparkContext.fromSparkContext(session.sparkContext()), rows, tune, this::endWrites);
    this.runners = new TrialRunners(session, rows, tune, counted);
    this.keptScores =
        new KeptScores(session, rows, tune, table.outOfFold(), standing, runners, writes);
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
    return run(
        bind,
        best -> refit ? List.of(runners.of(best.trial()).refit(best, Optional.empty())) : List.of(),
        Function.identity());
  }

  /**
   * Runs the sweep and trains the best trial on all training rows.
   *
   * @param start an earlier model that this training sets out from. The folds do not: it has seen
   *     the rows they are measured on
   * @param checkpoints of the training, which keeps how far it is where it may take long
   * @param meanwhile what is to be done with the result; what the sweep still has to write to its
   *     tables is written beside it
   */
  public <T> T run(
      Function<Map<String, Object>, LakewrightConfig> bind,
      Optional<Classifier> start,
      RefitCheckpoints checkpoints,
      Function<SweepResult, T> meanwhile) {
    return run(
        bind,
        best -> {
          checkpoints.removeOthers();
          return List.of(runners.of(best.trial()).refit(best, start, checkpoints));
        },
        meanwhile);
  }

  private <T> T run(
      Function<Map<String, Object>, LakewrightConfig> bind,
      Function<TrialResult, List<Refit>> refit,
      Function<SweepResult, T> meanwhile) {
    return searched(
        bind,
        recording -> {
          List<TrialResult> results = standing.results();
          TrialResult best = BestTrial.of(results, metric, tune.choose());
          OutOfFold outOfFold = outOfFold(best, recording);
          if (takesLong(best.trial())) {
            keptScores.beginWrites();
          }
          List<Refit> refits = refit.apply(best);
          keptScores.beginWrites();
          if (interrupted.getAsBoolean()) {
            endWrites();
            throw recording.interruption();
          }
          T made =
              meanwhile.apply(
                  new SweepResult(
                      results,
                      best,
                      metric,
                      outOfFold,
                      refits,
                      recording.reused(),
                      search.importance(results)));
          writes.await();
          return made;
        });
  }

  /** Whether a process that dies while the trial is trained on all rows would lose much. */
  private boolean takesLong(Trial trial) {
    return trial.ensemble().present()
        || trial.ofSpark()
        || runners.plan(trial).kind() == TuneConfig.Plan.DATA_PARALLEL;
  }

  private void endWrites() {
    keptScores.beginWrites();
    writes.await();
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
        recording -> {
          List<TrialResult> results = standing.results();
          GroupWinners winners =
              new GroupWinners(
                  results,
                  metric,
                  tune.choose(),
                  best ->
                      new GroupedResult.Winner(
                          best,
                          outOfFold(best, recording),
                          runners.of(best.trial()).refit(best, Optional.empty())));
          List<GroupedResult.Group> chosen = groups.stream().map(winners::of).toList();
          endWrites();
          return new GroupedResult(results, chosen, recording.reused());
        });
  }

  private OutOfFold outOfFold(TrialResult best, Recording recording) {
    try {
      return OutOfFold.of(keptScores.of(best, interrupted), rows.classes().size());
    } catch (TrialRunner.InterruptedRun e) {
      throw recording.interruption();
    }
  }

  private <T> T searched(
      Function<Map<String, Object>, LakewrightConfig> bind, Function<Recording, T> conclusion) {
    try {
      Recording recording = new Recording(session, tune, table, standing, writes);
      search(new TrialBinding(bind, rows.classes(), tune.seed()), recording);
      return conclusion.apply(recording);
    } finally {
      try {
        keptScores.beginWrites();
        writes.close();
      } finally {
        counted.close();
      }
    }
  }

  private void search(TrialBinding binding, Recording recording) {
    TrialGroups groups =
        new TrialGroups(tune, runners, standing, recording, keptScores, listener, interrupted);
    search.run(
        (points, begun) -> {
          List<Trial> trials = binding.trials(points, begun);
          trials.forEach(standing::add);
          climb(trials, groups);
          return trials.stream().map(trial -> standing.result(trial.number())).toList();
        });
    climb(groups, ladders.lastResort());
    recording.markPruned();
  }

  /** Runs new trials, and whatever the pruner sends further up. */
  private void climb(List<Trial> trials, TrialGroups groups) {
    List<Climb> climbs = trials.stream().map(trial -> ladders.begin(trial.number())).toList();
    while (!climbs.isEmpty()) {
      climb(groups, climbs);
      climbs = ladders.promoted();
    }
  }

  private void climb(TrialGroups groups, List<Climb> climbs) {
    groups.run(climbs);
    for (Climb climb : climbs) {
      TrialResult result = standing.result(climb.trial());
      double mean = result.mean(metric, climb.fidelity()).orElse(Double.NaN);
      ladders.finish(climb.trial(), metric.loss(mean));
    }
  }
}
