package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.CategoricalConfig;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.NumericConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FeatureStatisticsTest {

  private static final RecordSchema SCHEMA =
      new RecordSchema(List.of("text"), List.of("amount"), List.of("city"));
  private static final FeaturesConfig CONFIG =
      Configs.features(
          Optional.of(Configs.hashed(1, 1, 8)),
          Optional.empty(),
          Configs.numeric(NumericConfig.Impute.MEDIAN, NumericConfig.Encode.STANDARDIZE),
          Configs.categorical(CategoricalConfig.Encode.ONE_HOT, 3));

  /** Numbers of unlike magnitudes, whose floating-point sum depends on the order. */
  private static final double[] AMOUNTS = {1e16, 1, -1e16, 0.1, 3e-9, Double.NaN, -7, 1e-300};

  private static final String[] CITIES = {"Paris", "Rome", null, "Oslo", "Bonn"};

  @Property(tries = 100)
  void anyPartsInAnyOrderFitTheSameFeaturizer(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 6) int parts,
      @ForAll Random random) {
    FeatureStatistics whole = statistics();
    List<FeatureStatistics> byPart = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      byPart.add(statistics());
    }
    List<Integer> order = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      add(whole, row);
      order.add(row);
    }
    Collections.shuffle(order, random);
    order.forEach(row -> add(byPart.get(random.nextInt(parts)), row));
    Collections.shuffle(byPart, random);
    FeatureStatistics merged = statistics();
    byPart.forEach(merged::merge);

    assertThat(merged.rows()).isEqualTo(rows);
    assertThat(values(merged, rows)).isEqualTo(values(whole, rows));
  }

  @Test
  void travelsBetweenTasks() throws IOException, ClassNotFoundException {
    FeatureStatistics statistics = statistics();
    for (int row = 0; row < 20; row++) {
      add(statistics, row);
    }
    FeatureStatistics received = (FeatureStatistics) received(statistics);
    Featurizer featurizer = fit(statistics);

    assertThat(values(received, 20)).isEqualTo(values(statistics, 20));
    assertThat(values((Featurizer) received(featurizer), 20)).isEqualTo(values(featurizer, 20));
    assertThat(received(CONFIG)).isEqualTo(CONFIG);
  }

  private static Object received(Object sent) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  private static FeatureStatistics statistics() {
    return new FeatureStatistics(CONFIG, SCHEMA, Map.of());
  }

  private static void add(FeatureStatistics statistics, int row) {
    FeatureCounter counter = new FeatureCounter(CONFIG, SCHEMA, Map.of());
    FeatureCounts counts = counter.newCounts();
    counter.count(record(row), counts);
    statistics.add(counts, row * 0x9E3779B97F4A7C15L);
  }

  private static FeatureRecord record(int row) {
    return new FeatureRecord(
        new String[] {"word" + row % 3 + " word" + row % 7},
        new double[] {AMOUNTS[row % AMOUNTS.length]},
        new String[] {CITIES[row % CITIES.length]});
  }

  private static Featurizer fit(FeatureStatistics statistics) {
    return FeaturizerFitting.fit(CONFIG, SCHEMA, statistics, Map.of());
  }

  private static List<String> values(FeatureStatistics statistics, int rows) {
    return values(fit(statistics), rows);
  }

  private static List<String> values(Featurizer featurizer, int rows) {
    List<String> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      values.add(Features.of(featurizer, record(row)).toString());
    }
    return values;
  }
}
