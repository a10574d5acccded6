package dev.lakewright.tuning;

import dev.lakewright.augmentation.Copies;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.Folds;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.features.CopyDraws;
import dev.lakewright.features.CountedRows;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.features.FoldStatistics;
import dev.lakewright.features.Vocabularies;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.model.Featurizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * The training rows, counted once for every trial that counts features alike: all of them at hand
 * in every executor, or spread over the cluster, as the plan says. To be closed, which frees the
 * executors' memory.
 */
final class CountedSweep implements AutoCloseable {

  private final Folds folds;
  private final Plan plan;
  private final Optional<Broadcast<List<FeatureBlock>>> blocks;
  private final Optional<SpreadRows> spread;
  private final FoldStatistics statistics;
  private final Map<Integer, Featurizer> featurizers = new HashMap<>();

  private CountedSweep(
      Folds folds,
      Plan plan,
      Optional<Broadcast<List<FeatureBlock>>> blocks,
      Optional<SpreadRows> spread,
      FoldStatistics statistics) {
    this.folds = folds;
    this.plan = plan;
    this.blocks = blocks;
    this.spread = spread;
    this.statistics = statistics;
  }

  /**
   * Counts rows and statistics over one cached RDD, and brings the rows to where they are used.
   *
   * @param room to plan with
   */
  static CountedSweep count(
      JavaSparkContext spark,
      LabelledRows rows,
      Counting counting,
      TuneConfig tune,
      Plan.Room room) {
    Folds folds = Folds.of(tune);
    FeaturesConfig features = counting.features();
    Optional<Copies> copies = CopyDraws.of(rows, folds, counting.augmentation());
    Vocabularies vocabularies = Vocabularies.learn(rows, features, folds);
    JavaRDD<FeatureBlock> counted =
        new CountedRows(folds, features, rows.schema(), vocabularies, rows.classes(), copies)
            .blocks(rows)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      FoldStatistics statistics =
          FoldStatistics.count(counted, folds, features, rows.schema(), vocabularies);
      long bytes = counted.map(FeatureBlock::bytes).fold(0L, Long::sum);
      Plan plan =
          Plan.choose(
              tune.plan(),
              bytes,
              statistics.featurizerWithout(-1).size(),
              rows.classes().size(),
              room);
      if (plan.kind() == TuneConfig.Plan.DATA_PARALLEL) {
        return new CountedSweep(
            folds, plan, Optional.empty(), Optional.of(SpreadRows.of(spark, counted)), statistics);
      }
      List<FeatureBlock> ordered = new ArrayList<>(counted.collect());
      ordered.sort(Comparator.comparingInt(FeatureBlock::number));
      return new CountedSweep(
          folds, plan, Optional.of(spark.broadcast(ordered)), Optional.empty(), statistics);
    } finally {
      counted.unpersist();
    }
  }

  Plan plan() {
    return plan;
  }

  /** What trains by the plan. */
  TrialRunner runner(JavaSparkContext spark, List<String> classes) {
    return plan.kind() == TuneConfig.Plan.DATA_PARALLEL
        ? new DataParallel(this, classes, folds)
        : new CrossValidation(spark, this, classes, folds.count());
  }

  /** All rows, wherever the plan has put them. */
  JavaRDD<FeatureBlock> rows(JavaSparkContext spark) {
    if (spread.isPresent()) {
      return spread.get().parts().flatMap(part -> part.blocks().iterator());
    }
    Broadcast<List<FeatureBlock>> shared = blocks();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < shared.value().size(); i++) {
      places.add(i);
    }
    int parts = Math.max(1, Math.min(places.size(), spark.defaultParallelism()));
    return spark.parallelize(places, parts).map(i -> shared.value().get(i));
  }

  Folds folds() {
    return folds;
  }

  /**
   * Totals of the rows that an effort trains on, rows at hand being one part: one job where rows
   * are spread.
   */
  SpreadTotals totals(int classes, FoldTask.Effort effort) {
    if (spread.isPresent()) {
      return spread.get().totals(folds, classes, effort);
    }
    FoldTotals totals = new FoldTotals(folds, classes);
    blocks().value().forEach(block -> totals.count(block, effort));
    return SpreadTotals.of(List.of(totals));
  }

  Broadcast<List<FeatureBlock>> blocks() {
    return blocks.orElseThrow();
  }

  SpreadRows spread() {
    return spread.orElseThrow();
  }

  /** The featurizer learnt from what trains without a fold; with {@code fold = -1} from all. */
  Featurizer featurizerWithout(int fold) {
    return featurizers.computeIfAbsent(fold, statistics::featurizerWithout);
  }

  /** One for each fold, learnt without it. */
  List<Featurizer> featurizersWithout(int folds) {
    List<Featurizer> each = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      each.add(featurizerWithout(fold));
    }
    return each;
  }

  @Override
  public void close() {
    blocks.ifPresent(Broadcast::destroy);
    spread.ifPresent(SpreadRows::close);
  }
}
