package dev.lakewright.tuning;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.features.CountedRows;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.features.FoldStatistics;
import dev.lakewright.features.Vocabularies;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.model.Featurizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * The training rows, counted once for every trial that counts features alike, and at hand in every
 * executor. To be closed, which frees the executors' memory.
 */
final class CountedSweep implements AutoCloseable {

  private final Broadcast<List<FeatureBlock>> blocks;
  private final FoldStatistics statistics;

  private CountedSweep(Broadcast<List<FeatureBlock>> blocks, FoldStatistics statistics) {
    this.blocks = blocks;
    this.statistics = statistics;
  }

  /** Counts rows and statistics: two jobs over one cached RDD. */
  static CountedSweep count(
      JavaSparkContext spark, LabelledRows rows, FeaturesConfig features, int folds) {
    Vocabularies vocabularies = Vocabularies.learn(rows, features, folds);
    JavaRDD<FeatureBlock> counted =
        new CountedRows(features, rows.schema(), vocabularies, rows.classes())
            .blocks(rows)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      FoldStatistics statistics =
          FoldStatistics.count(counted, folds, features, rows.schema(), vocabularies);
      requireMemory(spark, counted);
      List<FeatureBlock> ordered = new ArrayList<>(counted.collect());
      ordered.sort(Comparator.comparingInt(FeatureBlock::number));
      return new CountedSweep(spark.broadcast(ordered), statistics);
    } finally {
      counted.unpersist();
    }
  }

  /** Every executor holds all counted rows, so that training needs no round trip per iteration. */
  private static void requireMemory(JavaSparkContext spark, JavaRDD<FeatureBlock> counted) {
    long bytes = counted.map(FeatureBlock::bytes).fold(0L, Long::sum);
    long room = TaskMemory.forRows(spark);
    if (bytes > room) {
      throw new DataException(
          "the counted training rows take %d MB, but an executor has room for %d MB; give driver and executors more memory (LAKEWRIGHT_MEMORY, spark.executor.memory) or count fewer features"
              .formatted(bytes >> 20, room >> 20));
    }
  }

  Broadcast<List<FeatureBlock>> blocks() {
    return blocks;
  }

  /** The featurizer learnt from every fold but one; with {@code fold = -1} from all. */
  Featurizer featurizerWithout(int fold) {
    return statistics.featurizerWithout(fold);
  }

  @Override
  public void close() {
    blocks.destroy();
  }
}
