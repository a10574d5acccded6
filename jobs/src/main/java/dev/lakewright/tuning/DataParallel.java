package dev.lakewright.tuning;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.config.Folds;
import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.LakewrightException;
import dev.lakewright.linear.Checkpoint;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.linear.LinearStart;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.Featurizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cross-validates trials over rows that fit no single executor: every pass over the rows is one job
 * that advances the models of all trials and folds together.
 */
final class DataParallel implements TrialRunner {

  private static final Logger LOG = LoggerFactory.getLogger(DataParallel.class);

  private static final SpreadLimits LIMITS = new SpreadLimits(true);

  private final SpreadRows rows;
  private final CountedSweep counted;
  private final List<String> classes;
  private final Folds folds;

  DataParallel(CountedSweep counted, List<String> classes, Folds folds) {
    this.rows = counted.spread();
    this.counted = counted;
    this.classes = List.copyOf(classes);
    this.folds = folds;
  }

  /** A model to train: a trial without the rows of a fold; -1: with all. */
  private record Model(Trial trial, int fold) implements Serializable {

    SpreadTrainings.Choice choice() {
      return SpreadTrainings.Choice.of(fold, trial.sampling());
    }

    SpreadMeasuring.Trained trained(TrainedModel model, double[] priorShifts) {
      return new SpreadMeasuring.Trained(FoldTask.Candidate.of(trial), fold, model, priorShifts);
    }

    boolean isEnsemble() {
      return trial.ensemble().present();
    }
  }

