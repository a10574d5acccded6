package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.FeaturesConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeaturizerGrowthTest {

  private static final RecordSchema TEXT = new RecordSchema(List.of("text"), List.of(), List.of());
  private static final FeaturesConfig HASHED =
      Configs.features(Optional.of(Configs.hashed(1, 1, 16)), Optional.empty());

  private static FeatureStatistics statistics(Featurizer featurizer, String... texts) {
    FeatureCounter counter = featurizer.newCounter();
    FeatureCounts counts = counter.newCounts();
    FeatureStatistics statistics =
        new FeatureStatistics(featurizer.config(), TEXT, featurizer.vocabularies());
    for (String text : texts) {
      counter.count(Fitting.text(text), counts);
      statistics.add(counts, 1);
    }
    return statistics;
  }

  private static Featurizer fit(FeaturesConfig config) {
    return Fitting.fit(
        config, TEXT, List.of(Fitting.text("the cat sat"), Fitting.text("the dog sat")));
  }

  @Test
  void hashedTermsOfNewRowsBecomeFeaturesAndTheOthersKeepTheirValues() {
    Featurizer earlier = fit(HASHED);
    Featurizer grown = FeaturizerGrowth.grow(earlier, statistics(earlier, "the zebra sat"), 2);

    assertThat(grown.size()).isEqualTo(earlier.size() + 1);
    FeatureRecord known = Fitting.text("the cat");
    assertThat(Features.of(grown, known)).isEqualTo(Features.of(earlier, known));
    assertThat(Features.of(grown, Fitting.text("zebra"))).hasSize(1);
    assertThat(Features.of(earlier, Fitting.text("zebra"))).isEmpty();
  }

  @Test
  void everyEarlierFeatureIsFoundInTheGrownOnesAndNoOther() {
    Featurizer earlier = fit(HASHED);
    Featurizer grown = FeaturizerGrowth.grow(earlier, statistics(earlier, "a zebra ran"), 2);
    assertThat(earlier.placesIn(grown)).doesNotContain(-1).doesNotHaveDuplicates();
    assertThat(grown.placesIn(earlier)).containsOnlyOnce(0, 1, 2, 3).contains(-1);
  }

  @Test
  void vocabulariesDoNotGrow() {
    Featurizer earlier =
        fit(Configs.features(Optional.of(Configs.vocabulary(1, 1)), Optional.empty()));
    Featurizer grown = FeaturizerGrowth.grow(earlier, statistics(earlier, "the zebra sat"), 2);
    assertThat(grown.size()).isEqualTo(earlier.size());
    assertThat(grown.placesIn(earlier)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void otherSettingsShareNoFeature() {
    Featurizer other =
        fit(Configs.features(Optional.of(Configs.hashed(1, 2, 16)), Optional.empty()));
    assertThat(fit(HASHED).placesIn(other)).containsOnly(-1);
  }

  @Test
  void valuesOfACategoryAreTheSameByName() {
    RecordSchema city = new RecordSchema(List.of(), List.of(), List.of("city"));
    FeaturesConfig config = Configs.features(Optional.empty(), Optional.empty());
    Featurizer earlier = Fitting.fit(config, city, cities("Rome", "Rome", "Paris"));
    Featurizer later = Fitting.fit(config, city, cities("Oslo", "Oslo", "Oslo", "Rome", "Rome"));
    Map<String, Integer> found = new java.util.TreeMap<>();
    int[] places = later.placesIn(earlier);
    for (int feature = 0; feature < places.length; feature++) {
      found.put(later.describe(feature), places[feature]);
    }
    assertThat(found.get("city = \"Oslo\"")).isEqualTo(-1);
    assertThat(earlier.describe(found.get("city = \"Rome\""))).isEqualTo("city = \"Rome\"");
  }

  private static List<FeatureRecord> cities(String... names) {
    return java.util.Arrays.stream(names)
        .map(name -> new FeatureRecord(new String[0], new double[0], new String[] {name}))
        .toList();
  }
}
