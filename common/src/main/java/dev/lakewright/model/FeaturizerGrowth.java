package dev.lakewright.model;

import dev.lakewright.config.NgramConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A featurizer that takes up hashed terms of new rows. All features that it had keep their values,
 * since weights were learnt for these: document frequencies, means and the like stay as they were.
 * New terms are rated as if the earlier rows, where too few or none had them, had none.
 * Vocabularies and known values of categories do not grow.
 */
public final class FeaturizerGrowth {

  private FeaturizerGrowth() {}

  /**
   * Adds features.
   *
   * @param statistics of the new rows, counted with the vocabularies of {@code earlier}
   * @param earlierRows number of rows that {@code earlier} was fitted to
   */
  public static Featurizer grow(
      Featurizer earlier, FeatureStatistics statistics, long earlierRows) {
    List<BagSpace> spaces = BagSpace.of(earlier.config(), earlier.schema());
    List<FeatureGroup> groups = new ArrayList<>(earlier.groups());
    for (int place = 0; place < spaces.size(); place++) {
      if (spaces.get(place).hashed()) {
        groups.set(
            place,
            grow(
                place,
                spaces.get(place),
                (BagFeatures) earlier.groups().get(place),
                earlier.schema(),
                statistics,
                earlierRows));
      }
    }
    return new Featurizer(earlier.config(), earlier.schema(), groups);
  }

  private static BagFeatures grow(
      int place,
      BagSpace space,
      BagFeatures earlier,
      RecordSchema schema,
      FeatureStatistics statistics,
      long earlierRows) {
    int[] frequencies = statistics.documentFrequencies(place);
    NgramConfig config = space.config();
    IdSlots known = earlier.slots();
    double most = config.maxDf() * statistics.rows();
    int[] ids =
        IntStream.range(0, frequencies.length)
            .filter(
                id ->
                    known.slot(id) >= 0
                        || (frequencies[id] >= config.minDf() && frequencies[id] <= most))
            .toArray();
    long rows = earlierRows + statistics.rows();
    double[] factors =
        Arrays.stream(ids)
            .mapToDouble(
                id ->
                    known.slot(id) >= 0
                        ? earlier.factors()[known.slot(id)]
                        : config.idf() ? FeaturizerFitting.idf(frequencies[id], rows) : 1)
            .toArray();
    return new BagFeatures(
        place,
        space.title(schema),
        config,
        Optional.empty(),
        new IdSlots(ids, frequencies.length),
        factors);
  }
}
