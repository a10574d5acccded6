package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.NgramConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Values are scikit-learn 1.9.1's, {@code TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2),
 * token_pattern=r"(?u)\b\w+\b")}, rounded to 9 digits.
 */
class TfidfTest {

  private static final RecordSchema TEXT = new RecordSchema(List.of("text"), List.of(), List.of());
  private static final List<FeatureRecord> ROWS =
      List.of(
          Fitting.text("the cat sat on the mat"),
          Fitting.text("the dog sat"),
          Fitting.text("a cat and a dog and a cat"),
          Fitting.text("mat"));

  @Test
  void givesTheValuesOfScikitLearn() {
    Featurizer featurizer = fit(Configs.vocabulary(1, 2));

    assertThat(featurizer.size()).isEqualTo(20);
    assertValues(
        featurizer,
        ROWS.get(0),
        Map.of(
            "cat", 0.253841687,
            "cat sat", 0.321965992,
            "mat", 0.253841687,
            "on", 0.321965992,
            "on the", 0.321965992,
            "sat", 0.253841687,
            "sat on", 0.321965992,
            "the", 0.429791336,
            "the cat", 0.321965992,
            "the mat", 0.321965992));
    assertValues(
        featurizer,
        ROWS.get(2),
        Map.of(
            "a", 0.489135755,
            "a cat", 0.394631647,
            "a dog", 0.233075808,
            "and", 0.394631647,
            "and a", 0.394631647,
            "cat", 0.311132124,
            "cat and", 0.233075808,
            "dog", 0.183759644,
            "dog and", 0.233075808));
    assertValues(featurizer, ROWS.get(3), Map.of("mat", 1.0));
  }

  @Test
  void dropsRareAndCommonTermsBeforeTheNorm() {
    Featurizer featurizer = fit(Configs.vocabulary(1, 2, 100_000, 2, 0.5));

    assertThat(featurizer.size()).isEqualTo(5);
    assertValues(
        featurizer,
        ROWS.get(0),
        Map.of("cat", 0.412858572, "mat", 0.412858572, "sat", 0.412858572, "the", 0.699030327));
    assertValues(featurizer, ROWS.get(2), Map.of("cat", 0.861036996, "dog", 0.50854232));
  }

  @Test
  void keepsTheMostFrequentTermsThenTheFirstByTheirBytes() {
    Featurizer featurizer = fit(Configs.vocabulary(1, 1, 3, 1, 1.0));

    assertThat(Features.of(featurizer, Fitting.text("the cat dog mat sat on a and")).keySet())
        .containsExactly("text words \"cat\"", "text words \"dog\"", "text words \"mat\"");
  }

  @Test
  void hashedTermsHaveTheSameValuesAsThoseOfAVocabulary() {
    Featurizer hashed = fit(Configs.hashed(1, 2, 20));
    Featurizer learnt = fit(Configs.vocabulary(1, 2));

    for (FeatureRecord row : ROWS) {
      List<Float> values = Features.of(learnt, row).values().stream().sorted().toList();
      assertThat(Features.of(hashed, row).values().stream().sorted().toList())
          .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Float.compare(a, b))
          .isEqualTo(values);
    }
  }

  @Test
  void leavesTermsOutThatNoTrainingRowHad() {
    Featurizer featurizer = fit(Configs.hashed(1, 1, 20));

    assertThat(Features.of(featurizer, Fitting.text("mat unheard")).values()).containsExactly(1f);
    assertThat(Features.of(featurizer, Fitting.text("unheard"))).isEmpty();
  }

  @Test
  void givesPlainCountsWhenAskedTo() {
    NgramConfig plain =
        new NgramConfig(
            List.of(1, 1),
            NgramConfig.Mode.VOCABULARY,
            18,
            false,
            100,
            1,
            1.0,
            false,
            false,
            NgramConfig.Norm.NONE);

    assertValues(fit(plain), ROWS.get(2), Map.of("a", 3.0, "and", 2.0, "cat", 2.0, "dog", 1.0));
  }

  @Test
  void negatesTheValuesOfNegativeCounts() {
    Featurizer featurizer = fit(Configs.hashed(1, 1, 20, true));
    Map<String, Float> features = Features.of(featurizer, ROWS.get(0));

    // of the five words "the", "on" and "mat" hash to negative numbers
    assertThat(features.values().stream().filter(value -> value < 0)).hasSize(3);
    assertThat(features.values().stream().mapToDouble(value -> (double) value * value).sum())
        .isCloseTo(1, within(1e-6));
  }

  private static Featurizer fit(NgramConfig words) {
    return Fitting.fit(Configs.features(Optional.of(words), Optional.empty()), TEXT, ROWS);
  }

  private static void assertValues(
      Featurizer featurizer, FeatureRecord row, Map<String, Double> expected) {
    Map<String, Float> features = Features.of(featurizer, row);
    assertThat(features).hasSameSizeAs(expected);
    expected.forEach(
        (term, value) ->
            assertThat((double) features.get("text words \"" + term + "\""))
                .as(term)
                .isCloseTo(value, within(1e-6)));
  }
}
