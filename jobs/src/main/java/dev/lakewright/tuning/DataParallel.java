package dev.lakewright.tuning;

import dev.lakewright.config.Folds;
import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.LakewrightException;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.linear.Checkpoint;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.linear.LinearStart;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.model.SparseVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Cross-validates trials over rows that fit no single executor: every pass over the rows is one job
 * that advances the models of all trials and folds together.
 */
final class DataParallel implements TrialRunner {

  private static final Logger LOG = LoggerFactory.getLogger(DataParallel.class);

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
  }

  /** A trained model as it travels to the rows it has not seen. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Trained(
      FoldTask.Candidate candidate, int fold, LinearSolution solution, double[] priorShifts)
      implements Serializable {}

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

  /** Scores of one model on one block. */
  private record Piece(int block, FoldScores scores) implements Serializable {}

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
      for (List<Model> together : sharingRows(trainable)) {
        runTogether(together, featurizers, totals, effort, interrupted, gathered);
      }
      return new CachedResults(gathered.all(), gathered.results, featurizers);
    } catch (Exception e) { // also those that Spark does not declare
      gathered.results.forEach(JavaRDD::unpersist);
      featurizers.destroy();
      throw e;
    }
  }

  /** First the models whose rows are drawn, then those of each other choice, one after another. */
  private static List<List<Model>> sharingRows(List<Model> models) {
    Map<Optional<SpreadTrainings.Choice>, List<Model>> sharing = new LinkedHashMap<>();
    sharing.put(Optional.empty(), new ArrayList<>());
    for (Model model : models) {
      Optional<SpreadTrainings.Choice> own =
          Optional.of(model.choice()).filter(choice -> !choice.isDrawn());
      sharing.computeIfAbsent(own, choice -> new ArrayList<>()).add(model);
    }
    return sharing.values().stream().filter(some -> !some.isEmpty()).toList();
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
      int most = modelsAtOnce(featurizers.value());
      for (int from = 0; from < models.size(); from += most) {
        run(models.subList(from, Math.min(models.size(), from + most)), setting, gathered);
      }
    }
  }

  /**
   * What models are trained on.
   *
   * @param models that {@link #sharingRows}
   */
  private SpreadTrainings trainings(
      List<Model> models,
      Map<Integer, Featurizer> featurizers,
      SpreadTotals totals,
      FoldTask.Effort effort) {
    SpreadTrainings.Choice first = models.get(0).choice();
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
    List<LinearSolution> solutions = train(models, setting, Optional.empty(), Optional.empty());
    double seconds = (System.nanoTime() - started) / 1e9 / models.size();
    JavaRDD<FoldTask.Result> results = measure(models, solutions, setting, seconds);
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
        LinearSolution solution = train(List.of(model), setting, near, checkpoint).get(0);
        return new Refit(featurizer, TrainedModel.of(solution), priorShifts(model, setting));
      }
    } finally {
      featurizers.destroy();
    }
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

  /** Models whose vectors the driver holds at once. */
  private int modelsAtOnce(Map<Integer, Featurizer> featurizers) {
    long features = featurizers.values().stream().mapToLong(Featurizer::size).max().orElse(0);
    long outputs = classes.size() == 2 ? 1 : classes.size();
    long bytes = (features + 1) * outputs * LinearSolver.BYTES_PER_WEIGHT;
    return (int) Math.max(1, Math.min(10_000, TaskMemory.forDriverModels() / bytes));
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
    SpreadLimits.requireSupported(trial, varied);
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
    SpreadLimits.requireTrainable(trial);
    requireNoEarlyStopping(trial);
  }

  private static void requireNoEarlyStopping(Trial trial) {
    if (trial.learner().earlyStopping() > 0) {
      throw new ConfigException(
          "learner.early_stopping looks at a fold's rows in one place, which tune.plan: data_parallel does not have; set learner.early_stopping: 0, or give executors more memory");
    }
  }

  /** Scores every fold's rows by the models that have not seen them, and measures: one job. */
  private JavaRDD<FoldTask.Result> measure(
      List<Model> models, List<LinearSolution> solutions, Setting setting, double seconds) {
    List<Trained> trained = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      trained.add(
          new Trained(
              FoldTask.Candidate.of(models.get(i).trial()),
              models.get(i).fold(),
              solutions.get(i),
              priorShifts(models.get(i), setting)));
    }
    Broadcast<List<Trained>> shared = rows.spark().broadcast(trained);
    Broadcast<Map<Integer, Featurizer>> featurizers = setting.featurizers();
    FoldTask.Effort effort = setting.effort();
    List<String> labels = classes;
    return rows.parts()
        .flatMapToPair(part -> scores(part, shared.value(), featurizers.value(), labels))
        .groupByKey()
        .map(pair -> result(shared.value().get(pair._1()), pair._2(), labels, effort, seconds))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Iterator<Tuple2<Integer, Piece>> scores(
      SpreadRows.Part part,
      List<Trained> models,
      Map<Integer, Featurizer> featurizers,
      List<String> classes) {
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    SparseVector vector = new SparseVector();
    for (Map.Entry<Integer, Featurizer> fold : featurizers.entrySet()) {
      for (FeatureBlock block : part.blocks()) {
        ValidationRows held = new ValidationRows(fold.getValue().size(), 0, 0);
        FeatureCounts counts = block.buffer();
        for (int row = 0; row < block.rows(); row++) {
          if (block.validates(row, fold.getKey())) {
            block.read(row, counts);
            fold.getValue().weigh(counts, vector);
            held.add(block, row, vector);
          }
        }
        for (int i = 0; held.rows() > 0 && i < models.size(); i++) {
          if (models.get(i).fold() == fold.getKey()) {
            pieces.add(
                new Tuple2<>(
                    i,
                    new Piece(
                        block.number(), score(held, models.get(i), fold.getValue(), classes))));
          }
        }
      }
    }
    return pieces.iterator();
  }

  private static FoldScores score(
      ValidationRows held, Trained model, Featurizer featurizer, List<String> classes) {
    LinearScorer scorer = scorer(model.solution(), featurizer.size(), classes.size());
    return held.score(model.candidate().trial(), model.fold(), scorer);
  }

  /** A narrower featurizer than the widest of the group leaves the last weights unused. */
  private static LinearScorer scorer(LinearSolution solution, int features, int classes) {
    int outputs = classes == 2 ? 1 : classes;
    float[] weights = solution.weights();
    float[] used =
        weights.length == features * outputs ? weights : Arrays.copyOf(weights, features * outputs);
    return new LinearScorer(features, classes, used, solution.intercepts());
  }

  private static FoldTask.Result result(
      Trained model,
      Iterable<Piece> pieces,
      List<String> classes,
      FoldTask.Effort effort,
      double seconds) {
    List<Piece> ordered = new ArrayList<>();
    pieces.forEach(ordered::add);
    ordered.sort(Comparator.comparingInt(Piece::block));
    FoldScores scores = FoldScores.concatenate(ordered.stream().map(Piece::scores).toList());
    return FoldTask.result(
        model.candidate().trial(),
        model.fold(),
        TrainedModel.of(model.solution()),
        effort,
        seconds,
        () -> scores,
        classes,
        model.priorShifts());
  }
}
