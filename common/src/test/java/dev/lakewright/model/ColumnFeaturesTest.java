package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.CategoricalConfig;
import dev.lakewright.config.NumericConfig;
import dev.lakewright.config.NumericConfig.Encode;
import dev.lakewright.config.NumericConfig.Impute;
import dev.lakewright.errors.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnFeaturesTest {

  private static final RecordSchema AGE = new RecordSchema(List.of(), List.of("age"), List.of());
  private static final RecordSchema CITY = new RecordSchema(List.of(), List.of(), List.of("city"));
  private static final CategoricalConfig ONE_HOT =
      Configs.categorical(CategoricalConfig.Encode.ONE_HOT, 2);

  private static final double[] AGES = {1, 2, 3, 10, Double.NaN};

  @Test
  void standardizesByMeanAndPopulationDeviation() {
    Featurizer featurizer = ages(Impute.MEDIAN, Encode.STANDARDIZE, 1, 2, 3, 10);

    assertThat(value(featurizer, 10)).isCloseTo(6 / Math.sqrt(12.5), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"MEDIAN, 2.5", "MEAN, 4", "ZERO, 0"})
  void fillsMissingNumbers(Impute impute, double fill) {
    Featurizer featurizer = ages(impute, Encode.NONE, AGES);

    assertThat(value(featurizer, Double.NaN)).isEqualTo(fill);
    assertThat(value(featurizer, 7)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1e-300, 1e300, -12345.678})
  void standardizesAConstantColumnToZero(double constant) {
    Featurizer featurizer = ages(Impute.MEAN, Encode.STANDARDIZE, constant, constant, constant);

    assertThat(value(featurizer, constant)).isZero();
    assertThat(value(featurizer, constant + 1)).isZero();
    assertThat(value(featurizer, Double.NaN)).isZero();
  }

  @Test
  void standardizesWithoutCancellation() {
    Featurizer featurizer = ages(Impute.MEAN, Encode.STANDARDIZE, 1e9, 1e9 + 1, 1e9 + 2);

    assertThat(value(featurizer, 1e9 + 2)).isCloseTo(Math.sqrt(1.5), within(1e-6));
  }

  @Test
  void treatsAColumnWithoutAnyNumberAsZeros() {
    for (Encode encode : Encode.values()) {
      assertThat(ages(Impute.MEDIAN, encode, Double.NaN).size()).isEqualTo(1);
    }
    assertThat(value(ages(Impute.MEDIAN, Encode.STANDARDIZE, Double.NaN), 5)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MAX_VALUE, -Double.MAX_VALUE})
  void keepsHugeNumbersFinite(double huge) {
    for (Encode encode : List.of(Encode.NONE, Encode.STANDARDIZE)) {
      assertThat((float) value(ages(Impute.MEAN, encode, 1, 2, 3), huge)).isFinite();
      assertThat((float) value(ages(Impute.MEAN, encode, huge, 1, -huge), huge)).isFinite();
    }
  }

  /** Edges of quarters are NumPy's {@code quantile([1, 2, 3, 10], [.25, .5, .75])}. */
  @ParameterizedTest
  @CsvSource({
    "-5, age < 1.75",
    "1.75, 1.75 <= age < 2.5",
    "2.5, 2.5 <= age < 4.75",
    "4.7, 2.5 <= age < 4.75",
    "99, age >= 4.75",
    "NaN, 2.5 <= age < 4.75"
  })
  void putsNumbersIntoQuantileBins(double age, String bin) {
    Featurizer featurizer = ages(Impute.MEDIAN, Encode.BINS, AGES);

    assertThat(Features.of(featurizer, Fitting.number(age))).isEqualTo(Map.of(bin, 1f));
  }

  @Test
  void mergesBinsThatRepeatedValuesMakeEmpty() {
    Featurizer featurizer = ages(Impute.MEDIAN, Encode.BINS, 0, 0, 0, 0, 0, 0, 0, 8);

    assertThat(featurizer.size()).isEqualTo(2);
  }

  @Test
  void findsQuantilesOfMoreRowsThanAreSampled() {
    double[] many = DoubleStream.iterate(0, x -> x + 1).limit(50_000).toArray();

    assertThat(value(ages(Impute.MEDIAN, Encode.NONE, many), Double.NaN))
        .isCloseTo(25_000, within(1_000.0));
  }

  @Test
  void givesTheMostFrequentCategoriesAFeatureEach() {
    Featurizer featurizer = cities(ONE_HOT, "Rome", "Paris", "Oslo", "Paris", "Rome", "Bonn");

    assertThat(featurizer.size()).isEqualTo(2);
    assertThat(city(featurizer, "Rome")).isEqualTo(Map.of("city = \"Rome\"", 1f));
    assertThat(city(featurizer, "Oslo")).isEmpty();
  }

  @Test
  void prefersTheSmallerOfEquallyFrequentCategories() {
    Featurizer featurizer = cities(ONE_HOT, "Rome", "Paris", "Bonn");

    assertThat(city(featurizer, "Bonn")).hasSize(1);
    assertThat(city(featurizer, "Paris")).hasSize(1);
    assertThat(city(featurizer, "Rome")).isEmpty();
  }

  @Test
  void takesMissingForAValueOfItsOwn() {
    assertThat(city(cities(ONE_HOT, "Rome", null), null)).isEqualTo(Map.of("city missing", 1f));
    assertThat(city(cities(ONE_HOT, "Rome"), null)).isEmpty();
  }

  @Test
  void hashesCategoriesSeenOrNot() {
    Featurizer featurizer =
        cities(Configs.categorical(CategoricalConfig.Encode.HASHED, 2), "Rome", null);

    assertThat(featurizer.size()).isEqualTo(16);
    // mmh3.hash("Rome", 0) & 15
    assertThat(city(featurizer, "Rome")).isEqualTo(Map.of("city bucket 2", 1f));
    assertThat(city(featurizer, "unheard")).hasSize(1);
    assertThat(city(featurizer, null)).hasSize(1);
  }

  @Test
  void tellsValuesOfACategoryFromNumbers() {
    assertThat(cities(ONE_HOT, "Rome", "Paris", null).categories()).containsExactly(0, 0, 0);
    assertThat(ages(Impute.MEAN, Encode.STANDARDIZE, AGES).categories()).containsExactly(-1);
  }

  @Test
  void refusesAColumnOfMoreThanAMillionCategories() {
    CategoryStatistics statistics = new CategoryStatistics("id");

    assertThatThrownBy(
            () -> {
              for (int i = 0; i <= 1_000_000; i++) {
                statistics.add(Integer.toString(i));
              }
            })
        .isInstanceOf(DataException.class)
        .hasMessage(
            "categorical column id has more than 1000000 distinct values; set"
                + " features.categorical.encode: hashed, or read it as text");
  }

  private static Featurizer ages(Impute impute, Encode encode, double... numbers) {
    NumericConfig numeric = Configs.numeric(impute, encode);
    return Fitting.fit(
        Configs.columns(numeric, ONE_HOT),
        AGE,
        Arrays.stream(numbers).mapToObj(Fitting::number).toList());
  }

  private static Featurizer cities(CategoricalConfig config, String... cities) {
    return Fitting.fit(
        Configs.columns(Configs.numeric(Impute.MEAN, Encode.NONE), config),
        CITY,
        Stream.of(cities).map(Fitting::category).toList());
  }

  private static double value(Featurizer featurizer, double number) {
    return Features.of(featurizer, Fitting.number(number)).getOrDefault("age", 0f);
  }

  private static Map<String, Float> city(Featurizer featurizer, String city) {
    return Features.of(featurizer, Fitting.category(city));
  }
}