  /**
   * What models are trained under.
   *
   * @param featurizers by the fold that they have not seen
   * @param interrupted whether the user wants to end
   */
  private record Setting(
      Broadcast<Map<Integer, Featurizer>> featurizers,
      SpreadTotals totals,
      SpreadTrainings trainings,
      FoldTask.Effort effort,
      BooleanSupplier interrupted) {}

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
    List<Model> models = new ArrayList<>();
    for (int fold = 0; fold < folds.count(); fold++) {
      for (Trial trial : trials) {
        if (foldsToDo.get(trial.number()).contains(fold)) {
          models.add(new Model(trial, fold));
        }
      }
    }
    Broadcast<Map<Integer, Featurizer>> featurizers = featurizers(models);
    Gathered gathered = new Gathered(finished);
    try {
      SpreadTotals totals = rows.totals(folds, classes.size(), effort);
      List<Model> trainable = new ArrayList<>();
      for (Model model : models) {
        Optional<LakewrightException> obstacle = obstacle(model, totals);
        if (obstacle.isPresent()) {
          gathered.add(failed(model, effort, obstacle.get()));
        } else {
          trainable.add(model);
        }
      }
      for (List<Model> together : sharing(trainable)) {
        runTogether(together, featurizers, totals, effort, interrupted, gathered);
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

    static Sharing of(Model model) {
      boolean shared = model.isEnsemble() || !model.choice().isDrawn();
      return new Sharing(
          shared ? Optional.of(model.choice()) : Optional.empty(), model.trial().ensemble());
    }
  }

  private static Collection<List<Model>> sharing(List<Model> models) {
    return models.stream()
        .collect(Collectors.groupingBy(Sharing::of, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private void runTogether(
      List<Model> models,
      Broadcast<Map<Integer, Featurizer>> featurizers,
      SpreadTotals totals,
      FoldTask.Effort effort,
      BooleanSupplier interrupted,
      Gathered gathered)
      throws InterruptedRun {
    if (interrupted.getAsBoolean()) {
      throw new InterruptedRun();
    }
    SpreadTrainings trainings;
    try {
      trainings = trainings(models, featurizers.value(), totals, effort);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      requireAlive(e);
      models.forEach(model -> gathered.add(failed(model, effort, e)));
      return;
    }
    try (trainings) {
      Setting setting = new Setting(featurizers, totals, trainings, effort, interrupted);
      int most = modelsAtOnce(models.get(0), featurizers.value());
      for (int from = 0; from < models.size(); from += most) {
        run(models.subList(from, Math.min(models.size(), from + most)), setting, gathered);
      }
    }
  }

  /**
   * What models are trained on.
   *
   * @param models that share it
   */
  private SpreadTrainings trainings(
      List<Model> models,
      Map<Integer, Featurizer> featurizers,
      SpreadTotals totals,
      FoldTask.Effort effort) {
    SpreadTrainings.Choice first = models.get(0).choice();
    if (models.get(0).isEnsemble()) {
      return SpreadTrainings.NONE;
    }
    if (first.isDrawn()) {
      return SpreadTrainings.draw(
          models.stream().map(Model::choice).toList(), rows, totals, classes, effort);
    }
    FoldResampling resampling = new FoldResampling(rows, totals, classes, effort);
    return SpreadTrainings.of(first, resampling.training(first, featurizers.get(first.fold())));
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
  private void run(List<Model> models, Setting setting, Gathered gathered) throws InterruptedRun {
    Measured measured;
    try {
      measured = trainedAndMeasured(models, setting);
    } catch (ClusterObjective.Interruption e) {
      throw new InterruptedRun();
    } catch (Exception together) { // Spark throws checked exceptions that it does not declare
      requireAlive(together);
      LOG.warn("{} models that failed together are trained one by one", models.size(), together);
      for (Model model : models) {
        gathered.add(alone(model, setting));
      }
      return;
    }
    gathered.add(measured);
  }

  private Measured alone(Model model, Setting setting) throws InterruptedRun {
    try {
      return trainedAndMeasured(List.of(model), setting);
    } catch (ClusterObjective.Interruption e) {
      throw new InterruptedRun();
    } catch (Exception alone) {
      requireAlive(alone);
      return failed(model, setting.effort(), alone);
    }
  }

  /** Without a cluster it is not the trials that fail. */
  private void requireAlive(Exception failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof InterruptedException || rows.spark().sc().isStopped()) {
      throw new IllegalStateException(
          "the trials' Spark jobs failed: " + FoldTask.cause(failure), failure);
    }
  }

  private Measured failed(Model model, FoldTask.Effort effort, Exception failure) {
    FoldTask.Result result =
        FoldTask.failure(model.trial().number(), model.fold(), effort, 0, FoldTask.cause(failure));
    return new Measured(rows.spark().parallelize(List.of(result), 1), List.of(result.outcome()));
  }

  private Measured trainedAndMeasured(List<Model> models, Setting setting) {
    long started = System.nanoTime();
    List<SpreadMeasuring.Trained> trained =
        models.get(0).isEnsemble() ? ensembles(models, setting) : singles(models, setting);
    double seconds = (System.nanoTime() - started) / 1e9 / models.size();
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
    Model model = new Model(result.trial(), -1);
    FoldTask.Effort full = new FoldTask.Effort(1, 1, 1, 0);
    Broadcast<Map<Integer, Featurizer>> featurizers = featurizers(List.of(model));
    try {
      SpreadTotals totals = rows.totals(folds, classes.size(), full);
      Featurizer featurizer = featurizers.value().get(-1);
      Optional<LinearStart> near =
          start.flatMap(earlier -> WarmStart.of(earlier, featurizer, classes));
      try (SpreadTrainings trainings =
          trainings(List.of(model), featurizers.value(), totals, full)) {
        Setting setting = new Setting(featurizers, totals, trainings, full, () -> false);
        if (model.isEnsemble()) {
          SpreadMeasuring.Trained trained = ensembles(List.of(model), setting).get(0);
          return new Refit(featurizer, trained.model(), trained.priorShifts());
        }
        LinearSolution solution = train(List.of(model), setting, near, checkpoint).get(0);
        return new Refit(featurizer, TrainedModel.of(solution), priorShifts(model, setting));
      }
    } finally {
      featurizers.destroy();
    }
  }

  private List<SpreadMeasuring.Trained> singles(List<Model> models, Setting setting) {
    List<LinearSolution> solutions = train(models, setting, Optional.empty(), Optional.empty());
    return IntStream.range(0, models.size())
        .mapToObj(
            i ->
                models
                    .get(i)
                    .trained(
                        TrainedModel.of(solutions.get(i)), priorShifts(models.get(i), setting)))
        .toList();
  }

  private List<SpreadMeasuring.Trained> ensembles(List<Model> models, Setting setting) {
    int fold = models.get(0).fold();
    List<FoldTask.Candidate> candidates =
        models.stream().map(model -> FoldTask.Candidate.of(model.trial())).toList();
    long all = Arrays.stream(setting.totals().all().trained(-1).rows()).sum();
    List<SpreadEnsembles.Trained> trained =
        new SpreadEnsembles(
                rows,
                setting.totals(),
                classes,
                setting.effort(),
                counted.plan().rowBytes() / Math.max(1, all) + 1)
            .train(candidates, fold, setting.featurizers().value().get(fold));
    return IntStream.range(0, models.size())
        .mapToObj(i -> models.get(i).trained(trained.get(i).model(), trained.get(i).priorShifts()))
        .toList();
  }

  private double[] priorShifts(Model model, Setting setting) {
    return PriorShifts.of(
        model.trial().learner(),
        model.trial().sampling(),
        classes,
        setting.trainings().of(model.choice()).totals(),
        setting.totals().all().without(model.fold()));
  }

  private Broadcast<Map<Integer, Featurizer>> featurizers(List<Model> models) {
    Map<Integer, Featurizer> byFold = new HashMap<>();
    for (Model model : models) {
      byFold.computeIfAbsent(model.fold(), counted::featurizerWithout);
    }
    return rows.spark().broadcast(byFold);
  }

  /** Models like this one whose vectors the driver holds at once. */
  private int modelsAtOnce(Model model, Map<Integer, Featurizer> featurizers) {
    long features = featurizers.values().stream().mapToLong(Featurizer::size).max().orElse(0);
    int members = model.trial().ensemble().models();
    long bytes = Plan.ensembleBytes(features, classes.size(), members);
    long most = Math.max(1, Math.min(10_000, TaskMemory.forDriverModels() / bytes));
    return (int)
        (members > 1
            ? Math.min(most, TaskMemory.ensembles(rows.spark(), features, classes.size(), members))
            : most);
  }

  private List<LinearSolution> train(
      List<Model> models,
      Setting setting,
      Optional<LinearStart> start,
      Optional<Checkpoint> checkpoint) {
    IdentityHashMap<LinearProblem, SpreadTraining> trainings = new IdentityHashMap<>();
    List<LinearProblem> problems = new ArrayList<>();
    for (Model model : models) {
      SpreadTraining training = setting.trainings().of(model.choice());
      LinearProblem problem =
          setting
              .effort()
              .limit(
                  LinearProblems.of(
                      model.trial().learner(),
                      model.trial().sampling(),
                      classes,
                      training.totals()));
      problems.add(problem);
      trainings.put(problem, training);
    }
    ClusterObjective objective =
        new ClusterObjective(
            rows,
            setting.featurizers(),
            trainings,
            setting.effort(),
            classes.size(),
            setting.interrupted());
    if (checkpoint.isPresent()) {
      return List.of(LinearSolver.solve(start, objective, problems.get(0), checkpoint.get()));
    }
    return start.isPresent()
        ? List.of(LinearSolver.solveFrom(start.get(), objective, problems.get(0)))
        : LinearSolver.solve(objective, problems, setting.effort().seconds());
  }

  @Override
  public void requireSupported(Trial trial, Set<String> varied) {
    LIMITS.requireSupported(trial, varied);
    if (!varied.contains("learner.early_stopping")) {
      requireNoEarlyStopping(trial);
    }
  }

  /** Why a model cannot be trained here; empty where it can. */
  private Optional<LakewrightException> obstacle(Model model, SpreadTotals totals) {
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
