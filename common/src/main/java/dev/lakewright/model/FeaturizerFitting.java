package dev.lakewright.model;

import dev.lakewright.config.CategoricalConfig;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.NgramConfig;
import dev.lakewright.config.NumericConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Statistics of training rows into a featurizer. */
public final class FeaturizerFitting {

  private FeaturizerFitting() {}

  /**
   * Fits a featurizer.
   *
   * @param training statistics of the training rows and of no others
   * @param vocabularies that the statistics were counted with
   */
  public static Featurizer fit(
      FeaturesConfig config,
      RecordSchema schema,
      FeatureStatistics training,
      Map<Integer, Vocabulary> vocabularies) {
    List<BagSpace> spaces = BagSpace.of(config, schema);
    List<BagWeights> bags = new ArrayList<>();
    for (int space = 0; space < spaces.size(); space++) {
      bags.add(bag(spaces.get(space), training.frequencies(space), training.rows()));
    }
    List<NumericEncoder> numbers = new ArrayList<>();
    for (int i = 0; i < schema.numeric().size(); i++) {
      numbers.add(number(config.numeric(), training, i));
    }
    List<CategoryEncoder> categories = new ArrayList<>();
    for (int i = 0; i < schema.categorical().size(); i++) {
      categories.add(category(config.categorical(), training, i));
    }
    return new Featurizer(config, schema, vocabularies, bags, numbers, categories);
  }

  private static BagWeights bag(BagSpace space, int[] frequencies, long rows) {
    NgramConfig config = space.config();
    double most = config.maxDf() * rows;
    int[] active =
        IntStream.range(0, frequencies.length)
            .filter(id -> frequencies[id] >= Math.max(1, config.minDf()) && frequencies[id] <= most)
            .toArray();
    if (!space.hashed() && active.length > config.maxTerms()) {
      active = mostFrequent(active, frequencies, config.maxTerms());
    }
    double[] idf = new double[active.length];
    for (int i = 0; i < idf.length; i++) {
      idf[i] = config.idf() ? idf(rows, frequencies[active[i]]) : 1;
    }
    return new BagWeights(space, frequencies.length, active, idf);
  }

  /** Smoothed inverse document frequency, as scikit-learn's {@code smooth_idf}. */
  private static double idf(long rows, int frequency) {
    return StrictMath.log((1.0 + rows) / (1.0 + frequency)) + 1;
  }

  private static int[] mostFrequent(int[] ids, int[] frequencies, int count) {
    return Arrays.stream(ids)
        .boxed()
        .sorted(Comparator.comparingInt((Integer id) -> -frequencies[id]).thenComparing(id -> id))
        .limit(count)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private static NumericEncoder number(
      NumericConfig config, FeatureStatistics training, int column) {
    double[] sorted = training.sorted(column);
    double standIn =
        sorted.length == 0
            ? 0
            : switch (config.impute()) {
              case MEDIAN -> RowSample.quantile(sorted, 0.5);
              case MEAN -> training.mean(column);
              case ZERO -> 0;
            };
    double deviation = Math.sqrt(training.variance(column));
    double scale = deviation > 0 ? 1 / deviation : 0;
    double[] cuts =
        config.encode() == NumericConfig.Encode.BINS ? cuts(sorted, config.bins()) : new double[0];
    return new NumericEncoder(config.encode(), standIn, training.mean(column), scale, cuts);
  }

  private static double[] cuts(double[] sorted, int bins) {
    if (sorted.length == 0) {
      return new double[0];
    }
    return IntStream.range(1, bins)
        .mapToDouble(bin -> RowSample.quantile(sorted, (double) bin / bins))
        .distinct()
        .toArray();
  }

  private static CategoryEncoder category(
      CategoricalConfig config, FeatureStatistics training, int column) {
    if (config.encode() == CategoricalConfig.Encode.HASHED) {
      return new CategoryEncoder.Hashed(config.hashBits());
    }
    Comparator<Map.Entry<String, Long>> byCount =
        Map.Entry.<String, Long>comparingByValue().reversed();
    List<String> values =
        training.categories(column).entrySet().stream()
            .sorted(byCount.thenComparing(Map.Entry.comparingByKey()))
            .limit(config.maxValues())
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return CategoryEncoder.OneHot.of(values, training.missingCategories(column) > 0);
  }
}
