package dev.lakewright.tuning;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.config.Folds;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.LakewrightException;
import dev.lakewright.linear.Checkpoint;
import dev.lakewright.linear.LinearStart;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.Featurizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cross-validates trials over rows that fit no single executor: every pass over the rows is one job
 * that advances the models of all trials and folds together, but for those whose rows are resampled
 * by what they hold, and ensembles, which are trained fold by fold.
 */
final class DataParallel implements TrialRunner {

  private static final Logger LOG = LoggerFactory.getLogger(DataParallel.class);

  /** Models' work is cancelled after so many times their time limit, */
  private static final double BACKSTOP = 2;

  /** and so many seconds for what is no training. */
  private static final double BACKSTOP_SECONDS = 60;

  private static final SpreadLimits LIMITS = new SpreadLimits(true);

  private final SpreadRows rows;
  private final CountedSweep counted;
  private final List<String> classes;
  private final Folds folds;
  private final SpreadFitting fitting;

  DataParallel(CountedSweep counted, List<String> classes, Folds folds) {
    this.rows = counted.spread();
    this.counted = counted;
    this.classes = List.copyOf(classes);
    this.folds = folds;
    this.fitting = new SpreadFitting(counted, this.classes);
  }

  /** Results where they are cached, and what the driver needs of them. */
  private record Measured(JavaRDD<FoldTask.Result> results, List<FoldOutcome> outcomes) {}

  @Override
  public CachedResults run(
      List<Trial> trials,
      Map<Integer, Set<Integer>> foldsToDo,
      FoldTask.Effort effort,
      Consumer<List<FoldOutcome>> finished,
      BooleanSupplier interrupted)
      throws InterruptedRun {
    List<SpreadModel> models = new ArrayList<>();
    for (int fold = 0; fold < folds.count(); fold++) {
      for (Trial trial : trials) {
        if (foldsToDo.get(trial.number()).contains(fold)) {
          models.add(new SpreadModel(trial, fold));
        }
      }
    }
    Broadcast<Map<Integer, Featurizer>> featurizers = featurizers(models);
    Gathered gathered = new Gathered(finished);
    try (CancellableWork work = new CancellableWork(rows.spark(), interrupted)) {
      SpreadTotals totals = rows.totals(folds, classes.size(), effort);
      List<SpreadModel> trainable = new ArrayList<>();
      for (SpreadModel model : models) {
        Optional<LakewrightException> obstacle = obstacle(model, totals);
        if (obstacle.isPresent()) {
          gathered.add(failed(model, effort, FoldTask.cause(obstacle.get())));
        } else {
          trainable.add(model);
        }
      }
      for (List<SpreadModel> together : sharing(trainable)) {
        Stage stage = new Stage(featurizers, totals, effort, interrupted, work, gathered);
        runTogether(together, stage);
      }
      return new CachedResults(gathered.all(), gathered.results, featurizers);
    } catch (Exception e) { // also those that Spark does not declare
      gathered.results.forEach(JavaRDD::unpersist);
      featurizers.destroy();
      throw e;
    }
  }

  /**
   * What models have in common that are trained together: a resampling, or a fold and the subsets
   * of an ensemble; models by themselves whose rows are drawn have neither.
   */
  private record Sharing(Optional<SpreadTrainings.Choice> choice, EnsembleConfig ensemble) {

    static Sharing of(SpreadModel model) {
      boolean shared = model.isEnsemble() || !model.choice().isDrawn();
      return new Sharing(
          shared ? Optional.of(model.choice()) : Optional.empty(), model.trial().ensemble());
    }
  }

