package dev.lakewright.features;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.Folds;
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
 * Feature statistics per part of the folds, counted in one pass. The training rows of a fold are
 * other parts, so that their statistics are a merge, and no validation row has a say in them, nor
 * any copy.
 */
public final class FoldStatistics {

  private final Folds folds;
  private final FeaturesConfig config;
  private final RecordSchema schema;
  private final Vocabularies vocabularies;
  private final List<FeatureStatistics> perPart;

  private FoldStatistics(
      Folds folds,
      FeaturesConfig config,
      RecordSchema schema,
      Vocabularies vocabularies,
      List<FeatureStatistics> perPart) {
    this.folds = folds;
    this.config = config;
    this.schema = schema;
    this.vocabularies = vocabularies;
    this.perPart = perPart;
  }

  /** Counts over all blocks: one job. */
  public static FoldStatistics count(
      JavaRDD<FeatureBlock> blocks,
      Folds folds,
      FeaturesConfig config,
      RecordSchema schema,
      Vocabularies vocabularies) {
    List<FeatureStatistics> perPart =
        blocks
            .mapPartitions(part -> count(part, folds, config, schema, vocabularies))
            .treeReduce(FoldStatistics::merge);
    return new FoldStatistics(folds, config, schema, vocabularies, perPart);
  }

  private static Iterator<List<FeatureStatistics>> count(
      Iterator<FeatureBlock> blocks,
      Folds folds,
      FeaturesConfig config,
      RecordSchema schema,
      Vocabularies vocabularies) {
    List<FeatureStatistics> perPart = new ArrayList<>();
    for (int part = 0; part < folds.parts(); part++) {
      perPart.add(new FeatureStatistics(config, schema, vocabularies.bySpace()));
    }
    while (blocks.hasNext()) {
      FeatureBlock block = blocks.next();
      FeatureCounts row = block.buffer();
      for (int i = 0; i < block.rows(); i++) {
        if (block.isCopy(i)) {
          continue; // how rare a term is, only real rows tell
        }
        block.read(i, row);
        perPart.get(block.part(i)).add(row, block.key(i));
      }
    }
    return List.of(perPart).iterator();
  }

  private static List<FeatureStatistics> merge(
      List<FeatureStatistics> left, List<FeatureStatistics> right) {
    for (int part = 0; part < left.size(); part++) {
      left.get(part).merge(right.get(part));
    }
    return left;
  }

  /** Statistics of the rows of one part. */
  public FeatureStatistics of(int part) {
    return perPart.get(part);
  }

  /** The featurizer learnt from what trains without a fold; with {@code fold = -1} from all. */
  public Featurizer featurizerWithout(int fold) {
    FeatureStatistics training = new FeatureStatistics(config, schema, vocabularies.bySpace());
    for (int part = 0; part < perPart.size(); part++) {
      if (folds.train(part, fold)) {
        training.merge(perPart.get(part));
      }
    }
    return FeaturizerFitting.fit(config, schema, training, vocabularies.bySpace());
  }
}
