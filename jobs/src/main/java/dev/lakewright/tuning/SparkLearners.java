package dev.lakewright.tuning;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.Featurizer;
import dev.lakewright.sampling.ClassTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Cross-validates {@code spark.ml} estimators, which run their own jobs: fold by fold over cached
 * rows, one model after another.
 */
final class SparkLearners implements TrialRunner {

  private static final long POLL_MILLIS = 200;

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final CountedSweep counted;
  private final List<String> classes;
  private final int folds;
  private final long seed;

  SparkLearners(
      SparkSession session, CountedSweep counted, List<String> classes, int folds, long seed) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.counted = counted;
    this.classes = List.copyOf(classes);
    this.folds = folds;
    this.seed = seed;
  }

  @Override
  public CachedResults run(
      List<Trial> trials,
      Map<Integer, Set<Integer>> foldsToDo,
      FoldTask.Effort effort,
      Consumer<List<FoldOutcome>> finished,
      BooleanSupplier interrupted)
      throws InterruptedRun {
    List<Featurizer> featurizers = counted.featurizersWithout(folds);
    Broadcast<List<Featurizer>> shared = spark.broadcast(featurizers);
    List<JavaRDD<FoldTask.Result>> results = new ArrayList<>();
    List<FoldOutcome> outcomes = new ArrayList<>();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      for (int fold = 0; fold < folds; fold++) {
        try (FoldFrames frames = new FoldFrames(session, counted, shared, fold, classes, effort)) {
          for (Trial trial : byRows(trials)) {
            if (foldsToDo.get(trial.number()).contains(fold)) {
              JavaRDD<FoldTask.Result> result =
                  run(thread, new Fit(trial, fold, frames, effort), interrupted);
              results.add(result);
              outcomes.add(result.map(FoldTask.Result::outcome).first());
              finished.accept(List.copyOf(outcomes));
            }
          }
        }
      }
    } catch (Exception e) {
      // Spark throws checked exceptions without declaring them
      results.forEach(JavaRDD::unpersist);
      shared.destroy();
      throw e;
    } finally {
      thread.shutdownNow();
    }
    return new CachedResults(
        results.stream().reduce(JavaRDD::union).orElseGet(spark::emptyRDD), results, shared);
  }

  private record Fit(Trial trial, int fold, FoldFrames frames, FoldTask.Effort effort) {}

  /** Trials that train on the same rows follow each other. */
  private static List<Trial> byRows(List<Trial> trials) {
    Map<FoldFrames.Wanted, List<Trial>> alike = new LinkedHashMap<>();
    for (Trial trial : trials) {
      alike
          .computeIfAbsent(
              FoldFrames.Wanted.by(FoldTask.Candidate.of(trial)), first -> new ArrayList<>())
          .add(trial);
    }
    return alike.values().stream().flatMap(List::stream).toList();
  }

  /** Trains and measures one model; whatever goes wrong is its result. */
  private JavaRDD<FoldTask.Result> run(ExecutorService thread, Fit fit, BooleanSupplier interrupted)
      throws InterruptedRun {
    String group = "lakewright-trial-%d-fold-%d".formatted(fit.trial().number(), fit.fold());
    long started = System.nanoTime();
    Future<JavaRDD<FoldTask.Result>> work =
        thread.submit(
            () -> {
              spark.setJobGroup(group, group, true);
              return train(fit);
            });
    try {
      while (true) {
        try {
          return work.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException running) {
          double seconds = (System.nanoTime() - started) / 1e9;
          boolean late = fit.effort().seconds() > 0 && seconds > fit.effort().seconds();
          if (late || interrupted.getAsBoolean()) {
            spark.cancelJobGroup(group);
            work.cancel(true);
            if (!late) {
              throw new InterruptedRun();
            }
            return failed(
                fit,
                seconds,
                "fold %d was not trained within tune.trial_seconds: %s; allow more, or smaller learner.params"
                    .formatted(fit.fold(), fit.effort().seconds()));
          }
        }
      }
    } catch (InterruptedException e) {
      spark.cancelJobGroup(group);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trials were running", e);
    } catch (ExecutionException e) {
      return failed(fit, (System.nanoTime() - started) / 1e9, FoldTask.cause(e.getCause()));
    }
  }

  private JavaRDD<FoldTask.Result> failed(Fit fit, double seconds, String cause) {
    return spark.parallelize(
        List.of(FoldTask.failure(fit.trial().number(), fit.fold(), fit.effort(), seconds, cause)),
        1);
  }

  private JavaRDD<FoldTask.Result> train(Fit fit) {
    requireTrainable(fit.trial());
    Dataset<Row> training = fit.frames().training(FoldTask.Candidate.of(fit.trial()));
    FoldTask.requireRows(fit.fold(), training.count(), fit.frames().validation().count());
    return fit.trial().ensemble().present()
        ? trainEnsemble(fit, training)
        : trainSingle(fit, training);
  }

  private JavaRDD<FoldTask.Result> trainSingle(Fit fit, Dataset<Row> training) {
    ClassTotals totals = totals(training);
    SparkFitting fitting = fitting(fit);
    long started = System.nanoTime();
    Model<?> model = fitting.fit(training, totals.rows());
    double seconds = (System.nanoTime() - started) / 1e9;
    return measured(fit, scoring(fit).scores(model), seconds, totals);
  }

  private JavaRDD<FoldTask.Result> trainEnsemble(Fit fit, Dataset<Row> training) {
    SparkEnsembleTraining ensemble =
        new SparkEnsembleTraining(
            spark, fit.trial().ensemble(), fitting(fit), NumberedRows.of(training), classes.size());
    long started = System.nanoTime();
    SparkEnsemble model = ensemble.train();
    double seconds = (System.nanoTime() - started) / 1e9;
    return measured(
        fit,
        scoring(fit).scores(spark, model),
        seconds,
        ClassTotals.counted(ensemble.classCounts()));
  }

  private SparkFitting fitting(Fit fit) {
    return new SparkFitting(fit.trial(), fit.effort(), classes, seed);
  }

  private SparkScoring scoring(Fit fit) {
    return new SparkScoring(
        fit.frames().validation(), fit.trial().number(), fit.fold(), classes.size());
  }

  private ClassTotals totals(Dataset<Row> training) {
    ClassTotals totals = ClassTotals.none(classes.size());
    training
        .groupBy(FoldFrames.LABEL)
        .agg(count(lit(1)), sum(FoldFrames.WEIGHT))
        .collectAsList()
        .forEach(
            row -> {
              int label = (int) row.getDouble(0);
              totals.rows()[label] = row.getLong(1);
              totals.weights()[label] = row.getDouble(2);
            });
    return totals;
  }

  private JavaRDD<FoldTask.Result> measured(
      Fit fit, JavaRDD<FoldScores> scores, double seconds, ClassTotals trained) {
    double[] shifts =
        PriorShifts.of(
            fit.trial().learner(),
            fit.trial().sampling(),
            classes,
            trained,
            fit.frames().inTable());
    FoldTask.Effort effort = fit.effort();
    List<String> labels = classes;
    JavaRDD<FoldTask.Result> result =
        scores
            .map(each -> FoldTask.measured(each, effort, seconds, 0, labels, shifts))
            .persist(StorageLevel.MEMORY_AND_DISK());
    result.count();
    return result;
  }

  @Override
  public void requireSupported(Trial trial, Set<String> varied) {
    if (inOnePlace()) {
      return;
    }
    if (varied.stream().noneMatch(key -> key.startsWith("ensemble."))) {
      DataParallel.requireSingle(trial);
    }
    if (varied.stream().noneMatch(key -> key.startsWith("sampling."))) {
      RowTreatment.requireRandom(trial.sampling(), DataParallel.SETTING);
    }
  }

  private void requireTrainable(Trial trial) {
    if (!inOnePlace()) {
      DataParallel.requireSingle(trial);
      RowTreatment.requireRandom(trial.sampling(), DataParallel.SETTING);
    }
  }

  private boolean inOnePlace() {
    return counted.plan().kind() != TuneConfig.Plan.DATA_PARALLEL;
  }

  @Override
  public Refit refit(TrialResult result, Optional<Classifier> start) {
    throw new IllegalStateException("an estimator of Spark is not refitted for publishing");
  }
}
