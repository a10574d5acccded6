package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.Featurizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Cross-validates {@code spark.ml} estimators, which run their own jobs: fold by fold over cached
 * rows, one model after another.
 */
final class SparkLearners implements TrialRunner {

  private static final SpreadLimits LIMITS = new SpreadLimits(false);

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final CountedSweep counted;
  private final List<String> classes;
  private final long seed;

  SparkLearners(SparkSession session, CountedSweep counted, List<String> classes, long seed) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.counted = counted;
    this.classes = List.copyOf(classes);
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
    int folds = counted.folds().count();
    SpreadTotals totals = counted.totals(classes.size(), effort);
    Broadcast<List<Featurizer>> featurizers = spark.broadcast(counted.featurizersWithout(folds));
    List<JavaRDD<FoldTask.Result>> results = new ArrayList<>();
    List<FoldOutcome> outcomes = new ArrayList<>();
    try (CancellableWork work = new CancellableWork(spark, interrupted)) {
      for (int fold = 0; fold < folds; fold++) {
        int held = fold;
        List<Trial> toDo =
            trials.stream().filter(trial -> foldsToDo.get(trial.number()).contains(held)).toList();
        try (FoldFrames frames =
            new FoldFrames(session, counted, featurizers, fold, classes, effort, totals)) {
          for (List<Trial> alike : byRows(toDo)) {
            Prepared prepared = prepare(work, frames, alike, fold);
            for (Trial trial : alike) {
              JavaRDD<FoldTask.Result> result =
                  run(work, new Fit(trial, fold, frames, effort), prepared);
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
      featurizers.destroy();
      throw e;
    }
    return new CachedResults(
        results.stream().reduce(JavaRDD::union).orElseGet(spark::emptyRDD), results, featurizers);
  }

  private record Fit(Trial trial, int fold, FoldFrames frames, FoldTask.Effort effort) {}

  /**
   * How the rows that some trials train on came about.
   *
   * @param seconds for each of the trials
   * @param failure why there are none; absent where there are
   */
  private record Prepared(double seconds, Optional<String> failure) {}

  /** Trials that train on the same rows follow each other. */
  private static List<List<Trial>> byRows(List<Trial> trials) {
    Map<FoldFrames.Wanted, List<Trial>> alike = new LinkedHashMap<>();
    for (Trial trial : trials) {
      alike
          .computeIfAbsent(
              FoldFrames.Wanted.by(FoldTask.Candidate.of(trial)), first -> new ArrayList<>())
          .add(trial);
    }
    return List.copyOf(alike.values());
  }

  /** Makes the rows that some trials train on, once for all of them. */
  private Prepared prepare(CancellableWork work, FoldFrames frames, List<Trial> alike, int fold)
      throws InterruptedRun {
    long started = System.nanoTime();
    Optional<String> failure = Optional.empty();
    try {
      work.run(
          "lakewright-rows-fold-%d".formatted(fold),
          0,
          () -> {
            frames.requireRows();
            requireTrainable(alike.get(0));
            return frames.training(FoldTask.Candidate.of(alike.get(0)));
          });
    } catch (CancellableWork.Late e) {
      throw new IllegalStateException("work without a limit cannot be late", e);
    } catch (ExecutionException e) {
      failure = Optional.of(FoldTask.cause(e.getCause()));
    }
    return new Prepared((System.nanoTime() - started) / 1e9 / alike.size(), failure);
  }

  /** Trains and measures one model; whatever goes wrong is its result. */
  private JavaRDD<FoldTask.Result> run(CancellableWork work, Fit fit, Prepared prepared)
      throws InterruptedRun {
    if (prepared.failure().isPresent()) {
      return failed(fit, prepared.seconds(), prepared.failure().get());
    }
    long started = System.nanoTime();
    try {
      return work.run(
          "lakewright-trial-%d-fold-%d".formatted(fit.trial().number(), fit.fold()),
          rest(fit.effort().seconds(), prepared.seconds()),
          () ->
              new SparkTraining(spark, fit.frames(), classes, fit.effort(), seed)
                  .run(fit.trial(), fit.fold(), prepared.seconds()));
    } catch (CancellableWork.Late e) {
      return failed(
          fit,
          prepared.seconds() + (System.nanoTime() - started) / 1e9,
          "fold %d was not trained within tune.trial_seconds: %s; allow more, or %s"
              .formatted(
                  fit.fold(),
                  fit.effort().seconds(),
                  fit.trial().ensemble().present()
                      ? "fewer ensemble.members or rounds"
                      : "smaller learner.params"));
    } catch (ExecutionException e) {
      return failed(
          fit,
          prepared.seconds() + (System.nanoTime() - started) / 1e9,
          FoldTask.cause(e.getCause()));
    }
  }

  /** What is left of a time limit; never 0, which would be no limit. */
  private static double rest(double limit, double spent) {
    return limit == 0 ? 0 : Math.max(1e-9, limit - spent);
  }

  private JavaRDD<FoldTask.Result> failed(Fit fit, double seconds, String cause) {
    return spark.parallelize(
        List.of(FoldTask.failure(fit.trial().number(), fit.fold(), fit.effort(), seconds, cause)),
        1);
  }

  @Override
  public void requireSupported(Trial trial, Set<String> varied) {
    if (isSpread()) {
      LIMITS.requireSupported(trial, varied);
    }
  }

  private void requireTrainable(Trial trial) {
    if (isSpread()) {
      LIMITS.requireTrainable(trial);
    }
  }

  private boolean isSpread() {
    return counted.plan().kind() == TuneConfig.Plan.DATA_PARALLEL;
  }

  @Override
  public Refit refit(TrialResult result, Optional<Classifier> start) {
    throw new IllegalStateException("an estimator of Spark is not refitted for publishing");
  }
}
