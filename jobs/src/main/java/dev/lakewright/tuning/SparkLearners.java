package dev.lakewright.tuning;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import dev.lakewright.model.Classifier;
import dev.lakewright.model.Featurizer;
import dev.lakewright.sampling.ClassTotals;
import dev.lakewright.sampling.ClassWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
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
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Cross-validates {@code spark.ml} estimators, which run their own jobs: fold by fold over cached
 * rows, one model after another.
 */
final class SparkLearners implements TrialRunner {

  private static final long POLL_MILLIS = 200;

  /** A probability of 0 has a margin that is still a finite number. */
  private static final double LEAST_PROBABILITY = 1e-300;

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
        try (FoldFrame frame =
            FoldFrame.of(session, counted.rows(spark), shared, fold, classes, effort)) {
          for (Trial trial : trials) {
            if (foldsToDo.get(trial.number()).contains(fold)) {
              JavaRDD<FoldTask.Result> result =
                  run(thread, new Fit(trial, fold, frame, effort), interrupted);
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

  private record Fit(Trial trial, int fold, FoldFrame frame, FoldTask.Effort effort) {}

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
    Dataset<Row> training = fit.frame().training();
    FoldTask.requireRows(fit.fold(), training.count(), fit.frame().validation().count());
    Estimator<?> estimator = prepared(fit);
    ClassTotals totals = totals(training);
    long started = System.nanoTime();
    Model<?> model = (Model<?>) estimator.fit(weighted(fit, estimator, training, totals));
    double seconds = (System.nanoTime() - started) / 1e9;
    double[] shifts =
        PriorShifts.of(fit.trial().learner(), fit.trial().sampling(), classes, totals, totals);
    return scored(fit, model, seconds, shifts);
  }

  private ClassTotals totals(Dataset<Row> training) {
    ClassTotals totals = new ClassTotals(new long[classes.size()], new double[classes.size()]);
    training
        .groupBy(FoldFrame.LABEL)
        .agg(count(lit(1)), sum(FoldFrame.WEIGHT))
        .collectAsList()
        .forEach(
            row -> {
              int label = (int) row.getDouble(0);
              totals.rows()[label] = row.getLong(1);
              totals.weights()[label] = row.getDouble(2);
            });
    return totals;
  }

  private Estimator<?> prepared(Fit fit) {
    Estimator<?> estimator = SparkEstimators.of(fit.trial().learner(), seed);
    estimator.set("featuresCol", FoldFrame.FEATURES);
    estimator.set("labelCol", FoldFrame.LABEL);
    if (fit.effort().passes() < 1) {
      limitPasses(estimator, fit.effort().passes());
    }
    return estimator;
  }

  private static void limitPasses(Estimator<?> estimator, double share) {
    if (!estimator.hasParam("maxIter")) {
      throw new IllegalArgumentException(
          "%s has no maxIter to part; set tune.fidelity: rows"
              .formatted(estimator.getClass().getName()));
    }
    int most = (Integer) estimator.getOrDefault(estimator.getParam("maxIter"));
    estimator.set("maxIter", Math.max(1, (int) Math.ceil(most * share)));
  }

  /** Weights of rows times weights of their classes, where they say anything. */
  private Dataset<Row> weighted(
      Fit fit, Estimator<?> estimator, Dataset<Row> training, ClassTotals totals) {
    double[] perClass = ClassWeights.of(fit.trial().sampling(), classes, totals.rows());
    Row extremes = training.agg(min(FoldFrame.WEIGHT), max(FoldFrame.WEIGHT)).first();
    boolean alike =
        Arrays.stream(perClass).allMatch(weight -> weight == 1)
            && extremes.getDouble(0) == 1
            && extremes.getDouble(1) == 1;
    if (alike) {
      return training;
    }
    if (!SparkEstimators.weighsRows(estimator)) {
      throw new IllegalArgumentException(
          "%s cannot weigh rows; set sampling.weights: none and no data.weight, or choose another estimator"
              .formatted(estimator.getClass().getSimpleName()));
    }
    estimator.set("weightCol", FoldFrame.WEIGHT);
    var weightOfClass =
        udf((UDF1<Double, Double>) label -> perClass[label.intValue()], DataTypes.DoubleType);
    return training.withColumn(
        FoldFrame.WEIGHT,
        col(FoldFrame.WEIGHT).multiply(weightOfClass.apply(col(FoldFrame.LABEL))));
  }

  /**
   * Scores the validation rows and brings them together in one task, in the order of their keys.
   */
  private JavaRDD<FoldTask.Result> scored(
      Fit fit, Model<?> model, double seconds, double[] priorShifts) {
    Dataset<Row> scored = model.transform(fit.frame().validation());
    List<String> columns = Arrays.asList(scored.columns());
    boolean probabilities = columns.contains("probability");
    boolean margins = columns.contains("rawPrediction");
    int width = classes.size();
    int trial = fit.trial().number();
    int fold = fit.fold();
    FoldTask.Effort effort = fit.effort();
    List<String> labels = classes;
    JavaRDD<FoldTask.Result> result =
        scored
            .select(
                col(FoldFrame.KEY),
                col(FoldFrame.ID),
                col(FoldFrame.LABEL),
                col(FoldFrame.WEIGHT),
                col(probabilities ? "probability" : margins ? "rawPrediction" : "prediction"))
            .repartition(1)
            .sortWithinPartitions(FoldFrame.KEY, FoldFrame.ID)
            .toJavaRDD()
            .mapPartitions(
                rows ->
                    List.of(
                            FoldTask.measured(
                                scores(rows, trial, fold, width, probabilities),
                                effort,
                                seconds,
                                0,
                                labels,
                                priorShifts))
                        .iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
    result.count();
    return result;
  }

  private static FoldScores scores(
      Iterator<Row> rows, int trial, int fold, int classes, boolean probabilities) {
    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    FoldScores scores =
        new FoldScores(
            trial,
            fold,
            new long[all.size()],
            new String[all.size()],
            new int[all.size()],
            new float[all.size()],
            new double[all.size() * classes]);
    for (int i = 0; i < all.size(); i++) {
      Row row = all.get(i);
      scores.keys()[i] = row.getLong(0);
      scores.ids()[i] = row.getString(1);
      scores.labels()[i] = (int) row.getDouble(2);
      scores.weights()[i] = (float) row.getDouble(3);
      for (int k = 0; k < classes; k++) {
        scores.margins()[i * classes + k] = margin(row.get(4), k, probabilities);
      }
    }
    return scores;
  }

  /** Softmax of the margins gives back the probabilities; without any, the label stands alone. */
  private static double margin(Object said, int k, boolean probabilities) {
    if (!(said instanceof Vector vector)) {
      return ((Double) said).intValue() == k ? 1 : 0;
    }
    double value = k < vector.size() ? vector.apply(k) : probabilities ? 0 : -1e300;
    return probabilities ? Math.log(Math.max(LEAST_PROBABILITY, value)) : value;
  }

  @Override
  public Refit refit(TrialResult result, Optional<Classifier> start) {
    throw new IllegalStateException("an estimator of Spark is not refitted for publishing");
  }
}
