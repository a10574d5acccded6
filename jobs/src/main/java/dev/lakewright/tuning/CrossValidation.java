package dev.lakewright.tuning;

import dev.lakewright.features.FeatureBlock;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.Featurizer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Cross-validates trials that count features alike: one Spark job whose tasks each train a batch of
 * trials on one fold. There is no cluster round trip per iteration.
 */
final class CrossValidation implements TrialRunner {

  private static final long POLL_MILLIS = 200;

  private final JavaSparkContext spark;
  private final CountedSweep counted;
  private final List<String> classes;
  private final int folds;

  CrossValidation(JavaSparkContext spark, CountedSweep counted, List<String> classes, int folds) {
    this.spark = spark;
    this.counted = counted;
    this.classes = List.copyOf(classes);
    this.folds = folds;
  }

  /** What one task does. */
  private record Batch(int fold, List<FoldTask.Candidate> candidates)
      implements java.io.Serializable {}

  @Override
  public CachedResults run(
      List<Trial> trials,
      Map<Integer, Set<Integer>> foldsToDo,
      FoldTask.Effort effort,
      Consumer<List<FoldOutcome>> finished,
      BooleanSupplier interrupted)
      throws InterruptedRun {
    List<Featurizer> featurizers = counted.featurizersWithout(folds);
    List<Batch> batches = batches(trials, foldsToDo, modelsPerTask(featurizers, trials));
    Broadcast<List<Featurizer>> shared = spark.broadcast(featurizers);
    Broadcast<List<FeatureBlock>> blocks = counted.blocks();
    List<String> labels = classes;
    CollectionAccumulator<FoldOutcome> outcomes = spark.sc().collectionAccumulator("outcomes");
    JavaRDD<FoldTask.Result> results =
        spark
            .parallelize(batches, batches.size())
            .mapPartitions(part -> train(part, blocks, shared, labels, effort, outcomes))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      await(results.foreachAsync(result -> {}), outcomes, finished, interrupted);
    } catch (Exception e) {
      // Spark throws checked exceptions without declaring them
      results.unpersist();
      throw e;
    }
    return new CachedResults(results, List.of(results), shared);
  }

  @Override
  public Refit refit(TrialResult result, Optional<Classifier> start) {
    return Refit.run(spark, counted, classes, result, start);
  }

  private static Iterator<FoldTask.Result> train(
      Iterator<Batch> part,
      Broadcast<List<FeatureBlock>> blocks,
      Broadcast<List<Featurizer>> featurizers,
      List<String> classes,
      FoldTask.Effort effort,
      CollectionAccumulator<FoldOutcome> outcomes) {
    List<FoldTask.Result> results = new ArrayList<>();
    while (part.hasNext()) {
      Batch batch = part.next();
      Featurizer featurizer = featurizers.value().get(batch.fold());
      results.addAll(
          new FoldTask(blocks.value(), featurizer, classes, batch.fold(), effort)
              .run(batch.candidates()));
    }
    results.forEach(result -> outcomes.add(result.outcome()));
    return results.iterator();
  }

  /**
   * Parts the trials of each fold into as few batches as keep all cores busy: the larger the batch,
   * the more models share a pass over the rows.
   */
  private List<Batch> batches(List<Trial> trials, Map<Integer, Set<Integer>> foldsToDo, int most) {
    int perFold = Batches.perFold(trials.size(), folds, spark.defaultParallelism(), most);
    List<Batch> batches = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      for (int part = 0; part < perFold; part++) {
        List<FoldTask.Candidate> candidates = new ArrayList<>();
        for (int i = part; i < trials.size(); i += perFold) {
          Trial trial = trials.get(i);
          if (foldsToDo.get(trial.number()).contains(fold)) {
            candidates.add(FoldTask.Candidate.of(trial));
          }
        }
        if (!candidates.isEmpty()) {
          batches.add(new Batch(fold, candidates));
        }
      }
    }
    return batches;
  }

  /** Models of these dimensions that fit the share of memory that one task may take. */
  private int modelsPerTask(List<Featurizer> featurizers, List<Trial> trials) {
    long features = featurizers.stream().mapToLong(Featurizer::size).max().orElse(0);
    int members = trials.stream().mapToInt(trial -> trial.ensemble().models()).max().orElse(1);
    return TaskMemory.ensembles(spark, features, classes.size(), members);
  }

  private static void await(
      JavaFutureAction<Void> action,
      CollectionAccumulator<FoldOutcome> outcomes,
      Consumer<List<FoldOutcome>> finished,
      BooleanSupplier interrupted)
      throws InterruptedRun {
    try {
      while (true) {
        try {
          action.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
          finished.accept(outcomes.value());
          return;
        } catch (TimeoutException running) {
          finished.accept(outcomes.value());
          if (interrupted.getAsBoolean()) {
            action.cancel(true);
            throw new InterruptedRun();
          }
        }
      }
    } catch (InterruptedException e) {
      action.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trials were running", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the trials' Spark job failed: " + e.getCause(), e);
    }
  }
}
