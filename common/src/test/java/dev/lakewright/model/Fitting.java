package dev.lakewright.model;

import dev.lakewright.config.FeaturesConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Fits featurizers in memory, as a job does on a cluster. */
final class Fitting {

  private Fitting() {}

  static Featurizer fit(FeaturesConfig config, RecordSchema schema, List<FeatureRecord> rows) {
    Map<Integer, Vocabulary> vocabularies = vocabularies(config, schema, rows);
    FeatureStatistics statistics = new FeatureStatistics(config, schema, vocabularies);
    FeatureCounter counter = new FeatureCounter(config, schema, vocabularies);
    FeatureCounts counts = counter.newCounts();
    for (int row = 0; row < rows.size(); row++) {
      counter.count(rows.get(row), counts);
      // an odd factor scatters the keys, as a hash does
      statistics.add(counts, row * 0x9E3779B97F4A7C15L);
    }
    return FeaturizerFitting.fit(config, schema, statistics, vocabularies);
  }

  /** All terms of the rows, for each space of mode vocabulary. */
  static Map<Integer, Vocabulary> vocabularies(
      FeaturesConfig config, RecordSchema schema, List<FeatureRecord> rows) {
    FeatureCounter counter = new FeatureCounter(config, schema, Map.of());
    Map<Integer, Vocabulary> vocabularies = new TreeMap<>();
    for (int space = 0; space < counter.spaces().size(); space++) {
      if (!counter.spaces().get(space).hashed()) {
        TreeSet<String> terms = new TreeSet<>();
        for (FeatureRecord row : rows) {
          counter.distinctTerms(row, space, terms::add);
        }
        vocabularies.put(space, Vocabulary.of(List.copyOf(terms)));
      }
    }
    return vocabularies;
  }

  static FeatureRecord text(String text) {
    return new FeatureRecord(new String[] {text}, new double[0], new String[0]);
  }

  static FeatureRecord number(double number) {
    return new FeatureRecord(new String[0], new double[] {number}, new String[0]);
  }

  static FeatureRecord category(String category) {
    return new FeatureRecord(new String[0], new double[0], new String[] {category});
  }
}
