package dev.lakewright.retrain;

import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.config.Folds;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.RetrainConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.features.CountedRows;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.features.FoldStatistics;
import dev.lakewright.features.Vocabularies;
import dev.lakewright.lake.ContinuedRows;
import dev.lakewright.linear.AveragedSgd;
import dev.lakewright.linear.FtrlProximal;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearStart;
import dev.lakewright.linear.OnlineLearner;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.FeaturizerGrowth;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.ClassTotals;
import dev.lakewright.tuning.LinearProblems;
import dev.lakewright.tuning.WarmStart;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * Goes on learning from new rows and a sample of old ones, in one task, in the order of the rows'
 * keys. The featurizer keeps what it knows and takes up hashed terms; new classes begin at zero;
 * calibration and thresholds stay.
 */
public final class IncrementalTraining {

  private static final Folds OLD_AND_NEW = new Folds(2, false);

  private IncrementalTraining() {}

  /**
   * Why a model cannot go on learning by itself, as the end of a sentence; empty where it can.
   *
   * @param config that the model was trained with
   * @param newClasses classes of the new rows that it does not know
   */
  public static Optional<String> obstacle(
      LakewrightConfig config, Classifier champion, List<String> newClasses) {
    if (!(champion.scorer() instanceof LinearScorer)) {
      return Optional.of("the champion is an ensemble, whose members' subsets would change");
    }
    AugmentationConfig augmentation = config.sampling().augmentation();
    if (config.sampling().method() != SamplingConfig.Method.NONE
        || augmentation.altersTexts()
        || augmentation.mixes()) {
      return Optional.of("sampling makes or removes rows, which takes all rows");
    }
    if (!newClasses.isEmpty() && !ClassGrowth.possible(champion)) {
      return Optional.of(
          "%s are new classes, for which calibration and thresholds have to be chosen"
              .formatted(newClasses));
    }
    return Optional.empty();
  }

  /**
   * Trains.
   *
   * @param config that the champion was trained with
   * @return the champion after the new rows; its provenance is still the champion's
   */
  public static Classifier train(
      JavaSparkContext spark,
      ContinuedRows rows,
      Classifier champion,
      LakewrightConfig config,
      RetrainConfig retrain) {
    List<String> classes = rows.sample().classes();
    Featurizer earlier = champion.featurizer();
    JavaRDD<FeatureBlock> blocks =
        new CountedRows(
                OLD_AND_NEW,
                earlier.config(),
                earlier.schema(),
                Vocabularies.of(earlier),
                classes,
                Optional.empty())
            .blocks(rows.sample())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Featurizer featurizer = grown(blocks, rows, earlier);
      LinearStart start =
          WarmStart.of(champion, featurizer, classes)
              .orElseThrow(() -> new IllegalStateException("a linear model shares its features"));
      Task task = Task.of(rows, classes, config, retrain);
      Broadcast<Featurizer> features = spark.broadcast(featurizer);
      Broadcast<LinearStart> from = spark.broadcast(start);
      LinearStart learnt =
          blocks
              .coalesce(1)
              .mapPartitions(part -> task.learn(part, features.value(), from.value()))
              .first();
      features.destroy();
      from.destroy();
      return ClassGrowth.grow(champion, classes, featurizer, learnt);
    } finally {
      blocks.unpersist();
    }
  }

  private static Featurizer grown(
      JavaRDD<FeatureBlock> blocks, ContinuedRows rows, Featurizer earlier) {
    FoldStatistics statistics =
        FoldStatistics.count(
            blocks, OLD_AND_NEW, earlier.config(), earlier.schema(), Vocabularies.of(earlier));
    return FeaturizerGrowth.grow(
        earlier, statistics.of(ContinuedRows.NEW), rows.trainingRows() - rows.newRows());
  }

  /** What one task does. */
  private record Task(
      LinearProblem problem,
      int classes,
      double totalWeight,
      double timesReplayed,
      RetrainConfig.Method method,
      double rate,
      int passes)
      implements Serializable {

    static Task of(
        ContinuedRows rows, List<String> classes, LakewrightConfig config, RetrainConfig retrain) {
      long[] counts =
          classes.stream()
              .mapToLong(label -> rows.counts().training().getOrDefault(label, 0L))
              .toArray();
      double[] weights =
          classes.stream()
              .mapToDouble(label -> rows.trainingWeights().getOrDefault(label, 0.0))
              .toArray();
      LinearProblem problem =
          LinearProblems.of(
              config.learner(), config.sampling(), classes, new ClassTotals(counts, weights));
      double total = 0;
      for (int label = 0; label < weights.length; label++) {
        total += weights[label] * problem.classWeights()[label];
      }
      double old = rows.trainingRows() - rows.newRows();
      return new Task(
          problem,
          classes.size(),
          total,
          rows.replayed() == 0 ? 0 : old / rows.replayed(),
          retrain.method(),
          retrain.rate(),
          retrain.passes());
    }

    Iterator<LinearStart> learn(
        Iterator<FeatureBlock> blocks, Featurizer featurizer, LinearStart start) {
      List<FeatureBlock> ordered = new ArrayList<>();
      blocks.forEachRemaining(ordered::add);
      ordered.sort(Comparator.comparingInt(FeatureBlock::number));
      RowMatrix all = new RowMatrix(featurizer.size());
      RowMatrix old = new RowMatrix(featurizer.size());
      SparseVector vector = new SparseVector();
      for (FeatureBlock block : ordered) {
        FeatureCounts counts = block.buffer();
        for (int row = 0; row < block.rows(); row++) {
          block.read(row, counts);
          featurizer.weigh(counts, vector);
          all.add(vector, block.label(row), block.weight(row));
          if (block.part(row) == ContinuedRows.OLD) {
            old.add(vector, block.label(row), block.weight(row));
          }
        }
      }
      OnlineLearner learner = learner(start, old);
      for (int pass = 0; pass < passes; pass++) {
        learner.learn(all);
      }
      return List.of(learner.weights()).iterator();
    }

    private OnlineLearner learner(LinearStart start, RowMatrix old) {
      return switch (method) {
        case AVERAGED_SGD -> new AveragedSgd(problem, classes, start, rate);
        case FTRL -> {
          FtrlProximal ftrl = new FtrlProximal(problem, classes, start, totalWeight, rate);
          ftrl.remember(old, timesReplayed);
          yield ftrl;
        }
      };
    }
  }
}