  private static Collection<List<SpreadModel>> sharing(List<SpreadModel> models) {
    return models.stream()
        .collect(Collectors.groupingBy(Sharing::of, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /** What all models of a run have in common. */
  private record Stage(
      Broadcast<Map<Integer, Featurizer>> featurizers,
      SpreadTotals totals,
      FoldTask.Effort effort,
      BooleanSupplier interrupted,
      CancellableWork work,
      Gathered gathered) {

    SpreadFitting.Setting setting(SpreadTrainings trainings, double spent) {
      return new SpreadFitting.Setting(featurizers, totals, trainings, effort, interrupted, spent);
    }
  }

  private void runTogether(List<SpreadModel> models, Stage stage) throws InterruptedRun {
    long started = System.nanoTime();
    SpreadTrainings trainings;
    try {
      trainings = rows(models, stage);
    } catch (CancellableWork.Late e) {
      models.forEach(model -> stage.gathered().add(late(model, stage.effort())));
      return;
    } catch (ExecutionException e) {
      requireAlive(e.getCause());
      String cause = FoldTask.cause(e.getCause());
      if (models.get(0).choice().isDrawn()) {
        // drawn rows are of many choices, whose fault it is not
        throw new IllegalStateException("rows to train on were not drawn: " + cause, e.getCause());
      }
      models.forEach(model -> stage.gathered().add(failed(model, stage.effort(), cause)));
      return;
    }
    try (trainings) {
      double spent = (System.nanoTime() - started) / 1e9 / models.size();
      SpreadFitting.Setting setting = stage.setting(trainings, spent);
      int most = fitting.modelsAtOnce(models.get(0), stage.featurizers().value());
      for (int from = 0; from < models.size(); from += most) {
        run(models.subList(from, Math.min(models.size(), from + most)), setting, stage);
      }
    }
  }

  /** What models are trained on; to draw rows is no part of what a time limit is on. */
  private SpreadTrainings rows(List<SpreadModel> models, Stage stage)
      throws CancellableWork.Late, InterruptedRun, ExecutionException {
    Map<Integer, Featurizer> byFold = stage.featurizers().value();
    boolean drawn = models.get(0).choice().isDrawn();
    return stage
        .work()
        .run(
            "lakewright-rows",
            drawn ? 0 : stage.effort().seconds() * models.size(),
            () -> fitting.trainings(models, byFold, stage.totals(), stage.effort()));
  }

  /** Results as they come in. */
  private final class Gathered {

    private final Consumer<List<FoldOutcome>> finished;
    private final List<JavaRDD<FoldTask.Result>> results = new ArrayList<>();
    private final List<FoldOutcome> outcomes = new ArrayList<>();

    Gathered(Consumer<List<FoldOutcome>> finished) {
      this.finished = finished;
    }

    void add(Measured measured) {
      results.add(measured.results());
      outcomes.addAll(measured.outcomes());
      finished.accept(List.copyOf(outcomes));
    }

    JavaRDD<FoldTask.Result> all() {
      return results.size() == 1
          ? results.get(0)
          : rows.spark().union(results.toArray(JavaRDD[]::new));
    }
  }

  /** Trains models together; if that fails, each alone, so that one cannot sink the rest. */
  private void run(List<SpreadModel> models, SpreadFitting.Setting setting, Stage stage)
      throws InterruptedRun {
    // solvers keep to the limit, each model for itself; this ends what they do not see
    double limit = setting.secondsLeft() * models.size() * BACKSTOP;
    try {
      stage
          .gathered()
          .add(
              stage
                  .work()
                  .run(
                      "lakewright-models",
                      limit == 0 ? 0 : limit + BACKSTOP_SECONDS,
                      () -> trainedAndMeasured(models, setting)));
    } catch (CancellableWork.Late e) {
      models.forEach(model -> stage.gathered().add(late(model, stage.effort())));
    } catch (ExecutionException e) {
      failed(models, setting, stage, e.getCause());
    }
  }

  private void failed(
      List<SpreadModel> models, SpreadFitting.Setting setting, Stage stage, Throwable cause)
      throws InterruptedRun {
    if (cause instanceof ClusterObjective.Interruption) {
      throw new InterruptedRun();
    }
    requireAlive(cause);
    if (models.size() == 1) {
      stage.gathered().add(failed(models.get(0), stage.effort(), FoldTask.cause(cause)));
      return;
    }
    LOG.warn("{} models that failed together are trained one by one", models.size(), cause);
    for (SpreadModel model : models) {
      run(List.of(model), setting, stage);
    }
  }

  /** Without a cluster it is not the trials that fail. */
  private void requireAlive(Throwable failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof InterruptedException || rows.spark().sc().isStopped()) {
      throw new IllegalStateException(
          "the trials' Spark jobs failed: " + FoldTask.cause(failure), failure);
    }
  }

  private Measured failed(SpreadModel model, FoldTask.Effort effort, String cause) {
    return failed(model, effort, 0, cause);
  }

  private Measured late(SpreadModel model, FoldTask.Effort effort) {
    return failed(
        model,
        effort,
        effort.seconds(),
        "fold %d was not trained within tune.trial_seconds: %s; allow more, or %s"
            .formatted(
                model.fold(),
                effort.seconds(),
                model.isEnsemble()
                    ? "fewer ensemble.members or rounds"
                    : "a sampling.method that takes less"));
  }

  private Measured failed(SpreadModel model, FoldTask.Effort effort, double seconds, String cause) {
    FoldTask.Result result =
        FoldTask.failure(model.trial().number(), model.fold(), effort, seconds, cause);
    return new Measured(rows.spark().parallelize(List.of(result), 1), List.of(result.outcome()));
  }

  private Measured trainedAndMeasured(List<SpreadModel> models, SpreadFitting.Setting setting) {
    long started = System.nanoTime();
    List<SpreadMeasuring.Trained> trained = fitting.fit(models, setting);
    double seconds = setting.spent() + (System.nanoTime() - started) / 1e9 / models.size();
    JavaRDD<FoldTask.Result> results =
        new SpreadMeasuring(rows, setting.featurizers(), classes, setting.effort())
            .measure(trained, seconds);
    try {
      return new Measured(results, results.map(FoldTask.Result::outcome).collect());
    } catch (Exception e) { // also those that Spark does not declare
      results.unpersist();
      throw e;
    }
  }

  @Override
  public Refit refit(TrialResult result, Optional<Classifier> start) {
    return refit(result, start, Optional.empty());
  }

  @Override
  public Refit refit(TrialResult result, Optional<Classifier> start, RefitCheckpoints checkpoints) {
    return refit(result, start, Optional.of(checkpoints.of(result.trial())));
  }

  private Refit refit(
      TrialResult result, Optional<Classifier> start, Optional<Checkpoint> checkpoint) {
    requireTrainable(result.trial());
    SpreadModel model = new SpreadModel(result.trial(), -1);
    FoldTask.Effort full = new FoldTask.Effort(1, 1, 1, 0);
    Broadcast<Map<Integer, Featurizer>> featurizers = featurizers(List.of(model));
    try {
      SpreadTotals totals = rows.totals(folds, classes.size(), full);
      Featurizer featurizer = featurizers.value().get(-1);
      Optional<LinearStart> near =
          start.flatMap(earlier -> WarmStart.of(earlier, featurizer, classes));
      try (SpreadTrainings trainings =
          fitting.trainings(List.of(model), featurizers.value(), totals, full)) {
        SpreadFitting.Setting setting =
            new SpreadFitting.Setting(featurizers, totals, trainings, full, () -> false, 0);
        SpreadMeasuring.Trained trained = fitting.fit(model, setting, near, checkpoint);
        return new Refit(featurizer, trained.model(), trained.priorShifts());
      }
    } finally {
      featurizers.destroy();
    }
  }

  private Broadcast<Map<Integer, Featurizer>> featurizers(List<SpreadModel> models) {
    Map<Integer, Featurizer> byFold = new HashMap<>();
    for (SpreadModel model : models) {
      byFold.computeIfAbsent(model.fold(), counted::featurizerWithout);
    }
    return rows.spark().broadcast(byFold);
  }

  @Override
  public void requireSupported(Trial trial, Set<String> varied) {
    LIMITS.requireSupported(trial, varied);
    if (!varied.contains("learner.early_stopping")) {
      requireNoEarlyStopping(trial);
    }
  }

  /** Why a model cannot be trained here; empty where it can. */
  private Optional<LakewrightException> obstacle(SpreadModel model, SpreadTotals totals) {
    try {
      requireTrainable(model.trial());
      FoldTask.requireRows(
          model.fold(),
          Arrays.stream(totals.all().without(model.fold()).rows()).sum(),
          Arrays.stream(totals.all().rows()[model.fold()]).sum());
      if (model.choice().isDrawn()) {
        model.choice().shares(totals, classes);
      }
      return Optional.empty();
    } catch (LakewrightException e) {
      return Optional.of(e);
    }
  }

  private static void requireTrainable(Trial trial) {
    LIMITS.requireTrainable(trial);
    requireNoEarlyStopping(trial);
  }

  private static void requireNoEarlyStopping(Trial trial) {
    if (trial.learner().earlyStopping() > 0) {
      throw new ConfigException(
          "learner.early_stopping looks at a fold's rows in one place, which tune.plan: data_parallel does not have; set learner.early_stopping: 0, or give executors more memory");
    }
  }
}
