package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.CategoricalConfig;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.NgramConfig;
import dev.lakewright.config.NumericConfig;
import dev.lakewright.text.Utf8;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FeatureCounterTest {

  private static final RecordSchema TEXT = new RecordSchema(List.of("text"), List.of(), List.of());
  private static final FeatureRecord CATS = Fitting.text("the cat sat on the mat the cat");

  /** Buckets are {@code mmh3.hash(term, 0) & 1023} of Python's mmh3. */
  @Test
  void countsTermsByTheLowBitsOfTheirHash() {
    assertThat(counts(words(Configs.hashed(1, 2, 10)), CATS))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry(866, 3f),
                Map.entry(807, 2f),
                Map.entry(948, 1f),
                Map.entry(457, 1f),
                Map.entry(117, 1f),
                Map.entry(322, 2f),
                Map.entry(18, 1f),
                Map.entry(353, 1f),
                Map.entry(280, 1f),
                Map.entry(358, 1f),
                Map.entry(778, 1f)));
  }

  @Test
  void letsTheTopBitOfTheHashChooseTheSign() {
    assertThat(counts(words(Configs.hashed(1, 1, 10, true)), CATS))
        .containsExactlyInAnyOrderEntriesOf(Map.of(866, -3f, 807, 2f, 948, 1f, 457, -1f, 117, -1f));
  }

  @Test
  void dropsTermsWhoseSignsCancel() {
    FeaturesConfig config = words(Configs.hashed(1, 1, 4, true));

    // of 16 buckets w18 and w1 share bucket 0 with unlike signs; w8 has bucket 1
    assertThat(counts(config, Fitting.text("w18 w1 w8")))
        .containsExactlyInAnyOrderEntriesOf(Map.of(1, 1f));
  }

  @Test
  void countsTermsByTheirPlaceInTheVocabularyAndSkipsOthers() {
    FeatureCounter counter =
        new FeatureCounter(
            words(Configs.vocabulary(1, 2)),
            TEXT,
            Map.of(0, Vocabulary.of(List.of("the cat", "dog", "mat", "the"))));

    assertThat(counts(counter, CATS))
        .containsExactlyInAnyOrderEntriesOf(Map.of(0, 2f, 2, 1f, 3, 3f));
  }

  @Test
  void keepsTheSpacesOfColumnsAndKindsApart() {
    RecordSchema schema = new RecordSchema(List.of("subject", "body"), List.of(), List.of());
    FeaturesConfig config =
        Configs.features(
            Optional.of(Configs.hashed(1, 1, 10)), Optional.of(Configs.hashed(3, 3, 10)));
    FeatureCounter counter = new FeatureCounter(config, schema, Map.of());
    FeatureCounts counts = counter.newCounts();
    counter.count(
        new FeatureRecord(new String[] {"cat", null}, new double[0], new String[0]), counts);

    assertThat(counts.spaces()).isEqualTo(4);
    assertThat(List.of(counts.end(0), counts.end(1), counts.end(2), counts.end(3)))
        .containsExactly(1, 4, 4, 4);
  }

  @Test
  void takesWordOneAndTwoGramsWhereNothingIsConfigured() {
    FeaturesConfig config = Configs.features(Optional.empty(), Optional.empty());

    assertThat(BagSpace.of(config, TEXT))
        .singleElement()
        .satisfies(
            space -> {
              assertThat(space.kind()).isEqualTo(BagSpace.Kind.WORDS);
              assertThat(space.config().ngrams()).containsExactly(1, 2);
              assertThat(space.config().hashBits()).isEqualTo(18);
            });
  }

  @Test
  void copiesNumbersAndCategoriesAsTheyAre() {
    FeatureCounter counter = new FeatureCounter(columns(), mixed(), Map.of());
    FeatureCounts counts = counter.newCounts();
    counter.count(
        new FeatureRecord(new String[0], new double[] {Double.NaN}, new String[] {null}), counts);

    assertThat(counts.numbers()).containsExactly(Double.NaN);
    assertThat(counts.categories()).containsExactly((String) null);
  }

  @Test
  void refusesInfiniteNumbers() {
    FeatureCounter counter = new FeatureCounter(columns(), mixed(), Map.of());
    FeatureRecord record =
        new FeatureRecord(
            new String[0], new double[] {Double.NEGATIVE_INFINITY}, new String[] {"x"});

    assertThatThrownBy(() -> counter.count(record, counter.newCounts()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a number must be finite, or NaN where missing; column age holds -Infinity");
  }

  @Test
  void tellsDistinctTermsByFirstOccurrence() {
    FeatureCounter counter = new FeatureCounter(words(Configs.vocabulary(1, 1)), TEXT, Map.of());
    List<String> terms = new ArrayList<>();
    counter.distinctTerms(CATS, 0, terms::add);

    assertThat(terms).containsExactly("the", "cat", "sat", "on", "mat");
  }

  @Test
  void visitsTermsWithTheIdsTheyCountAs() {
    FeatureCounter counter = new FeatureCounter(words(Configs.hashed(1, 1, 10)), TEXT, Map.of());
    List<String> visited = new ArrayList<>();
    counter.visitTerms(
        Fitting.text("cat sat"),
        (space, id, bytes, start, end) ->
            visited.add(space + " " + id + " " + Utf8.string(bytes, start, end)));

    assertThat(visited).containsExactly("0 807 cat", "0 948 sat");
  }

  @Property(tries = 200)
  void idsAscendAndSumUpToTheTermsVisited(
      @ForAll @Size(max = 30) List<String> words, @ForAll boolean chars) {
    FeaturesConfig config =
        chars
            ? Configs.features(Optional.empty(), Optional.of(Configs.hashed(2, 4, 6)))
            : words(Configs.hashed(1, 3, 6));
    FeatureCounter counter = new FeatureCounter(config, TEXT, Map.of());
    FeatureRecord record = Fitting.text(String.join(" ", words));
    int[] visited = new int[1];
    counter.visitTerms(record, (space, id, bytes, start, end) -> visited[0]++);
    Map<Integer, Float> counts = counts(counter, record);

    assertThat(List.copyOf(counts.keySet())).isSorted();
    assertThat(counts.values().stream().mapToInt(Float::intValue).sum()).isEqualTo(visited[0]);
  }

  private static Map<Integer, Float> counts(FeaturesConfig config, FeatureRecord record) {
    return counts(new FeatureCounter(config, TEXT, Map.of()), record);
  }

  /** Ids in the order of the counts; a repeated id fails. */
  private static Map<Integer, Float> counts(FeatureCounter counter, FeatureRecord record) {
    FeatureCounts counts = counter.newCounts();
    counter.count(CATS, counts);
    counter.count(record, counts);
    Map<Integer, Float> byId = new LinkedHashMap<>();
    for (int at = counts.start(0); at < counts.end(0); at++) {
      assertThat(byId.put(counts.ids()[at], counts.counts()[at])).isNull();
    }
    return byId;
  }

  private static FeaturesConfig words(NgramConfig words) {
    return Configs.features(Optional.of(words), Optional.empty());
  }

  private static RecordSchema mixed() {
    return new RecordSchema(List.of(), List.of("age"), List.of("city"));
  }

  private static FeaturesConfig columns() {
    return Configs.columns(
        Configs.numeric(NumericConfig.Impute.MEDIAN, NumericConfig.Encode.NONE),
        Configs.categorical(CategoricalConfig.Encode.ONE_HOT, 10));
  }
}
