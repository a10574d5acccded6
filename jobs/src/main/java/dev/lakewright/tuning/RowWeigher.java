package dev.lakewright.tuning;

import dev.lakewright.features.FeatureBlock;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;

/** Weighs rows of a block, one after another. */
final class RowWeigher {

  private final FeatureBlock block;
  private final Featurizer featurizer;
  private final FeatureCounts counts;
  private final SparseVector vector = new SparseVector();

  RowWeigher(FeatureBlock block, Featurizer featurizer) {
    this.block = block;
    this.featurizer = featurizer;
    this.counts = block.buffer();
  }

  FeatureBlock block() {
    return block;
  }

  /** The features of a row, until the next is asked for. */
  SparseVector features(int row) {
    block.read(row, counts);
    featurizer.weigh(counts, vector);
    return vector;
  }
}
