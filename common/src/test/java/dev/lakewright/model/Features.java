package dev.lakewright.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** A record's features by what they are called, in the order of their indices. */
final class Features {

  private Features() {}

  static Map<String, Float> of(Featurizer featurizer, FeatureRecord record) {
    FeatureCounter counter = featurizer.newCounter();
    FeatureCounts counts = counter.newCounts();
    SparseVector vector = new SparseVector();
    counter.count(record, counts);
    featurizer.weigh(counts, vector);
    Map<String, Float> features = new LinkedHashMap<>();
    for (int at = 0; at < vector.size(); at++) {
      features.put(featurizer.describe(vector.indices()[at]), vector.values()[at]);
    }
    return features;
  }
}
