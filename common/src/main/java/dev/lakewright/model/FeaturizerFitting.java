package dev.lakewright.model;

import dev.lakewright.config.CategoricalConfig;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.NgramConfig;
import dev.lakewright.config.NumericConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Learns a featurizer from the statistics of the training rows. */
public final class FeaturizerFitting {

  private FeaturizerFitting() {}

  /**
   * Fits a featurizer. Its features are those that the training rows have, within the limits of the
   * configuration.
   *
   * @param statistics of the training rows alone
   * @param vocabularies those that the rows were counted with, by the space's place
   */
  public static Featurizer fit(
      FeaturesConfig config,
      RecordSchema schema,
      FeatureStatistics statistics,
      Map<Integer, Vocabulary> vocabularies) {
    List<FeatureGroup> groups = new ArrayList<>();
    List<BagSpace> spaces = BagSpace.of(config, schema);
    for (int place = 0; place < spaces.size(); place++) {
      BagSpace space = spaces.get(place);
      groups.add(bag(place, space, space.title(schema), statistics, vocabularies));
    }
    for (int column = 0; column < schema.numeric().size(); column++) {
      groups.add(
          number(
              column, schema.numeric().get(column), config.numeric(), statistics.numeric(column)));
    }
    for (int column = 0; column < schema.categorical().size(); column++) {
      groups.add(
          category(column, schema.categorical().get(column), config.categorical(), statistics));
    }
    return new Featurizer(config, schema, groups);
  }

  private static BagFeatures bag(
      int place,
      BagSpace space,
      String title,
      FeatureStatistics statistics,
      Map<Integer, Vocabulary> vocabularies) {
    int[] frequencies = statistics.documentFrequencies(place);
    int[] active = active(frequencies, space.config(), statistics.rows());
    Optional<Vocabulary> vocabulary = Optional.empty();
    if (!space.hashed()) {
      vocabulary = Optional.of(vocabularies.get(place));
      active = mostFrequent(active, frequencies, vocabulary.get(), space.config().maxTerms());
    }
    double[] factors =
        Arrays.stream(active)
            .mapToDouble(id -> space.config().idf() ? idf(frequencies[id], statistics.rows()) : 1)
            .toArray();
    return new BagFeatures(
        place, title, space.config(), vocabulary, new IdSlots(active, frequencies.length), factors);
  }

  /** Ids within the limits of document frequency, ascending. */
  private static int[] active(int[] frequencies, NgramConfig config, long rows) {
    double most = config.maxDf() * rows;
    return IntStream.range(0, frequencies.length)
        .filter(id -> frequencies[id] >= config.minDf() && frequencies[id] <= most)
        .toArray();
  }

  /** Of the ids at most so many: the most frequent, then the first by their terms' bytes. */
  private static int[] mostFrequent(int[] ids, int[] frequencies, Vocabulary vocabulary, int most) {
    if (ids.length <= most) {
      return ids;
    }
    TermList terms = vocabulary.terms();
    return Arrays.stream(ids)
        .boxed()
        .sorted(
            (left, right) ->
                frequencies[left] != frequencies[right]
                    ? Integer.compare(frequencies[right], frequencies[left])
                    : terms.compare(left, right))
        .limit(most)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  /** {@code ln((1 + rows) / (1 + frequency)) + 1}. */
  static double idf(int frequency, long rows) {
    return StrictMath.log((1.0 + rows) / (1.0 + frequency)) + 1;
  }

  private static FeatureGroup number(
      int column, String name, NumericConfig config, NumericStatistics statistics) {
    double fill =
        switch (config.impute()) {
          case MEDIAN -> statistics.median();
          case MEAN -> statistics.mean();
          case ZERO -> 0;
        };
    return switch (config.encode()) {
      case NONE -> new ScaledNumber(column, name, fill, 0, 1);
      case STANDARDIZE ->
          new ScaledNumber(column, name, fill, statistics.mean(), Math.sqrt(statistics.variance()));
      case BINS -> new BinnedNumber(column, name, fill, edges(statistics, config.bins()));
    };
  }

  /** Quantiles, each once: a value that many rows share may be several of them. */
  private static double[] edges(NumericStatistics statistics, int bins) {
    return Arrays.stream(statistics.quantiles(bins)).distinct().toArray();
  }

  private static FeatureGroup category(
      int column, String name, CategoricalConfig config, FeatureStatistics statistics) {
    return switch (config.encode()) {
      case HASHED -> new HashedCategory(column, name, config.hashBits());
      case ONE_HOT -> {
        CategoryStatistics values = statistics.categorical(column);
        yield new OneHotCategory(
            column, name, values.mostFrequent(config.maxValues()), values.hasMissing());
      }
    };
  }
}
