package dev.lakewright.features;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.FeatureStatistics;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.FeaturizerFitting;
import dev.lakewright.model.RecordSchema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Feature statistics per fold, counted in one pass. The training rows of a fold are all others, so
 * that their statistics are a merge, and no validation row has a say in them, nor any copy.
 */
public final class FoldStatistics {

  private final FeaturesConfig config;
  private final RecordSchema schema;
  private final Vocabularies vocabularies;
  private final List<FeatureStatistics> perFold;

  private FoldStatistics(
      FeaturesConfig config,
      RecordSchema schema,
      Vocabularies vocabularies,
      List<FeatureStatistics> perFold) {
    this.config = config;
    this.schema = schema;
    this.vocabularies = vocabularies;
    this.perFold = perFold;
  }

  /** Counts over all blocks: one job. */
  public static FoldStatistics count(
      JavaRDD<FeatureBlock> blocks,
      int folds,
      FeaturesConfig config,
      RecordSchema schema,
      Vocabularies vocabularies) {
    List<FeatureStatistics> perFold =
        blocks
            .mapPartitions(part -> count(part, folds, config, schema, vocabularies))
            .treeReduce(FoldStatistics::merge);
    return new FoldStatistics(config, schema, vocabularies, perFold);
  }

  private static Iterator<List<FeatureStatistics>> count(
      Iterator<FeatureBlock> blocks,
      int folds,
      FeaturesConfig config,
      RecordSchema schema,
      Vocabularies vocabularies) {
    List<FeatureStatistics> perFold = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      perFold.add(new FeatureStatistics(config, schema, vocabularies.bySpace()));
    }
    while (blocks.hasNext()) {
      FeatureBlock block = blocks.next();
      FeatureCounts row = block.buffer();
      for (int i = 0; i < block.rows(); i++) {
        if (block.isCopy(i)) {
          continue; // how rare a term is, only real rows tell
        }
        block.read(i, row);
        perFold.get(block.fold(i)).add(row, block.key(i));
      }
    }
    return List.of(perFold).iterator();
  }

  private static List<FeatureStatistics> merge(
      List<FeatureStatistics> left, List<FeatureStatistics> right) {
    for (int fold = 0; fold < left.size(); fold++) {
      left.get(fold).merge(right.get(fold));
    }
    return left;
  }

  /** Statistics of one fold's rows. */
  public FeatureStatistics of(int fold) {
    return perFold.get(fold);
  }

  /** The featurizer learnt from every fold but one; with {@code fold = -1} from all. */
  public Featurizer featurizerWithout(int fold) {
    FeatureStatistics training = new FeatureStatistics(config, schema, vocabularies.bySpace());
    for (int other = 0; other < perFold.size(); other++) {
      if (other != fold) {
        training.merge(perFold.get(other));
      }
    }
    return FeaturizerFitting.fit(config, schema, training, vocabularies.bySpace());
  }
}
