package dev.lakewright.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Trains and measures the models of all param maps on one fold. */
final class FoldRun {

  private static final Logger LOG = LoggerFactory.getLogger(FoldRun.class);

  private final SharedStages stages;
  private final Evaluator evaluator;
  private final int parallelism;
  private final boolean keepModels;
  private Dataset<Row> rows;
  private double[] metrics;
  private Model<?>[] models;
  private RuntimeException failure;

  FoldRun(SharedStages stages, Evaluator evaluator, int parallelism, boolean keepModels) {
    this.stages = stages;
    this.evaluator = evaluator;
    this.parallelism = parallelism;
    this.keepModels = keepModels;
  }

  /** Param maps that fit the stages before the learner alike share their output. */
  FoldRun over(Fold fold, ParamMap[] maps) {
    rows = fold.validation();
    metrics = new double[maps.length];
    Arrays.fill(metrics, Double.NaN);
    models = new Model<?>[maps.length];
    Map<Map<String, Object>, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < maps.length; i++) {
      groups.computeIfAbsent(values(stages.mapBefore(maps[i])), key -> new ArrayList<>()).add(i);
    }
    groups.values().forEach(members -> shared(fold, maps, members));
    return this;
  }

  private static Map<String, Object> values(ParamMap map) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (ParamPair<?> pair : CollectionConverters.asJava(map.toSeq())) {
      Object value = pair.value();
      values.put(
          pair.param().toString(),
          value instanceof Object[] objects
              ? Arrays.asList(objects)
              : value instanceof double[] numbers ? Arrays.toString(numbers) : value);
    }
    return values;
  }

  private void shared(Fold fold, ParamMap[] maps, List<Integer> members) {
    PipelineModel before;
    try {
      before = stages.fitBefore(fold.training(), stages.mapBefore(maps[members.get(0)]));
    } catch (RuntimeException e) {
      members.forEach(i -> fail(maps[i], e));
      return;
    }
    Dataset<Row> training =
        before.transform(fold.training()).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> validation =
        before.transform(fold.validation()).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      if (stages.learner() instanceof LogisticClassifier classifier) {
        together(classifier, before, training, validation, maps, members);
      } else {
        apart(before, training, validation, maps, members);
      }
    } finally {
      training.unpersist();
      validation.unpersist();
    }
  }

  private void together(
      LogisticClassifier learner,
      PipelineModel before,
      Dataset<Row> training,
      Dataset<Row> validation,
      ParamMap[] maps,
      List<Integer> members) {
    List<LogisticClassifierModel> trained;
    try {
      trained = learner.fit(training, members.stream().map(i -> maps[i]).toArray(ParamMap[]::new));
    } catch (RuntimeException e) {
      // one that fails must not sink the rest
      apart(before, training, validation, maps, members);
      return;
    }
    for (int i = 0; i < trained.size(); i++) {
      int place = members.get(i);
      measure(place, before, trained.get(i), validation, maps[place]);
    }
  }

  private void apart(
      PipelineModel before,
      Dataset<Row> training,
      Dataset<Row> validation,
      ParamMap[] maps,
      List<Integer> members) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(parallelism, members.size()));
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int place : members) {
        runs.add(
            threads.submit(
                () -> {
                  try {
                    Model<?> model = fit(stages.learner(), training, maps[place]);
                    measure(place, before, model, validation, maps[place]);
                  } catch (RuntimeException e) {
                    fail(maps[place], e);
                  }
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while models were trained", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a model could not be trained: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Model<?> fit(Estimator<?> learner, Dataset<Row> training, ParamMap map) {
    return (Model<?>) learner.fit(training, map);
  }

  private void measure(
      int place, PipelineModel before, Model<?> model, Dataset<Row> validation, ParamMap map) {
    try {
      double metric = evaluator.evaluate(model.transform(validation, map));
      Model<?> kept = keepModels ? stages.whole(before, model, rows) : null;
      synchronized (this) {
        metrics[place] = metric;
        models[place] = kept;
      }
    } catch (RuntimeException e) {
      fail(map, e);
    }
  }

  private synchronized void fail(ParamMap map, RuntimeException cause) {
    LOG.warn("a model failed and counts as NaN, params {}: {}", map, cause.toString());
    failure = cause;
  }

  /** One per param map; NaN where a model failed. */
  double[] metrics() {
    return metrics.clone();
  }

  /** One per param map; null where a model failed or none is kept. */
  Model<?>[] models() {
    return models.clone();
  }

  /** Why a model failed; null when none did. */
  RuntimeException failure() {
    return failure;
  }
}
